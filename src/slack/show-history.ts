import type { SettingId } from '../privacy/settings.ts';
import type { Flow } from './flow.ts';
import { changeMessage, type HistoryPage, historyMessage } from './history-blocks.ts';
import { acknowledgePress, changeOf, type Press, placeOf } from './press.ts';
import { orUnreadable, whisper } from './whisper.ts';

const pageLength = 8;

/** Where a page begins: at the newest change, or beside the change with an id. */
type From = { before?: string; after?: string };

/** Shows one person the last changes. */
export async function showHistory(
  flow: Flow,
  setting: SettingId,
  { replyUrl, from = {}, replace = false }: { replyUrl: string; from?: From; replace?: boolean },
): Promise<void> {
  const page = await orUnreadable(flow, readPage(flow, setting, from));
  await whisper(
    flow,
    replyUrl,
    typeof page === 'string' ? page : historyMessage(flow.messages.history, setting, page),
    replace,
  );
}

/** Puts the page before or after the change that the button names in place of the one that is shown. */
export async function turnPage(flow: Flow, press: Press, side: 'before' | 'after'): Promise<void> {
  await acknowledgePress(flow, press);
  const { setting, id } = changeOf(press);
  await showHistory(flow, setting, {
    replyUrl: placeOf(press).replyUrl,
    from: { [side]: id },
    replace: true,
  });
}

/** One change in full, with its numbers, for one person's eyes. */
export async function showChange(flow: Flow, id: string, replyUrl: string): Promise<void> {
  const entry = await orUnreadable(flow, flow.journal.find(id));
  const isUnknown = typeof entry !== 'string' && entry?.instance !== flow.instance;
  if (isUnknown || !entry) return whisper(flow, replyUrl, flow.messages.undo.unknownChange);
  await whisper(
    flow,
    replyUrl,
    typeof entry === 'string' ? entry : changeMessage(flow.messages.history, entry),
  );
}

async function readPage(flow: Flow, setting: SettingId, from: From): Promise<HistoryPage> {
  const { journal, instance } = flow;
  // One more than is shown tells whether there is more.
  const read = await journal.page({ instances: [instance], setting, ...from, limit: pageLength + 1 });
  const hasMore = read.length > pageLength;
  if (from.after === undefined)
    return { entries: read.slice(0, pageLength), hasNewer: from.before !== undefined, hasOlder: hasMore };
  // Towards the newer ones, the one too many is the newest. The first page is always full.
  return hasMore ? { entries: read.slice(1), hasNewer: true, hasOlder: true } : readPage(flow, setting, {});
}
