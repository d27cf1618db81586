import { badRequest, jsonReply, refused, type Verdict } from './replies.ts';
import type { Contact, WhatsappAccount } from './types.ts';

/** Judges `GET /contacts?page=&pageSize=`; `largestPage` is what a page is cut to without a word. */
export function judgeContacts(
  query: URLSearchParams,
  account: WhatsappAccount,
  largestPage = Number.POSITIVE_INFINITY,
): Verdict {
  const page = readCount(query.get('page'));
  const pageSize = readCount(query.get('pageSize'));
  // Our strictness: both are asked for. How others than positive numbers are refused is not known.
  if (page === undefined) return { refusal: badRequest('Invalid page') };
  if (pageSize === undefined) return { refusal: badRequest('Invalid pageSize') };

  return {
    perform() {
      // Not known at the real one: refused as the other reads of WhatsApp are.
      if (!account.connected) return refused;
      const size = Math.min(pageSize, largestPage);
      // [doc] The first page is 1, and the answer is a bare array with no total. [inferred] A short page is the last
      // one; a page beyond the end is empty. The order is that of the account, never sorted: it can be large.
      const first = (page - 1) * size;
      return jsonReply(200, (account.contacts ?? []).slice(first, first + size).map(toWire));
    },
  };
}

function readCount(text: string | null): number | undefined {
  const count = /^[1-9]\d*$/.test(text ?? '') ? Number(text) : Number.NaN;
  return Number.isSafeInteger(count) ? count : undefined;
}

/** [doc] The five keys. [inferred] One that WhatsApp knows nothing for is left out. */
function toWire({ name, short, notify, vname, phone }: Contact) {
  // JSON leaves out what is undefined.
  return { name, short, notify, vname, phone };
}
