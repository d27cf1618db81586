import type { Locale } from '../../config.ts';
import type { Counted, Plural } from '../sentences/plural.ts';

/** How a language writes numbers, lists and dates, and what it says of one and of many. */
export interface Language {
  number(count: number): string;
  plural<T>(count: number, forms: Plural<T>): T;
  /** The sentence for so many, with the number in it. */
  counted(count: number, sentences: Counted): string;
  list(items: readonly string[]): string;
  /** A minute, in UTC, which is said. */
  utc(at: Date): string;
}

/** English has no one order of day and month, and Swedish writes the dates of ISO 8601. */
const datesOf: Record<Locale, string> = { en: 'sv', 'pt-BR': 'pt-BR' };

/** Loading how a language writes takes tens of milliseconds: it waits for the first word that is said. */
export function createLanguage(locale: Locale): Language {
  const numbers = once(() => new Intl.NumberFormat(locale));
  const plurals = once(() => new Intl.PluralRules(locale));
  const lists = once(() => new Intl.ListFormat(locale, { type: 'unit', style: 'short' }));
  const dates = once(
    () =>
      new Intl.DateTimeFormat(datesOf[locale], {
        year: 'numeric',
        month: '2-digit',
        day: '2-digit',
        hour: '2-digit',
        minute: '2-digit',
        timeZone: 'UTC',
        timeZoneName: 'short',
      }),
  );
  // Whole millions are "many" in Portuguese, and need "de" only where they are written as words.
  const plural = <T>(count: number, { one, other }: Plural<T>) =>
    plurals().select(count) === 'one' ? one : other;
  return {
    number: (count) => numbers().format(count),
    plural,
    counted: (count, sentences) => plural(count, sentences)(numbers().format(count)),
    list: (items) => lists().format(items),
    utc: (at) => dates().format(at),
  };
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
