import type { types } from '@slack/bolt';
import type { JournalEntry } from '../privacy/journal-entry.ts';
import type { SettingId } from '../privacy/settings.ts';
import { button, context, plain, section } from './blocks.ts';
import type { NamedNumber } from './messages/formatting.ts';
import type { HistoryMessages } from './messages/history.ts';
import { buttonValue } from './press.ts';

export const newerActionId = 'history-newer';
export const olderActionId = 'history-older';

/** A part of the history, newest first, and whether there is more on either side. */
export type HistoryPage = { entries: JournalEntry[]; hasNewer: boolean; hasOlder: boolean };

/** Slack's limit for the text of a section. */
const longestSection = 3_000;

/** How the number of a change is named; undefined where that goes without saying. */
export type NameNumber = (instance: string) => NamedNumber | undefined;

/** `on`: the one number that it is about, as the person named it. */
export function historyMessage(
  { nothingYet, newer, older, historyTitle, historyEntry, historyFootnote }: HistoryMessages,
  {
    setting,
    page: { entries, hasNewer, hasOlder },
    on,
    nameNumber,
  }: { setting: SettingId; page: HistoryPage; on?: string | undefined; nameNumber: NameNumber },
) {
  const [first] = entries;
  const last = entries.at(-1);
  if (!first || !last) return { text: nothingYet, blocks: [section(nothingYet)] };
  const buttons = [
    ...(hasNewer ? [button(newer, newerActionId, buttonValue(setting, first.id, on))] : []),
    ...(hasOlder ? [button(older, olderActionId, buttonValue(setting, last.id, on))] : []),
  ];
  const blocks: types.KnownBlock[] = [
    { type: 'header', text: plain(historyTitle(setting)) },
    ...entries.flatMap((entry) => [
      section(historyEntry(entry, nameNumber(entry.instance))),
      context(historyFootnote(entry)),
    ]),
    ...(buttons.length > 0 ? [{ type: 'actions' as const, elements: buttons }] : []),
  ];
  return { text: historyTitle(setting), blocks };
}

/** However many numbers a change names, all are shown. */
export function changeMessage({ changeInFull }: HistoryMessages, entry: JournalEntry, number?: NamedNumber) {
  const text = changeInFull(entry, number);
  return { text: text.slice(0, longestSection), blocks: split(text).map((part) => section(part)) };
}

/** Cuts between lines and numbers only. */
function split(text: string): string[] {
  const parts = [''];
  for (const piece of text.split(/(?<=, |\n)/)) {
    const last = parts.at(-1) ?? '';
    if (last.length + piece.length <= longestSection) parts[parts.length - 1] = last + piece;
    else parts.push(piece);
  }
  return parts;
}
