import type { JournalEntry } from '../../privacy/journal-entry.ts';
import { formatPhone, maskPhone } from '../../privacy/phone.ts';
import type { OwnNumber } from '../../privacy/ports.ts';
import type { LastSet } from '../../privacy/setting-memory.ts';
import { type SettingId, settings } from '../../privacy/settings.ts';
import { auditFootnote } from './audit.ts';
import { standing } from './form.ts';
import { failureInShort, failureText, listLines, verdicts } from './outcome.ts';
import { capitalized, escaped, hiddenEntry, named, timeText, visibilityNames } from './phrasing.ts';

// What the bot says to one person who looks back. Mrkdwn; numbers are masked except in one change in full.

export type Status = {
  last: LastSet;
  own: OwnNumber | undefined;
  /** How many are on the list; undefined where the gateway can't say. */
  hidden: number | undefined;
  connected: boolean | undefined;
};

export function statusText(setting: SettingId, { last, own, hidden, connected }: Status): string {
  const whose = own ? `${escaped(formatPhone(own.phone))}${named(own)}` : 'your WhatsApp number';
  const onTheList = {
    known: hidden === 0 ? 'nobody.' : hidden === 1 ? '1 person.' : `${hidden?.toLocaleString('en')} people.`,
    unknown: "Z-API can't say right now.",
  };
  const phone =
    connected === undefined
      ? "Z-API can't say right now whether it is connected."
      : connected
        ? 'connected to Z-API.'
        : '*not connected* to Z-API. Open the instance in the Z-API panel and connect it with the QR code.';
  return [
    `*${capitalized(settings[setting].name)} of ${whose}*`,
    `• Who can see it: ${standing(last)}`,
    `• On the list of *${visibilityNames['contacts-except']}*: ${hidden === undefined ? onTheList.unknown : onTheList.known}`,
    `• Phone: ${phone}`,
  ].join('\n');
}

export const historyWords = { newer: 'Newer', older: 'Older' };

export function historyTitle(setting: SettingId): string {
  return `Changes of ${settings[setting].name}, newest first`;
}

export const nothingYet = 'This bot has not been asked for any change yet.';

/** One change in a few lines, masked. */
export function historyEntry(entry: JournalEntry): string {
  const { outcome, by, change, undoes } = entry;
  const { sign, verdict } = outcome ? verdicts[outcome.kind] : underWay;
  return [
    `${sign} *${visibilityNames[change.visibility]}* · <@${by}> · ${verdict}${undoes ? ` · undoes \`${undoes}\`` : ''}`,
    outcome && outcome.kind !== 'applied' && failureInShort(outcome),
    ...listLines(entry, maskPhone),
  ]
    .filter(Boolean)
    .join('\n');
}

export function historyFootnote({ id, endedAt, acceptedAt }: JournalEntry): string {
  return auditFootnote({ id, endedAt: endedAt ?? acceptedAt });
}

const underWay = { sign: ':hourglass_flowing_sand:', verdict: 'under way' };

/** One change in full, for one person's eyes. */
export function changeInFull(entry: JournalEntry): string {
  const { id, change, outcome, by, acceptedAt, endedAt, told, toldAt, tellIn, undoes } = entry;
  const { sign, verdict } = outcome ? verdicts[outcome.kind] : underWay;
  return [
    `${sign} *Change \`${id}\` of ${settings[change.setting].name}: ${verdict}*`,
    `• Who can see it: *${visibilityNames[change.visibility]}*`,
    ...listLines(entry, hiddenEntry, Number.POSITIVE_INFINITY).map((line) => `• ${line}`),
    `• Asked for by <@${by}>, ${timeText(acceptedAt)}`,
    endedAt && `• Ended ${timeText(endedAt)}`,
    outcome && outcome.kind !== 'applied' && `• ${failureText(outcome)}`,
    undoes && `• Undoes change \`${undoes}\``,
    `• ${toldText(told, tellIn)}${toldAt ? `, ${timeText(toldAt)}` : ''}`,
  ]
    .filter(Boolean)
    .join('\n');
}

function toldText(told: JournalEntry['told'], channel: string): string {
  switch (told) {
    case 'told':
      return `Posted for the team in <#${channel}>`;
    case 'perhaps-told':
      return `Perhaps posted for the team in <#${channel}>: Slack did not say`;
    case 'person-told':
      return `Could not be posted in <#${channel}>; the person was told directly`;
    case 'not-told':
      return `Could not be posted in <#${channel}>`;
    case undefined:
      return `Not posted yet; the message goes to <#${channel}>`;
  }
}
