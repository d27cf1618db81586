import { names } from './names.ts';

/** What is said about a change that was typed in one line. */
export const line = {
  /** `numbers`: how to name each. */
  whichNumber: (numbers: string) =>
    `You may change several numbers. Nothing was changed. Say which one, at the end: ${numbers}.`,
  unknownNumber: (typed: string, numbers: string, whom: string) =>
    `There is no number “${typed}” for you here. Nothing was changed. Say which one, at the end: ${numbers}. If it should be there, ask ${whom}.`,
  onNumber: (name: string) => `\`${names.commandWords.on} ${name}\``,
  tooLong: 'This is too long for one line. Nothing was changed. Use the form instead.',
  /** Before the problems of what was typed. */
  notTaken: 'Nothing was changed.',

  /** A question, with a button below. `now`: what is set. `next` comes with its full stop. */
  moreMaySee: '*More people may be able to see it then.*',
  nowUnknown: '*What is set now is not known*, so more people may be able to see it then.',
  ask: (setting: string, number: string, now: string, next: string) =>
    `Who can see the ${setting} of ${number}: ${now} → ${next} Nothing was changed yet.`,
  unknown: 'unknown',
  /** Plain texts of the buttons. */
  buttons: { confirm: 'Change it', cancel: 'Cancel' },
  cancelled: 'Nothing was changed.',
  making: 'Saving… The outcome is posted for your team.',
  ended: (channel: string) => `Your change has ended. How it ended is posted in ${channel}.`,
};
