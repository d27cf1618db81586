import { type Country, identityOf, type NoPhone, type Phone, parsePhone, whyNoPhone } from './phone.ts';

/** A number of a list with where it stood: lines count from 1. */
export type ListedPhone = { phone: Phone; unusual: boolean; line: number; typed: string };

export type PhoneListProblem =
  | { kind: 'not-a-phone'; why: NoPhone; line: number; typed: string }
  /** The number stands further up too. `otherSpelling`: there with, here without Brazil's ninth digit, or the reverse. */
  | { kind: 'repeated'; line: number; typed: string; firstLine: number; otherSpelling: boolean };

export type PhoneList = { phones: ListedPhone[]; problems: PhoneListProblem[] };

/** Reads numbers one a line, or separated by commas or semicolons. Tells every problem, not only the first. */
export function parsePhoneList(text: string, defaultCountry?: Country): PhoneList {
  const phones: ListedPhone[] = [];
  const problems: PhoneListProblem[] = [];
  const firstSeen = new Map<string, ListedPhone>();
  for (const { typed, line } of entries(text)) {
    const parsed = parsePhone(typed, defaultCountry);
    if (!parsed) {
      problems.push({ kind: 'not-a-phone', why: whyNoPhone(typed, defaultCountry), line, typed });
      continue;
    }
    const listed = { ...parsed, line, typed };
    const first = firstSeen.get(identityOf(parsed.phone));
    if (first) {
      const otherSpelling = first.phone !== parsed.phone;
      problems.push({ kind: 'repeated', line, typed, firstLine: first.line, otherSpelling });
      continue;
    }
    firstSeen.set(identityOf(parsed.phone), listed);
    phones.push(listed);
  }
  return { phones, problems };
}

function entries(text: string): { typed: string; line: number }[] {
  return text
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .flatMap((content, index) =>
      content.split(/[,;，；、]/).map((typed) => ({ typed: typed.trim(), line: index + 1 })),
    )
    .filter(({ typed }) => typed !== '');
}
