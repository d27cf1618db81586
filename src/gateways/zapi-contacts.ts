import type { Contact } from '../privacy/ports.ts';
import { readPhone } from './zapi-phone.ts';

/** A page of the longest names is half as long as a reply may be. */
const pageSize = 100;
/** 200,000 contacts: where it is not over by then, it never is. */
const mostPages = 2_000;
/** Half of the connections for reads: the others are left to who waits for an answer. */
const mostAtOnce = 4;
const longestName = 200;
/** Ids of groups have at most half of it. What is longer is no id, and would be kept for nothing. */
const longestId = 64;

/**
 * Everybody on the pages of `GET /contacts`, each number once. Pages are asked for ahead, and come in their order.
 *
 * `readPage` gives the rows of one page; what it rejects with ends it. So does the signal, with its reason.
 */
export async function* readContactPages(
  readPage: (path: string, signal: AbortSignal) => Promise<unknown[]>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Contact[], void, void> {
  const over = new AbortController();
  const either = AbortSignal.any([over.signal, ...(signal ? [signal] : [])]);
  const pages: Promise<unknown[]>[] = [];
  const seen = new Set<string>();
  let asked = 0;
  let firstLength: number | undefined;

  function askAhead(count: number): void {
    while (pages.length < count && asked < mostPages) {
      asked += 1;
      const page = readPage(`/contacts?page=${asked}&pageSize=${pageSize}`, either);
      // Who waits for it hears of its failure; nobody may.
      page.catch(() => undefined);
      pages.push(page);
    }
  }

  try {
    askAhead(1);
    for (let page = pages.shift(); page; page = pages.shift()) {
      const rows = await page;
      signal?.throwIfAborted();
      const newRows = takeNew(rows, seen);
      // A gateway that takes no notice of `page` would go on for ever.
      if (newRows.length === 0) return;
      const isFirst = firstLength === undefined;
      firstLength ??= rows.length;
      // Z-API gives no total. A page shorter than what was asked for need not be the last one: pages may be capped.
      const isLast = rows.length < firstLength;
      if (!isLast) askAhead(isFirst && rows.length < pageSize ? 1 : mostAtOnce);
      const contacts = newRows.map(contactOf).filter((contact) => contact !== undefined);
      if (contacts.length > 0) yield contacts;
      if (isLast) return;
    }
  } finally {
    over.abort();
  }
}

/** The rows with an id that was not seen before, of a person or not: a page full of groups is not the end. */
function takeNew(rows: unknown[], seen: Set<string>): Record<string, unknown>[] {
  return rows.filter((row): row is Record<string, unknown> => {
    const id = typeof row === 'object' && row !== null && 'phone' in row ? row.phone : undefined;
    if (typeof id !== 'string' || id.length > longestId || seen.has(id)) return false;
    seen.add(id);
    return true;
  });
}

function contactOf(row: Record<string, unknown>): Contact | undefined {
  const phone = readPhone(row.phone);
  return (
    phone && {
      phone,
      savedName: readName(row.name) ?? readName(row.short) ?? readName(row.vname),
      ownName: readName(row.notify),
    }
  );
}

/** One line of text that can be seen, stored and shown; undefined where there is none. */
function readName(name: unknown): string | undefined {
  if (typeof name !== 'string') return undefined;
  const line = name
    .toWellFormed()
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
  if (!/[\p{L}\p{N}\p{P}\p{S}]/u.test(line)) return undefined;
  // By characters: half of one can't be shown.
  return Array.from(line.slice(0, 2 * longestName))
    .slice(0, longestName)
    .join('')
    .trim();
}
