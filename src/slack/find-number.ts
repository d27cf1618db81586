import type { ManagedNumber } from '../privacy/managed-number.ts';

/** By its name, or else by what the team calls it, as people type it. */
export function numberNamed(numbers: readonly ManagedNumber[], typed: string): ManagedNumber | undefined {
  const wanted = folded(typed);
  return (
    numbers.find(({ name }) => name === wanted) ??
    numbers.find(({ label }) => label !== undefined && folded(label) === wanted)
  );
}

/** The number that a form begins with: the one that was named; otherwise the one of the channel, or the first. */
export function firstNumber(
  numbers: readonly ManagedNumber[],
  { on, channel }: { on: string | undefined; channel: string },
): ManagedNumber | undefined {
  if (on !== undefined) return numberNamed(numbers, on);
  const ofChannel = numbers.find(
    ({ auditChannel, access }) => auditChannel === channel || access.channels.includes(channel),
  );
  return ofChannel ?? numbers[0];
}

function folded(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\p{Pd}\u2212]/gu, '-')
    .trim()
    .toLowerCase();
}
