import type { Outcome } from '../../../privacy/journal-entry.ts';
import { alike } from '../plural.ts';

/** The pieces of the sentence that says who did what. */
type Deed = { by: string; setting: string; number: string; visibility: string };

const set = ({ by, setting, number, visibility }: Deed) =>
  `${by} set who can see the ${setting} of ${number} to ${visibility}`;

const wantedToSet = ({ by, setting, number, visibility }: Deed) =>
  `${by} wanted to set who can see the ${setting} of ${number} to ${visibility}`;

/** What the whole channel is told of a change. */
export const audit = {
  /** Without a full stop. */
  titles: {
    applied: (setting: string) => `${setting} changed`,
    partly: (setting: string) => `${setting} changed only in part`,
    failed: (setting: string) => `${setting} not changed`,
    unknown: (setting: string) => `${setting} perhaps not changed`,
    expired: (setting: string) => `${setting} not changed`,
  } satisfies Record<Outcome['kind'] | 'partly', (setting: string) => string>,
  /** Without a full stop. */
  deeds: {
    applied: set,
    failed: wantedToSet,
    unknown: wantedToSet,
    expired: wantedToSet,
  } satisfies Record<Outcome['kind'], (deed: Deed) => string>,
  /** Where the number is not known. */
  unknownNumber: 'the WhatsApp number',
  hideFrom: alike((count) => `hide from ${count}`),
  showAgainTo: alike((count) => `show again to ${count}`),
  undoes: (id: string) => `This undoes change ${id}.`,
  wasToUndo: (id: string) => `This was to undo change ${id}.`,
  listStays: 'The list of people stays as it was.',

  /** In a direct message. */
  notTold: (channel: string, message: string) =>
    `I can't post in ${channel}, so your team was not told of this: ${message}\nInvite me there with \`/invite\`, or change last seen from a channel that I can post in.`,
  perhapsNotTold: (channel: string, message: string) =>
    `Slack did not say whether it took my message in ${channel}. If it is not there, your team was not told of this: ${message}`,
};
