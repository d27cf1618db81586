import { type Kysely, sql } from 'kysely';
import { UnfitStore } from '../privacy/ports.ts';

/**
 * Marks a database whose history goes on in another one. It stands among the migrations: so every version of the bot
 * refuses such a database, also one that is older than the mark.
 */
export const movedAway = 'moved-to-postgresql';

export function refuseMoved(executed: readonly string[]): void {
  if (!executed.includes(movedAway)) return;
  throw new UnfitStore(
    'The history in this data folder was copied to PostgreSQL, and goes on there. Name that database in DATABASE_URL. To go back to the folder: npm run store:copy -- --take-back',
  );
}

export async function markMoved<T>(db: Kysely<T>): Promise<void> {
  await sql`insert into kysely_migration (name, timestamp) values (${movedAway}, ${new Date().toISOString()})
    on conflict do nothing`.execute(db);
}

export async function unmarkMoved<T>(db: Kysely<T>): Promise<void> {
  await sql`delete from kysely_migration where name = ${movedAway}`.execute(db);
}
