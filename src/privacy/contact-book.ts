import { setTimeout as pause } from 'node:timers/promises';
import {
  type Findable,
  findable,
  type Person,
  type Searchable,
  searchable,
  searchPeople,
  sortPeople,
} from './people-search.ts';
import { identityOf } from './phone.ts';
import { type Contact, type Gateway, GatewayError, type Log } from './ports.ts';

/** `isWhole`: everybody was read; otherwise those who came so far were searched. */
export type Found = { people: Person[]; isWhole: boolean };

/** Whom a WhatsApp number knows, remembered, so that nobody waits for the gateway. */
export interface ContactBook {
  /** Somebody's name, where WhatsApp knows one: as saved on the phone, else as they call themselves (`~Ana`). */
  nameOf(phone: string): string | undefined;
  /**
   * Contacts by name or number. Where nobody is known yet, waits for at most `waitMs`. Undefined where nobody
   * fits and the gateway can't say whether anybody does.
   */
  search(query: string, options: { most: number; waitMs: number }): Promise<Found | undefined>;
  /** How many are known so far. */
  count(): number;
  /** Reads everybody again unless they are fresh; meanwhile what is known serves. Never rejects. */
  refresh(): Promise<void>;
  /** Ends a reading that is under way. */
  close(): void;
}

const freshMs = 5 * 60 * 1000;
/** After a failure the gateway is left alone for a while. */
const restMs = 15 * 1000;

type Book = {
  people: Findable[];
  names: Map<string, string>;
  isWhole: boolean;
  /** Made when somebody searches, anew where more came meanwhile. */
  searched?: Searchable | undefined;
};

export function createContactBook(
  gateway: Pick<Gateway, 'readContacts'>,
  log: Log,
  now: () => number = Date.now,
): ContactBook {
  const closing = new AbortController();
  let book: Book | undefined;
  let nextReadMs = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;

  async function readEverybody(): Promise<void> {
    const startedMs = now();
    const fresh: Book = { people: [], names: new Map(), isWhole: false };
    try {
      for await (const page of gateway.readContacts({ signal: closing.signal })) {
        for (const contact of page) add(fresh, contact);
        fresh.searched = undefined;
        // The first time, who came so far is better than nobody.
        if (!book || (!book.isWhole && fresh.people.length >= book.people.length)) book = fresh;
      }
      fresh.searched = searchable(sortPeople(fresh.people));
      fresh.isWhole = true;
      book = fresh;
      nextReadMs = now() + freshMs;
      log.info({ contacts: fresh.people.length, ms: now() - startedMs }, 'contacts read');
    } catch (error) {
      nextReadMs = now() + restMs;
      if (closing.signal.aborted) return;
      const failure = error instanceof GatewayError ? error.kind : 'unexpected';
      log.warn({ failure }, 'contacts not read');
    } finally {
      reading = undefined;
    }
  }

  function refresh(): Promise<void> {
    if (closing.signal.aborted || now() < nextReadMs) return reading ?? Promise.resolve();
    reading ??= readEverybody();
    return reading;
  }

  return {
    nameOf: (phone) => book?.names.get(identityOf(phone)),
    async search(query, { most, waitMs }) {
      const refreshed = refresh();
      if (!book?.isWhole) await Promise.race([refreshed, pause(waitMs, undefined, { ref: false })]);
      const people = book ? searchPeople(ready(book), query, most) : [];
      // Whoever is missing after a reading that broke off may be a contact all the same.
      if (people.length === 0 && !book?.isWhole && !reading) return undefined;
      return { people, isWhole: book?.isWhole ?? false };
    },
    count: () => book?.people.length ?? 0,
    refresh,
    close: () => closing.abort(),
  };
}

function ready(book: Book): Searchable {
  book.searched ??= searchable(book.people);
  return book.searched;
}

/** Whoever merely shares a group is no contact, but may have told their name. */
function add({ people, names }: Book, { phone, savedName, ownName }: Contact): void {
  const name = savedName ?? (ownName && `~${ownName}`);
  if (name === undefined) return;
  const identity = identityOf(phone);
  if (savedName === undefined) {
    if (!names.has(identity)) names.set(identity, name);
    return;
  }
  const known = names.get(identity);
  // The same person twice, as WhatsApp does it around the ninth digit.
  if (known !== undefined && !known.startsWith('~')) return;
  people.push(findable({ entry: phone, name }));
  names.set(identity, name);
}
