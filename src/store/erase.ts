import type { RawBuilder, UpdateObject } from 'kysely';
import { sql } from 'kysely';
import type { Database } from './database.ts';
import { hasNumbers, hasReplyUrl, type Tables } from './schema.ts';

/** Small enough that nobody waits for it. */
const portionRows = 200;

/**
 * Erases what is no longer of use: reply URLs by age alone; numbers only of changes that were told, because the others
 * are still to be made, or told.
 */
export async function erase(
  database: Database,
  before: { numbersOf: Date; replyUrlsOf: Date },
): Promise<void> {
  await eraseIn(database, {
    where: sql`${hasReplyUrl} and accepted_at_ms < ${before.replyUrlsOf.getTime()}`,
    columns: { reply_url: '' },
  });
  await eraseIn(database, {
    where: sql`${hasNumbers} and status = 'told' and accepted_at_ms < ${before.numbersOf.getTime()}`,
    columns: { hide: null, show_again: null, real_changes: null, reply_url: '' },
  });
  await database.scrub();
}

async function eraseIn(
  database: Database,
  { where, columns }: { where: RawBuilder<boolean>; columns: UpdateObject<Tables, 'changes'> },
): Promise<void> {
  for (let erased = portionRows; erased === portionRows; ) {
    const { numUpdatedRows } = await database.write((db) =>
      db
        .updateTable('changes')
        .set(columns)
        .where('id', 'in', ({ selectFrom }) =>
          selectFrom('changes').select('id').where(where).limit(portionRows),
        )
        .executeTakeFirstOrThrow(),
    );
    erased = Number(numUpdatedRows);
  }
}
