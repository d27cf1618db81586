import { identityOf } from './phone.ts';

/** Somebody who can be looked for. `entry`: digits, or a private id. */
export type Person = { entry: string; name: string | undefined };

/** A person, made ready for looking. */
export type Findable = Person & { folded: string; identity: string };

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

/**
 * Who fits a query by name or number, in the order given, best first: names that begin so, then names with words that
 * begin so, then any others.
 */
export function searchPeople(people: readonly Findable[], query: string, most: number): Person[] {
  const words = fold(query).split(' ').filter(Boolean);
  const [first] = words;
  if (first === undefined) return people.slice(0, most);
  const numbers = numbersIn(query);
  const ranks: [Findable[], Findable[], Findable[]] = [[], [], []];
  for (const person of people) {
    const rank = rankOf(person, words, numbers);
    if (rank === undefined) continue;
    ranks[rank].push(person);
    if (ranks[0].length >= most) break;
  }
  return ranks.flat().slice(0, most);
}

function rankOf(
  { entry, identity, folded }: Findable,
  words: readonly string[],
  numbers: readonly string[],
): 0 | 1 | 2 | undefined {
  if (numbers.some((number) => entry.includes(number) || identity.includes(number))) return 0;
  if (!words.every((word) => folded.includes(word))) return undefined;
  if (folded.startsWith(` ${words.join(' ')}`)) return 0;
  return words.every((word) => folded.includes(` ${word}`)) ? 1 : 2;
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
