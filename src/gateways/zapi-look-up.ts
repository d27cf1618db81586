import { z } from 'zod';
import type { LookedUp } from '../privacy/ports.ts';
import { asDigits, readPhone } from './zapi-phone.ts';

/** What else a row holds is taken where it can be used. */
const lookUpRow = z.object({
  exists: z.boolean(),
  inputPhone: z.string(),
  outputPhone: z.unknown().optional(),
  lid: z.unknown().optional(),
});

/** What the rows of `POST /phone-exists-batch` say of the numbers that were asked for, each of them once. */
export function lookedUpIn(rows: unknown[], phones: readonly string[]): LookedUp[] {
  const waiting = new Map(phones.map((phone) => [asDigits(phone), phone]));
  return rows.flatMap((row) => {
    const parsed = lookUpRow.safeParse(row);
    if (!parsed.success) return [];
    const { exists, inputPhone, outputPhone, lid } = parsed.data;
    const input = asDigits(inputPhone);
    const asked = waiting.get(input);
    if (asked === undefined) return [];
    waiting.delete(input);
    const output = readPhone(outputPhone);
    return [
      {
        asked,
        isOnWhatsApp: exists,
        phone: output && isSpellingOf(output, input) ? output : asked,
        privateId: typeof lid === 'string' && /^\d{1,32}@lid$/.test(lid) ? lid : undefined,
      },
    ];
  });
}

/** The subscriber's own digits, which no country changes. */
const subscriberDigits = 7;

/**
 * WhatsApp adds a digit or two after the country code, or leaves them out: Brazil's ninth (55 11 9…), Mexico's 1 (52 1…),
 * Argentina's 9 (54 9…), perhaps more. Any other number is somebody else's.
 */
function isSpellingOf(phone: string, asked: string): boolean {
  const [short = '', long = ''] = [phone, asked].sort((a, b) => a.length - b.length);
  const added = long.length - short.length;
  if (added === 0) return short === long;
  for (let at = 2; added <= 2 && at <= short.length - subscriberDigits; at += 1) {
    if (long.startsWith(short.slice(0, at)) && long.slice(at + added) === short.slice(at)) return true;
  }
  return false;
}
