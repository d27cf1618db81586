import type { Visibility } from '../../privacy/change.ts';
import { formatPhone, isPhone } from '../../privacy/phone.ts';
import type { SettingId } from '../../privacy/settings.ts';
import type { Sentences } from '../sentences/en/english.ts';
import { capitalized, clipped, escaped, type NamedNumber, numberInFull } from './formatting.ts';
import type { Language } from './language.ts';

export type Phrasing = ReturnType<typeof createPhrasing>;

/** How things are named and written, in every message of one language. */
export function createPhrasing({ names }: Pick<Sentences, 'names'>, language: Language) {
  return {
    ...language,
    /** WhatsApp's own names. */
    visibilityNames: names.visibilities as Readonly<Record<Visibility, string>>,
    /** WhatsApp's name of a setting, as in the middle of a sentence. */
    settingName: (setting: SettingId) => names.settings[setting],
    /** The same, as at the beginning of one. */
    settingTitle: (setting: SettingId) => capitalized(names.settings[setting]),
    changeId: names.change,

    /** In the reader's own time zone: https://docs.slack.dev/messaging/formatting-message-text#date-formatting */
    timeText: (at: Date) =>
      `<!date^${Math.floor(at.getTime() / 1000)}^${names.dateAndTime}|${language.utc(at)}>`,

    listed(entries: readonly string[], format: (entry: string) => string, most: number): string {
      const shown = entries.slice(0, most).map(format);
      const left = entries.length - shown.length;
      return left > 0 ? `${shown.join(', ')}${language.counted(left, names.more)}` : language.list(shown);
    },

    /** In full: only for one person's eyes. */
    hiddenEntry: (entry: string) =>
      isPhone(entry) ? formatPhone(entry) : names.privateId(escaped(clipped(entry))),

    /** Plain: somebody in a picker, by name and number. */
    person: (entry: string, name: string | undefined) => {
      const number = isPhone(entry) ? formatPhone(entry) : names.privateId(clipped(entry));
      return name ? `${clipped(name)} · ${number}` : number;
    },

    numberInPrivate: (number: NamedNumber) => numberInFull(number) ?? names.yourNumber,
  };
}
