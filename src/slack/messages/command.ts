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
  /** `numbers`: how the numbers are named that the person may change, where there are several. */
  function helpText(setting: SettingId, numbers: readonly string[] = []): string {
    const { command } = settings[setting];
    const { purpose, form, change, except, on, status, history, help } = words.help;
    const [first] = numbers;
    return [
      purpose(command, settingName(setting)),
      `• ${form(command, list(Object.values(visibilityNames).map(bold)))}`,
      ...[change, except].map((line) => `• ${line(command)}`),
      ...(first === undefined ? [] : [`• ${on(first, numbers.map(code).join(', '))}`]),
      ...[status, history, help].map((line) => `• ${line(command)}`),
    ].join('\n');
  }

  return {
    helpText,
    notUnderstood: (setting: SettingId, typed: string, numbers: readonly string[] = []) =>
      `${words.notUnderstood(escaped(clipped(typed)))}\n${helpText(setting, numbers)}`,
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

function code(text: string): string {
  return `\`${text}\``;
}
