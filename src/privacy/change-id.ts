import { randomInt } from 'node:crypto';

// Crockford's base 32, lower case: no i, l, o, u, so that an id can be read aloud.
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * Makes ids of twelve characters that sort by time: nine for the millisecond (until the year 3084), three at random. Each
 * follows those made before, and the one given, which another process may have made.
 */
export function createChangeIds(now: () => number = Date.now): (after?: string) => string {
  let lastMs = 0;
  return (after) => {
    // Two in one millisecond, or a clock set back, must not upset the order.
    lastMs = Math.max(now(), lastMs + 1, after ? millisecondOf(after) + 1 : 0);
    return base32(lastMs, 9) + base32(randomInt(32 ** 3), 3);
  };
}

function base32(value: number, length: number): string {
  let text = '';
  for (let rest = value; text.length < length; rest = Math.floor(rest / 32))
    text = alphabet.charAt(rest % 32) + text;
  return text;
}

function millisecondOf(id: string): number {
  return [...id.slice(0, 9)].reduce((value, digit) => value * 32 + alphabet.indexOf(digit), 0);
}
