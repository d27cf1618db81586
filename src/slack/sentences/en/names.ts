import type { Visibility } from '../../../privacy/change.ts';
import type { SettingId } from '../../../privacy/settings.ts';
import { alike } from '../plural.ts';

/** What things are called, in every message. */
export const names = {
  /** WhatsApp's names of its settings, as in the middle of a sentence. */
  settings: { 'last-seen': 'last seen' } satisfies Record<SettingId, string>,
  /** WhatsApp's names of the choices. */
  visibilities: {
    everyone: 'Everyone',
    contacts: 'My contacts',
    'contacts-except': 'My contacts except…',
    nobody: 'Nobody',
  } satisfies Record<Visibility, string>,
  /** Where WhatsApp has the setting, on the phone. */
  phonePath: 'Settings → Privacy → Last seen and online',
  /** What is typed after the command; `command-words.ts` understands these. */
  commandWords: {
    help: 'help',
    status: 'status',
    history: 'history',
    everyone: 'everyone',
    contacts: 'contacts',
    'contacts-except': 'except',
    nobody: 'nobody',
    on: 'on',
  },
  /** Slack fills in date and time, in the reader's own time zone. */
  dateAndTime: '{date_short_pretty} at {time}',
  change: (id: string) => `change \`${id}\``,
  /** Where nothing is known of a number. */
  yourNumber: 'your WhatsApp number',
  privateId: (id: string) => `a private WhatsApp id (${id})`,
  /** After the entries that are shown of a list. */
  more: alike((count) => ` and ${count} more`),
};
