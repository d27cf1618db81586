import { setImmediate } from 'node:timers/promises';
import type { RawBuilder, UpdateObject } from 'kysely';
import { sql } from 'kysely';
import type { ChangeStore } from '../privacy/ports.ts';
import type { Database, Db } from './database.ts';
import { hasNumbers, hasReplyUrl, type Tables } from './schema.ts';

/** Small enough that nobody waits for it. */
const portionRows = 200;

/** Everything that holds numbers. What is left of a proof is its kind, as of a change how many it named. */
const withoutNumbers = { hide: null, show_again: null, real_changes: null, not_taken: null };

/**
 * Erases what is no longer of use: reply URLs and refusals by age alone; numbers only of changes that were told, because
 * the others are still to be made, or told.
 */
export async function erase(database: Database, before: Parameters<ChangeStore['erase']>[0]): Promise<void> {
  await eraseIn(database, {
    where: sql`${hasReplyUrl} and accepted_at_ms < ${before.replyUrlsOf.getTime()}`,
    columns: { reply_url: '' },
  });
  await deleteRefusals(database, before.refusalsOf);
  const isDue = sql<boolean>`${hasNumbers} and status = 'told' and accepted_at_ms < ${before.numbersOf.getTime()}`;
  const [due] = await database.read((db) =>
    db.selectFrom('changes').select('id').where(isDue).limit(1).execute(),
  );
  if (due) {
    await database.expectErasing();
    await eraseIn(database, { where: isDue, columns: withoutNumbers });
  }
  await database.scrub();
}

async function eraseIn(
  database: Database,
  { where, columns }: { where: RawBuilder<boolean>; columns: UpdateObject<Tables, 'changes'> },
): Promise<void> {
  await inPortions(database, async (db) => {
    const { numUpdatedRows } = await db
      .updateTable('changes')
      .set(columns)
      .where('id', 'in', ({ selectFrom }) =>
        selectFrom('changes').select('id').where(where).limit(portionRows),
      )
      .executeTakeFirstOrThrow();
    return numUpdatedRows;
  });
}

async function deleteRefusals(database: Database, before: Date): Promise<void> {
  await inPortions(database, async (db) => {
    const { numDeletedRows } = await db
      .deleteFrom('refusals')
      .where('id', 'in', ({ selectFrom }) =>
        selectFrom('refusals').select('id').where('at_ms', '<', before.getTime()).limit(portionRows),
      )
      .executeTakeFirstOrThrow();
    return numDeletedRows;
  });
}

/** Until a portion, which answers how many rows it was, is not a whole one. */
async function inPortions(database: Database, work: (db: Db) => Promise<bigint>): Promise<void> {
  while ((await database.write(work)) >= portionRows) {
    // SQLite answers at once: without a pause nothing else would run until all is done.
    await setImmediate();
  }
}
