/** What depends on how many there are; `Intl.PluralRules` chooses. */
export type Plural<T> = { one: T; other: T };

/** A sentence with a number in it, which comes written as the language writes it. */
export type Counted = Plural<(count: string) => string>;

/** A sentence that is the same for one and for many. */
export function alike(sentence: (count: string) => string): Counted {
  return { one: sentence, other: sentence };
}
