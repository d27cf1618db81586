import { type RawBuilder, sql } from 'kysely';
import type { Submission } from '../privacy/journal-entry.ts';
import type { TooMany } from '../privacy/ports.ts';
import type { Db } from './database.ts';

const hourMs = 60 * 60 * 1000;

/**
 * Whether the person or the number had as many changes accepted within the last hour as there may be, by the clock that
 * says when they were accepted; of two limits the one that lasts longer.
 *
 * Asked in the transaction that records, it is exact for the number. Changes of other numbers can be recorded at the same
 * moment by other transactions of a PostgreSQL: a person who makes them can come to more.
 */
export async function findTooMany(
  db: Db,
  nowMs: RawBuilder<number>,
  { by, instance, undoes }: Submission,
  mostPerHour: number | undefined,
): Promise<TooMany | undefined> {
  // To take something back must always be possible: what is to be undone may hurt somebody now.
  if (mostPerHour === undefined || undoes !== undefined) return undefined;
  const nth = { db, nowMs, mostPerHour };
  const ofPerson = await freeAt({ ...nth, column: 'by_user', value: by });
  const ofNumber = await freeAt({ ...nth, column: 'instance', value: instance });
  if (ofPerson && !(ofNumber && ofNumber > ofPerson)) return { tooMany: 'by-person', until: ofPerson };
  return ofNumber && { tooMany: 'of-number', until: ofNumber };
}

/** When the next change can be accepted; undefined where it can be now. */
async function freeAt({
  db,
  nowMs,
  mostPerHour,
  column,
  value,
}: {
  db: Db;
  nowMs: RawBuilder<number>;
  mostPerHour: number;
  column: 'by_user' | 'instance';
  value: string;
}): Promise<Date | undefined> {
  // In selects of their own the times are read once: PostgreSQL looks nothing up in an index that may differ for each row.
  const row = await db
    .selectFrom('changes')
    .select('accepted_at_ms')
    .where(column, '=', value)
    .where('accepted_at_ms', '>', sql<number>`(select ${nowMs} - ${sql.lit(hourMs)})`)
    // Where the clock was set back, nobody has to wait until it is again where it was.
    .where('accepted_at_ms', '<=', sql<number>`(select ${nowMs})`)
    .orderBy('accepted_at_ms', 'desc')
    .limit(1)
    .offset(mostPerHour - 1)
    .executeTakeFirst();
  return row && new Date(row.accepted_at_ms + hourMs);
}
