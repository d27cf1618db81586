import { sql } from 'kysely';
import { type Backlog, StoreError, UnfitStore } from '../privacy/ports.ts';
import { readBacklog } from './backlog.ts';
import { type Contents, copyRows, readContents } from './copy-rows.ts';
import type { Db } from './database.ts';
import { markMoved, unmarkMoved } from './moved.ts';
import { openPostgresConnection } from './postgres-connection.ts';
import { openSqliteSource, type SqliteSource } from './sqlite-source.ts';
import { DatabaseFailure, storeErrorOf } from './store-failure.ts';

export type Moved = Contents & Backlog & { wasThere: boolean };

/** Longer than any journal takes. */
const copyLimitMs = 6 * 60 * 60 * 1000;

/**
 * Moves the history of a data folder, whose bot is stopped, into a PostgreSQL database that has none: all of it, or
 * nothing. From before the commit on no bot starts on the folder; two that were alive would make the same changes twice.
 * Moved once more, it says that it is there. Rejects with `StoreError` or `UnfitStore`.
 */
export async function moveJournal(
  { dataDir, databaseUrl }: { dataDir: string; databaseUrl: string },
  onCopied: (changes: number) => void = () => undefined,
): Promise<Moved> {
  return withSource(dataDir, async (source) => {
    const target = await openPostgresConnection(databaseUrl);
    try {
      const db = target.within(copyLimitMs);
      return await db.transaction().execute((open) => moveInto(open, source, onCopied));
    } catch (error) {
      const mayBeThere = source.isMoved || (error instanceof DatabaseFailure && error.mayBeDone);
      if (!mayBeThere) await unmarkMoved(source.db);
      throw error;
    } finally {
      await target.close();
    }
  });
}

/** Lets the bot start on the data folder again. False: its history was never moved. */
export async function takeBack(dataDir: string): Promise<boolean> {
  return withSource(dataDir, async ({ db, isMoved }) => {
    await unmarkMoved(db);
    return isMoved;
  });
}

async function withSource<T>(dataDir: string, work: (source: SqliteSource) => Promise<T>): Promise<T> {
  let source: SqliteSource | undefined;
  try {
    source = await openSqliteSource(dataDir);
    return await work(source);
  } catch (error) {
    throw storeErrorOf(error);
  } finally {
    source?.close();
  }
}

async function moveInto(
  target: Db,
  source: SqliteSource,
  onCopied: (changes: number) => void,
): Promise<Moved> {
  // Nobody records a change meanwhile; whoever reads may go on.
  await sql`lock table changes, refusals in share row exclusive mode`.execute(target);
  const wasThere = !(await isEmpty(target));
  if (wasThere && !source.isMoved) throw new UnfitStore(notEmpty);
  const expected = wasThere ? await readContents(source.db) : await copyRows(source.db, target, onCopied);
  const found = await readContents(target);
  if (found.digest !== expected.digest) {
    throw wasThere ? new UnfitStore(notEmpty) : new StoreError('no', 'the copy differs');
  }
  const backlog = await readBacklog({ read: (query) => query(source.db) });
  await markMoved(source.db);
  return { ...found, ...backlog, wasThere };
}

const notEmpty =
  'The database in DATABASE_URL has a history of its own already. Nothing was copied. Name an empty database; or, if the history of this folder was moved there before, start the bot: it goes on there.';

async function isEmpty(db: Db): Promise<boolean> {
  for (const table of ['changes', 'refusals'] as const) {
    if (await db.selectFrom(table).select('id').limit(1).executeTakeFirst()) return false;
  }
  return true;
}
