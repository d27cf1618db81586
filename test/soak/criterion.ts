/** One line of the table. Without a limit it is a figure that nothing is asked of. */
export type Criterion = {
  name: string;
  value: string;
  limit?: string;
  isMet: boolean;
  /** What is behind it, or why something is excused. */
  notes?: readonly string[];
};

export function figure(name: string, value: string | number, notes?: readonly string[]): Criterion {
  return { name, value: String(value), isMet: true, ...(notes && { notes }) };
}

/** Must be none; each that there is, in a note. */
export function mustBeNone(name: string, found: readonly string[], excused?: readonly string[]): Criterion {
  const notes = [...found, ...(excused ?? [])];
  return {
    name,
    value: String(found.length),
    limit: '0',
    isMet: found.length === 0,
    ...(notes.length > 0 && { notes }),
  };
}

export function atMost(
  name: string,
  value: number,
  { limit, unit, notes }: { limit: number; unit: string; notes?: readonly string[] },
): Criterion {
  const isMet = value <= limit;
  return {
    name,
    value: `${rounded(value)} ${unit}`,
    limit: `<= ${limit} ${unit}`,
    isMet,
    ...(notes && { notes }),
  };
}

export function rounded(value: number): number {
  return Math.abs(value) < 10 ? Math.round(value * 100) / 100 : Math.round(value);
}

const mostNotes = 8;

export function tableOf(criteria: readonly Criterion[]): string {
  const nameWidth = Math.max(...criteria.map(({ name }) => name.length));
  const valueWidth = Math.max(...criteria.map(({ value }) => value.length));
  return criteria
    .flatMap(({ name, value, limit, isMet, notes = [] }) => [
      `${limit === undefined ? '    ' : isMet ? 'PASS' : 'FAIL'}  ${name.padEnd(nameWidth)}  ${value.padStart(valueWidth)}  ${limit ?? ''}`.trimEnd(),
      ...notes.slice(0, mostNotes).map((note) => `        ${note}`),
      ...(notes.length > mostNotes ? [`        and ${notes.length - mostNotes} more`] : []),
    ])
    .join('\n');
}
