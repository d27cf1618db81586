import { Kysely } from 'kysely';
import type { ChangeStore } from '../privacy/ports.ts';
import { readBacklog } from './backlog.ts';
import type { Db, Readable } from './database.ts';
import { createJournal } from './journal.ts';
import { readMigrations, refuseNewer, refuseOlder } from './migrations.ts';
import { createPostgresDialect } from './postgres-driver.ts';
import { withoutUnfit } from './postgres-failure.ts';
import { createPool } from './postgres-pool.ts';
import { openSqliteForReading } from './sqlite-connection.ts';
import { storeErrorOf } from './store-failure.ts';

/** The journal, for a program that only reads it, beside the bot. */
export type JournalReader = Pick<ChangeStore, 'all' | 'refusals' | 'backlog' | 'close'>;

/** A portion of an export may take its time. */
const limitMs = 30_000;

/**
 * Opens the journal without taking it from the bot, and makes and changes nothing. Rejects with `UnfitStore` where there
 * is none, or where this version can't read it.
 */
export async function openJournalReader(
  options: { dataDir: string } | { databaseUrl: string },
): Promise<JournalReader> {
  try {
    const { db, close } =
      'dataDir' in options
        ? await openSqliteForReading(options.dataDir)
        : await openPostgresForReading(options.databaseUrl);
    const readable: Readable = {
      read: (query) =>
        query(db).catch((error: unknown) => {
          throw storeErrorOf(error, { isRead: true });
        }),
    };
    const { all, refusals } = createJournal(readable);
    return { all, refusals, backlog: () => readBacklog(readable), close: async () => close() };
  } catch (error) {
    throw storeErrorOf(error, { isRead: true });
  }
}

async function openPostgresForReading(databaseUrl: string): Promise<{ db: Db; close(): Promise<void> }> {
  const { pool, close } = createPool(databaseUrl);
  const db: Db = new Kysely({ dialect: createPostgresDialect(pool, limitMs) });
  try {
    const executed = await readMigrations(db);
    refuseNewer(executed);
    refuseOlder(executed);
    return { db, close };
  } catch (error) {
    await close();
    throw withoutUnfit(error);
  }
}
