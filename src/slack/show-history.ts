import type { ManagedNumber } from '../privacy/managed-number.ts';
import type { SettingId } from '../privacy/settings.ts';
import { type Asked, numbersAsked } from './asked.ts';
import type { Flow } from './flow.ts';
import { changeMessage, type HistoryPage, historyMessage, type NameNumber } from './history-blocks.ts';
import { acknowledgePress, askedBy, changeOf, type Press } from './press.ts';
import { namedNumber } from './refresh-form.ts';
import { orUnreadable, whisper } from './whisper.ts';

const pageLength = 8;

/** Where a page begins: at the newest change, or beside the change with an id. */
type From = { before?: string; after?: string };

/** Shows one person the last changes of the numbers that they may change. */
export async function showHistory(flow: Flow, asked: Asked, from?: From): Promise<void> {
  const numbers = await numbersAsked(flow, asked, from ? 'button' : 'command');
  if (typeof numbers === 'string') return whisper(flow, asked.replyUrl, numbers);
  const { setting, on } = asked;
  const instances = numbers.map(({ instance }) => instance);
  const page = await orUnreadable(flow, readPage(flow, { setting, instances, from: from ?? {} }));
  const message =
    typeof page === 'string'
      ? page
      : historyMessage(flow.messages.history, { setting, page, on, nameNumber: naming(flow, numbers) });
  await whisper(flow, asked.replyUrl, message, from !== undefined);
}

/** Puts the page before or after the change that the button names in place of the one that is shown. */
export async function turnPage(flow: Flow, press: Press, side: 'before' | 'after'): Promise<void> {
  await acknowledgePress(flow, press);
  await showHistory(flow, askedBy(press), { [side]: changeOf(press).id });
}

/** One change in full, with its numbers, for one person's eyes. */
export async function showChange(flow: Flow, id: string, asked: Asked): Promise<void> {
  const numbers = await numbersAsked(flow, { ...asked, on: undefined }, 'command');
  if (typeof numbers === 'string') return whisper(flow, asked.replyUrl, numbers);
  const entry = await orUnreadable(flow, flow.journal.find(id));
  if (typeof entry === 'string') return whisper(flow, asked.replyUrl, entry);
  // Whoever may not change a number is not told that it has such a change.
  if (!entry || !numbers.some(({ instance }) => instance === entry.instance))
    return whisper(flow, asked.replyUrl, flow.messages.undo.unknownChange);
  const number = naming(flow, numbers)(entry.instance);
  await whisper(flow, asked.replyUrl, changeMessage(flow.messages.history, entry, number));
}

/** Changes say of which number they are where the team has several. */
function naming(flow: Flow, numbers: readonly ManagedNumber[]): NameNumber {
  return (instance) => {
    const number = numbers.find((known) => known.instance === instance);
    return flow.numbers.length > 1 && number ? namedNumber(number) : undefined;
  };
}

async function readPage(
  flow: Flow,
  { setting, instances, from }: { setting: SettingId; instances: string[]; from: From },
): Promise<HistoryPage> {
  // One more than is shown tells whether there is more.
  const read = await flow.journal.page({ instances, setting, ...from, limit: pageLength + 1 });
  const hasMore = read.length > pageLength;
  if (from.after === undefined)
    return { entries: read.slice(0, pageLength), hasNewer: from.before !== undefined, hasOlder: hasMore };
  // Towards the newer ones, the one too many is the newest. The first page is always full.
  return hasMore
    ? { entries: read.slice(1), hasNewer: true, hasOlder: true }
    : readPage(flow, { setting, instances, from: {} });
}
