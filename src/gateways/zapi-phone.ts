import type { Phone } from '../privacy/phone.ts';

/** A number however it is written becomes its digits; anything else stays as it is. */
export function asDigits(entry: string): string {
  return /^\s*\+?\d[\d\s().-]*$/.test(entry) ? entry.replace(/\D/g, '') : entry;
}

/** A phone number however it is written; undefined for groups, private ids (`…@lid`) and whatever else Z-API may send. */
export function readPhone(entry: unknown): Phone | undefined {
  if (typeof entry !== 'string') return undefined;
  const digits = asDigits(entry);
  return /^\d{5,15}$/.test(digits) ? (digits as Phone) : undefined;
}
