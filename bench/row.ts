import type { Launch } from './load/subject.ts';

/** One figure that was promised, and what was measured. */
export type Target = {
  what: string;
  measured: number;
  unit: string;
  /** The measured figure may be so large, or must be so large. */
  limit: { atMost: number } | { atLeast: number };
  /** What stands in the way; printed where the target is not reached. */
  limitedBy: string;
};

export type RowResult = {
  columns: string[];
  lines: (string | number)[][];
  targets: Target[];
  /** What a reader must know to trust the figures. */
  notes: string[];
};

/** How much is measured. `built` starts the bot as `npm run build` makes it. */
export type Bench = {
  isQuick: boolean;
  built: Launch;
};

export type Row = {
  name: string;
  title: string;
  run(bench: Bench): Promise<RowResult>;
};

export function isReached({ measured, limit }: Target): boolean {
  return 'atMost' in limit ? measured <= limit.atMost : measured >= limit.atLeast;
}
