import { setImmediate } from 'node:timers/promises';
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
  const isDue = sql<boolean>`${hasNumbers} and status = 'told' and accepted_at_ms < ${before.numbersOf.getTime()}`;
  const [due] = await database.read((db) =>
    db.selectFrom('changes').select('id').where(isDue).limit(1).execute(),
  );
  if (due) {
    await database.expectErasing();
    await eraseIn(database, { where: isDue, columns: { hide: null, show_again: null, real_changes: null } });
  }
  await database.scrub();
}

async function eraseIn(
  database: Database,
  { where, columns }: { where: RawBuilder<boolean>; columns: UpdateObject<Tables, 'changes'> },
): Promise<void> {
  for (;;) {
    const { numUpdatedRows } = await database.write((db) =>
      db
        .updateTable('changes')
        .set(columns)
        .where('id', 'in', ({ selectFrom }) =>
          selectFrom('changes').select('id').where(where).limit(portionRows),
        )
        .executeTakeFirstOrThrow(),
    );
    if (numUpdatedRows < portionRows) return;
    // SQLite answers at once: without a pause nothing else would run until all is done.
    await setImmediate();
  }
}
