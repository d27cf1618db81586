import type { types } from '@slack/bolt';
import type { JournalEntry } from '../privacy/journal-entry.ts';
import type { SettingId } from '../privacy/settings.ts';
import {
  changeInFull,
  historyEntry,
  historyFootnote,
  historyTitle,
  historyWords,
  nothingYet,
} from './messages/history.ts';

export const newerActionId = 'history-newer';
export const olderActionId = 'history-older';

/** A part of the history, newest first, and whether there is more on either side. */
export type HistoryPage = { entries: JournalEntry[]; hasNewer: boolean; hasOlder: boolean };

/** Slack's limit for the text of a section. */
const longestSection = 3_000;

export function historyMessage(setting: SettingId, { entries, hasNewer, hasOlder }: HistoryPage) {
  const [first] = entries;
  const last = entries.at(-1);
  if (!first || !last) return { text: nothingYet, blocks: [section(nothingYet)] };
  const buttons = [
    ...(hasNewer ? [button(historyWords.newer, newerActionId, first.id)] : []),
    ...(hasOlder ? [button(historyWords.older, olderActionId, last.id)] : []),
  ];
  const blocks: types.KnownBlock[] = [
    { type: 'header', text: { type: 'plain_text', text: historyTitle(setting) } },
    ...entries.flatMap((entry) => [section(historyEntry(entry)), context(historyFootnote(entry))]),
    ...(buttons.length > 0 ? [{ type: 'actions' as const, elements: buttons }] : []),
  ];
  return { text: historyTitle(setting), blocks };
}

/** However many numbers a change names, all are shown. */
export function changeMessage(entry: JournalEntry) {
  const text = changeInFull(entry);
  return { text: text.slice(0, longestSection), blocks: split(text).map(section) };
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

function section(text: string): types.SectionBlock {
  return { type: 'section', text: { type: 'mrkdwn', text } };
}

function context(text: string): types.ContextBlock {
  return { type: 'context', elements: [{ type: 'mrkdwn', text }] };
}

function button(text: string, actionId: string, value: string): types.Button {
  return { type: 'button', action_id: actionId, text: { type: 'plain_text', text }, value };
}
