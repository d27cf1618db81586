import type { Outcome, Told } from '../../../privacy/journal-entry.ts';

/** What the bot says to one person who looks back. */
export const history = {
  /** How things stand now. */
  status: {
    title: (setting: string, number: string) => `${setting} of ${number}`,
    unknownNumber: 'your WhatsApp number',
    whoCanSee: (standing: string) => `Who can see it: ${standing}`,
    onTheList: (visibility: string, people: string) => `On the list of ${visibility}: ${people}`,
    nobody: 'nobody.',
    people: { one: (count: string) => `${count} person.`, other: (count: string) => `${count} people.` },
    peopleUnknown: "Z-API can't say right now.",
    connected: 'Phone: connected to Z-API.',
    notConnected:
      'Phone: *not connected* to Z-API. Open the instance in the Z-API panel and connect it with the QR code.',
    connectionUnknown: "Phone: Z-API can't say right now whether it is connected.",
  },

  /** Plain. */
  title: (setting: string) => `Changes of ${setting}, newest first`,
  newer: 'Newer',
  older: 'Older',
  nothingYet: 'This bot has not been asked for any change yet.',
  /** What became of a change. */
  verdicts: {
    applied: 'changed',
    partly: 'changed only in part',
    failed: 'not changed',
    unknown: 'perhaps not changed',
    expired: 'not changed',
    underWay: 'under way',
  } satisfies Record<Outcome['kind'] | 'partly' | 'underWay', string>,
  undoes: (id: string) => `undoes \`${id}\``,
  /** Where there are several numbers. */
  onNumber: (number: string) => `on ${number}`,

  /** One change, a line each. */
  inFull: {
    title: (id: string, setting: string, verdict: string) => `Change \`${id}\` of ${setting}: ${verdict}`,
    whoCanSee: (visibility: string) => `Who can see it: ${visibility}`,
    askedBy: (by: string, when: string) => `Asked for by ${by}, ${when}`,
    ended: (when: string) => `Ended ${when}`,
    undoes: (id: string) => `Undoes change \`${id}\``,
    told: {
      told: (channel: string) => `Posted for the team in ${channel}`,
      'perhaps-told': (channel: string) => `Perhaps posted for the team in ${channel}: Slack did not say`,
      'person-told': (channel: string) => `Could not be posted in ${channel}; the person was told directly`,
      'not-told': (channel: string) => `Could not be posted in ${channel}`,
      notYet: (channel: string) => `Not posted yet; the message goes to ${channel}`,
    } satisfies Record<Told | 'notYet', (channel: string) => string>,
  },
};
