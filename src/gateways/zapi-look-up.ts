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

/**
 * WhatsApp adds digits, or leaves some out, before the subscriber's number: Brazil's ninth (55 11 9…), Mexico's 1 (52 1…),
 * Argentina's 9 (54 9…), perhaps more. A number that ends otherwise is somebody else's.
 */
function isSpellingOf(phone: string, asked: string): boolean {
  return phone.slice(-7) === asked.slice(-7);
}
