import { type SettingId, settings } from '../../privacy/settings.ts';
import { clipped, escaped, visibilityNames } from './phrasing.ts';

// What one person is told who typed a command, saved a form or pressed a button.

export function helpText(setting: SettingId): string {
  const { command, name } = settings[setting];
  return [
    `*${command}* changes who can see the *${name}* of your team's WhatsApp number.`,
    `• \`${command}\` opens the form: choose *${Object.values(visibilityNames).join('*, *')}*. What you save is posted for the whole team.`,
    `• \`${command} status\` says what this bot last set, how many are on the list, and whether the phone is connected.`,
    `• \`${command} history\` shows the last changes, \`${command} history ${escaped('<id>')}\` one of them in full.`,
    `• \`${command} help\` shows this.`,
  ].join('\n');
}

export function notUnderstood(setting: SettingId, typed: string): string {
  return `I did not understand “${escaped(clipped(typed))}”. Nothing was changed.\n${helpText(setting)}`;
}

/** `lost`: Slack's answer was, so that the form may be open. */
export function formDidNotOpen(setting: SettingId, reason: 'too-late' | 'refused' | 'lost'): string {
  const { command } = settings[setting];
  const again = `Nothing was changed. Type \`${command}\` again`;
  switch (reason) {
    case 'too-late':
      return `The form did not open: Slack waited too long for it. ${again}.`;
    case 'refused':
      return `The form did not open: Slack did not take it. ${again}.`;
    case 'lost':
      return `Slack did not say whether it opened the form. ${again} if it is not there.`;
  }
}

/** The journal could not take a change. */
export const notRecorded =
  "The bot can't write its journal right now, so it did not take this. Nothing was changed by it. Try again in a minute; if it goes on, tell whoever runs the bot.";

export const perhapsRecorded =
  "The bot's database did not say whether it took this. If it did, the change is made and posted for your team: look there before you try again.";

export const journalUnreadable =
  "The bot can't read its journal right now. Nothing was changed. Try again in a minute; if it goes on, tell whoever runs the bot.";

export const restarting = 'The bot is restarting. Nothing was changed. Try again in a minute.';

export const unknownCommand =
  'This bot does not know that command. Nothing was changed. Try `/lastseen help`.';

export function brokenStep(reference: string): string {
  return `Something went wrong in this bot, and this step was not done. The setting was not changed by it. Try again; if it happens again, give whoever runs the bot this reference: ${reference}`;
}
