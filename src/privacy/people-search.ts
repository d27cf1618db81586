import { identityOf } from './phone.ts';

/** Somebody who can be looked for. `entry`: digits, or a private id. */
export type Person = { entry: string; name: string | undefined };

/** A person, made ready for looking. */
export type Findable = Person & { folded: string; identity: string };

/** People to search, in the order in which they are found. */
export type Searchable = { people: readonly Findable[]; names: Haystack; numbers: Haystack };

/** Everybody's text as one, and where each begins: the engine searches one long text a hundred times faster than many. */
type Haystack = { text: string; begins: Uint32Array };

/** Folds case, accents and width, so that "joao" finds "João". */
export function findable(person: Person): Findable {
  // A tilde marks the name that somebody gave themselves.
  const folded = ` ${fold((person.name ?? '').replace(/^~/, ''))}`;
  return { ...person, folded, identity: identityOf(person.entry) };
}

/** Sorts by name, whoever has none last; then by number. */
export function sortPeople(people: Findable[]): Findable[] {
  return people.sort((a, b) => compare(a, b));
}

export function searchable(people: readonly Findable[]): Searchable {
  return {
    people,
    names: haystackOf(people.map(({ folded }) => folded)),
    numbers: haystackOf(people.map(({ entry, identity }) => `${entry} ${identity}`)),
  };
}

/**
 * Who fits a query by name or number, in the order given, best first: names that begin so, then names with words that
 * begin so, then any others.
 */
export function searchPeople({ people, names, numbers }: Searchable, query: string, most: number): Person[] {
  const words = fold(query).split(' ').filter(Boolean);
  const [longest] = words.toSorted((a, b) => b.length - a.length);
  if (longest === undefined) return people.slice(0, most);
  const found: Found = { ranks: new Uint8Array(people.length), counts: [0, 0, 0, 0] };
  const isEnough = () => found.counts[best] + found.counts[good] >= most;
  for (const number of numbersIn(query)) note(found, placesIn(numbers, number), () => best, most);
  const nameRank = (at: number) => rankOf(people[at]?.folded ?? '', words);
  // Those who fit best are looked for first: mostly there are enough of them, among thousands who fit somehow.
  for (const needle of [`\n ${words.join(' ')}`, ` ${longest}`, longest]) {
    if (!isEnough()) note(found, placesIn(names, needle), nameRank, most);
  }
  return byRank(people, found.ranks).flat().slice(0, most);
}

/** How well somebody fits; 0 is not at all. */
type Rank = 0 | typeof best | typeof good | typeof fair;
const best = 1;
const good = 2;
const fair = 3;

/** How well each fits, by place, as far as it was looked at; and how many fit how well. */
type Found = { ranks: Uint8Array; counts: [number, number, number, number] };

/** Notes how well people fit, until there are enough of those who fit best. */
function note(
  { ranks, counts }: Found,
  places: Iterable<number>,
  rankAt: (at: number) => Rank,
  most: number,
): void {
  for (const at of places) {
    if (ranks[at] !== 0) continue;
    const rank = rankAt(at);
    ranks[at] = rank;
    counts[rank] += 1;
    if (counts[best] >= most) return;
  }
}

function byRank(people: readonly Findable[], ranks: Uint8Array): Findable[][] {
  const found: Findable[][] = [[], [], []];
  for (const [at, rank] of ranks.entries()) {
    const person = people[at];
    if (rank > 0 && person) found[rank - 1]?.push(person);
  }
  return found;
}

function rankOf(folded: string, words: readonly string[]): Rank {
  if (!words.every((word) => folded.includes(word))) return 0;
  if (folded.startsWith(` ${words.join(' ')}`)) return best;
  return words.every((word) => folded.includes(` ${word}`)) ? good : fair;
}

/** Each text after a line break, which no text and no query has within it: a needle that begins with one is a beginning. */
function haystackOf(texts: readonly string[]): Haystack {
  const begins = new Uint32Array(texts.length + 1);
  let end = 0;
  for (const [at, text] of texts.entries()) {
    begins[at] = end;
    end += text.length + 1;
  }
  begins[texts.length] = end;
  return { text: texts.map((text) => `\n${text}`).join(''), begins };
}

/** The places of those whose text has the needle in it, in order. */
function* placesIn({ text, begins }: Haystack, needle: string): Generator<number> {
  let place = 0;
  for (let found = text.indexOf(needle); found >= 0; ) {
    while ((begins[place + 1] ?? text.length) <= found) place += 1;
    yield place;
    found = text.indexOf(needle, begins[place + 1]);
  }
}

/** The digits of a query that is a part of a number; in Brazil also without the ninth digit. */
function numbersIn(query: string): string[] {
  // A private id may come whole, with what stands after its digits.
  const text = query.normalize('NFKC').replace(/@(?:l(?:id?)?)?\s*$/i, '');
  if (!/^[+\d\s().-]*$/.test(text)) return [];
  const digits = text.replace(/\D/g, '').replace(/^00?/, '');
  if (digits === '') return [];
  return [...new Set([digits, digits.replace(/^(55)?(\d\d)?9(\d{8})$/, '$1$2$3')])];
}

function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[\s\p{Cf}]+/gu, ' ')
    .trim();
}

function compare(a: Findable, b: Findable): number {
  if (a.folded === b.folded) return a.entry < b.entry ? -1 : 1;
  if (a.folded === ' ' || b.folded === ' ') return a.folded === ' ' ? 1 : -1;
  return a.folded < b.folded ? -1 : 1;
}
