import { createHash } from 'node:crypto';
import { type Selectable, sql } from 'kysely';
import type { Db } from './database.ts';
import { readInPortions } from './portions.ts';
import type { ChangesTable, RefusalsTable } from './schema.ts';

type ChangeRow = Selectable<ChangesTable>;
type RefusalRow = Selectable<RefusalsTable>;

/** What a journal holds; `digest` differs where a single value does. */
export type Contents = { changes: number; refusals: number; digest: string };

const portionRows = 1_000;

/** Copies every row into the empty tables of a PostgreSQL database; answers what was read. */
export async function copyRows(from: Db, to: Db, onCopied: (changes: number) => void): Promise<Contents> {
  return readContents(from, async (table, rows, count) => {
    // One parameter, whatever the number of rows; the columns find their place by name.
    await sql`insert into ${sql.table(table)}
      select * from json_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::json)`.execute(
      to,
    );
    if (table === 'changes') onCopied(count);
  });
}

/** Reads everything, in the same order on both databases. */
export async function readContents(
  db: Db,
  onPortion?: (table: 'changes' | 'refusals', rows: object[], count: number) => Promise<void>,
): Promise<Contents> {
  const hash = createHash('sha256');
  const counts = { changes: 0, refusals: 0 };
  for (const [table, portions] of [
    ['changes', readChanges(db)],
    ['refusals', readRefusalRows(db)],
  ] as const) {
    for await (const rows of portions) {
      for (const row of rows) hash.update(`${JSON.stringify(row)}\n`);
      counts[table] += rows.length;
      await onPortion?.(table, rows, counts[table]);
    }
  }
  return { ...counts, digest: hash.digest('hex') };
}

async function* readChanges(db: Db): AsyncGenerator<ChangeRow[]> {
  const portions = readInPortions<ChangeRow>((last) => {
    const query = db.selectFrom('changes').selectAll().orderBy('id').limit(portionRows);
    return (last ? query.where('id', '>', last.id) : query).execute();
  });
  // A claim is the right of a process that has ended.
  for await (const rows of portions) yield rows.map((row) => ({ ...row, claim: null, lease_until_ms: null }));
}

function readRefusalRows(db: Db): AsyncGenerator<RefusalRow[]> {
  return readInPortions<RefusalRow>((last) => {
    const query = db.selectFrom('refusals').selectAll().orderBy('at_ms').orderBy('id').limit(portionRows);
    const after = last && sql<boolean>`(at_ms, id) > (${last.at_ms}, ${last.id})`;
    return (after ? query.where(after) : query).execute();
  });
}
