import { rounded } from './load/figures.ts';
import type { Target } from './row.ts';

const singular: Record<string, string> = { calls: 'call', connections: 'connection' };

export function measuredText({ measured, unit }: Target): string {
  return withUnit(measured, unit);
}

export function limitText({ limit, unit }: Target): string {
  return 'atMost' in limit
    ? `at most ${withUnit(limit.atMost, unit)}`
    : `at least ${withUnit(limit.atLeast, unit)}`;
}

function withUnit(value: number, unit: string): string {
  const figure = rounded(value);
  return [figure, figure === '1' ? (singular[unit] ?? unit) : unit].join(' ').trimEnd();
}
