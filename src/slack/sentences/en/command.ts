import { names } from './names.ts';

const { help, status, history, everyone, contacts, nobody } = names.commandWords;
const { 'contacts-except': except, on } = names.commandWords;

/** What one person is told who typed a command, saved a form or pressed a button. */
export const command = {
  help: {
    purpose: (command: string, setting: string) =>
      `*${command}* changes who can see the *${setting}* of your team's WhatsApp number.`,
    form: (command: string, choices: string) =>
      `\`${command}\` opens the form: choose ${choices}. What you save is posted for the whole team.`,
    change: (command: string) =>
      `\`${command} ${everyone}\`, \`${command} ${contacts}\` or \`${command} ${nobody}\` changes it without the form.`,
    except: (command: string) =>
      `\`${command} ${except} +55 11 91234-5678 -55 21 99876-5432\` hides from the numbers after \`+\`, and shows again to those after \`-\`.`,
    /** Where somebody may change several numbers. */
    on: (first: string, numbers: string) =>
      `Put \`${on} ${first}\` at the end to name one of your numbers: ${numbers}.`,
    status: (command: string) =>
      `\`${command} ${status}\` says what this bot last set, how many are on the list, and whether the phone is connected.`,
    history: (command: string) =>
      `\`${command} ${history}\` shows the last changes, \`${command} ${history} &lt;id&gt;\` one of them in full.`,
    help: (command: string) => `\`${command} ${help}\` shows this.`,
  },
  notUnderstood: (typed: string) => `I did not understand “${typed}”. Nothing was changed.`,
  unknownCommand: `This bot does not know that command. Nothing was changed. Try \`/lastseen ${help}\`.`,

  formDidNotOpen: {
    'too-late': (command: string) =>
      `The form did not open: Slack waited too long for it. Nothing was changed. Type \`${command}\` again.`,
    refused: (command: string) =>
      `The form did not open: Slack did not take it. Nothing was changed. Type \`${command}\` again.`,
    lost: (command: string) =>
      `Slack did not say whether it opened the form. Nothing was changed. Type \`${command}\` again if it is not there.`,
  },
  notRecorded:
    "The bot can't write its journal right now, so it did not take this. Nothing was changed by it. Try again in a minute; if it goes on, tell whoever runs the bot.",
  perhapsRecorded:
    "The bot's database did not say whether it took this. If it did, the change is made and posted for your team: look there before you try again.",
  journalUnreadable:
    "The bot can't read its journal right now. Nothing was changed. Try again in a minute; if it goes on, tell whoever runs the bot.",
  restarting: 'The bot is restarting. Nothing was changed. Try again in a minute.',
  brokenStep: (reference: string) =>
    `Something went wrong in this bot, and this step was not done. The setting was not changed by it. Try again; if it happens again, give whoever runs the bot this reference: ${reference}`,
};
