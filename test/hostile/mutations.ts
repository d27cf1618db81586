import fc from 'fast-check';
import { oddValues } from './odd-values.ts';

type Path = readonly (string | number)[];

/** One thing wrong with a payload. `at`: which of its places, counted round. */
export type Mutation = { at: number; how: 'delete' | 'replace' | 'wrap' | 'add' | 'as-text'; value: unknown };

export const mutations: fc.Arbitrary<Mutation[]> = fc.array(
  fc.record({
    at: fc.nat(100_000),
    how: fc.constantFrom(
      'delete' as const,
      'replace' as const,
      'replace' as const,
      'wrap' as const,
      'add' as const,
      'as-text' as const,
    ),
    value: oddValues,
  }),
  { maxLength: 3 },
);

/** A copy of a payload with all that is wrong with it. The whole stays an object. */
export function mutated(payload: object, wrongs: readonly Mutation[]): Record<string, unknown> {
  const copy = structuredClone(payload) as Record<string, unknown>;
  for (const wrong of wrongs) {
    const paths = pathsIn(copy);
    const path = paths[wrong.at % paths.length];
    if (path) apply(copy, path, wrong);
  }
  return copy;
}

/** Every place in a value, however deep. */
function pathsIn(value: unknown, before: Path = []): Path[] {
  if (typeof value !== 'object' || value === null || before.length > 12) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    [...before, key],
    ...pathsIn(inner, [...before, key]),
  ]);
}

function apply(whole: object, path: Path, { how, value }: Mutation): void {
  const key = path.at(-1) ?? '';
  const holder = path.slice(0, -1).reduce<unknown>((inner, step) => (inner as never)[step], whole) as Record<
    string | number,
    unknown
  >;
  const before = holder[key];
  // As JSON.parse does: `__proto__` is a key like any other.
  const put = (name: string | number, what: unknown) =>
    Object.defineProperty(holder, name, {
      value: what,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  if (how === 'delete') delete holder[key];
  else if (how === 'wrap') put(key, [before]);
  else if (how === 'as-text') put(key, JSON.stringify(before));
  else put(how === 'add' ? '__proto__' : key, value);
}
