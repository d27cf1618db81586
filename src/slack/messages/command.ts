import { type SettingId, settings } from '../../privacy/settings.ts';
import type { Sentences } from '../sentences/en/english.ts';
import { bold, clipped, escaped } from './formatting.ts';
import type { Phrasing } from './phrasing.ts';

export type CommandMessages = ReturnType<typeof createCommandMessages>;

/** What one person is told who typed a command, saved a form or pressed a button. */
export function createCommandMessages(
  { command: words }: Sentences,
  { list, settingName, visibilityNames }: Phrasing,
) {
  function helpText(setting: SettingId): string {
    const { command } = settings[setting];
    const { purpose, form, status, history, help } = words.help;
    return [
      purpose(command, settingName(setting)),
      `• ${form(command, list(Object.values(visibilityNames).map(bold)))}`,
      ...[status, history, help].map((line) => `• ${line(command)}`),
    ].join('\n');
  }

  return {
    helpText,
    notUnderstood: (setting: SettingId, typed: string) =>
      `${words.notUnderstood(escaped(clipped(typed)))}\n${helpText(setting)}`,
    unknownCommand: words.unknownCommand,
    /** `lost`: Slack's answer was, so that the form may be open. */
    formDidNotOpen: (setting: SettingId, reason: keyof Sentences['command']['formDidNotOpen']) =>
      words.formDidNotOpen[reason](settings[setting].command),
    /** The journal could not take a change. */
    notRecorded: words.notRecorded,
    perhapsRecorded: words.perhapsRecorded,
    journalUnreadable: words.journalUnreadable,
    restarting: words.restarting,
    brokenStep: words.brokenStep,
  };
}
