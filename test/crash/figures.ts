/** What a part of the suite counted. Those under `broken` must be zero. */
export type Figures = Record<Counted | Broken, number>;

const counted = {
  changes: 'changes recorded',
  kills: 'kills',
  acknowledged: 'seen accepted',
  unacknowledged: 'recorded, ack not seen',
  sentAgain: 'sent to Z-API again after a kill',
  overtaken: 'undos overtaken',
  toldTwiceExcused: 'told twice, excused: killed or answer lost',
  toldTwiceDatabase: 'told twice, database away meanwhile',
  refusedUnread: 'list change refused: list not read in time',
  refusedSubmissions: 'refused: journal out of reach',
} as const;

/** What must be zero, and what it is called. */
export const broken = {
  notOnDisk: 'SEEN ACCEPTED, NOT ON DISK',
  refusedButRecorded: 'REFUSED, YET ON DISK',
  promisedTwice: 'ONE SUBMISSION, TWO CHANGES',
  unended: 'NEVER ENDED',
  lost: 'APPLIED BY THE JOURNAL, NEVER WRITTEN',
  outOfOrder: 'OUT OF ORDER',
  overlapping: 'TWO AT ONCE',
  wrongInTheEnd: 'ACCOUNT NOT AS LAST APPLIED',
  refusedLists: 'ADDED OR REMOVED WHAT WAS SO',
  endedOtherwise: 'ENDED OTHERWISE THAN APPLIED',
  untold: 'UNTOLD',
  toldTwice: 'TOLD TWICE WITHOUT CAUSE',
  toldOutOfOrder: 'TOLD OUT OF ORDER',
  tooSlow: 'NOT TAKEN OVER WITHIN 10 s',
  diedByItself: 'PROCESS ENDED BY ITSELF',
  brokenOff: 'PART BROKEN OFF',
} as const;

type Counted = keyof typeof counted;
export type Broken = keyof typeof broken;

export function noFigures(): Figures {
  return Object.fromEntries(
    [...Object.keys(counted), ...Object.keys(broken)].map((name) => [name, 0]),
  ) as Figures;
}

export function sum(all: readonly Figures[]): Figures {
  const total = noFigures();
  for (const figures of all) {
    for (const name of Object.keys(total) as (keyof Figures)[]) total[name] += figures[name];
  }
  return total;
}

export function isBroken(figures: Figures): boolean {
  return (Object.keys(broken) as Broken[]).some((name) => figures[name] > 0);
}

/** One row a figure, one column a part. */
export function tableOf(parts: readonly { name: string; figures: Figures }[]): string {
  const columns = [...parts, { name: 'all', figures: sum(parts.map(({ figures }) => figures)) }];
  const labels = { ...counted, ...broken };
  const width = Math.max(...Object.values(labels).map((label) => label.length));
  const row = (label: string, cells: readonly (string | number)[]) =>
    [
      label.padEnd(width),
      ...cells.map((cell, index) => String(cell).padStart(columns[index]?.name.length ?? 0)),
    ].join('  ');
  return [
    row(
      '',
      columns.map(({ name }) => name),
    ),
    ...(Object.keys(labels) as (keyof Figures)[]).map((name) =>
      row(
        labels[name],
        columns.map(({ figures }) => figures[name]),
      ),
    ),
  ].join('\n');
}
