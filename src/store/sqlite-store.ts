import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { type ChangeStore, StoreError } from '../privacy/ports.ts';
import { createChangeStore } from './change-store.ts';
import type { Database, Db } from './database.ts';
import { writeProbe } from './probe.ts';
import { isUnended, isUntold } from './schema.ts';
import { openSqliteConnection, type SqliteConnection } from './sqlite-connection.ts';
import { isSqlite, withoutSqliteError } from './sqlite-failure.ts';
import { notOpen, storeErrorOf } from './store-failure.ts';
import { createTurns } from './turns.ts';

/** A store in the file `lastseen.db` of a folder that one process uses at a time. */
export function createSqliteStore({ dataDir }: { dataDir: string }): ChangeStore {
  return createChangeStore(createSqliteDatabase(dataDir));
}

function createSqliteDatabase(dataDir: string): Database {
  const takeTurns = createTurns();
  let isWanted = false;
  let connection: SqliteConnection | undefined;
  let owner = randomUUID();

  /** Everything happens one after another, so that nothing is under way when the file is closed. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    return takeTurns(work).catch((error: unknown) => {
      throw storeErrorOf(withoutSqliteError(error));
    });
  }

  async function reopen(): Promise<SqliteConnection> {
    connection?.close();
    connection = undefined;
    const opened = await openSqliteConnection(dataDir);
    try {
      await voidClaims(opened.db, owner);
    } catch (error) {
      opened.close();
      throw error;
    }
    connection = opened;
    return opened;
  }

  function connected(): SqliteConnection {
    if (!connection) throw notOpen();
    return connection;
  }

  function inPlace(): SqliteConnection {
    if (!connected().isInPlace()) throw new StoreError('no', 'the data file is gone');
    return connected();
  }

  return {
    leaseMs: Number.POSITIVE_INFINITY,
    nowMs: sql`cast(round(unixepoch('subsec') * 1000) as integer)`,
    newToken: () => `${owner} ${randomUUID()}`,
    open: () =>
      inTurn(async () => {
        isWanted = true;
        await reopen();
      }),
    read: (query) => inTurn(async () => query(connected().db)),
    write: (statement) => inTurn(async () => statement(inPlace().db)),
    record: (_instance, work) => inTurn(async () => inPlace().db.transaction().execute(work)),
    expectErasing: () => inTurn(async () => inPlace().expectErasing()),
    scrub: () => inTurn(async () => inPlace().scrub()),
    check: () =>
      inTurn(async () => {
        if (!isWanted) throw notOpen();
        if (connection && !connection.isInPlace()) {
          await reopen();
          // Told once: what was in the file is lost.
          throw new StoreError('no', 'the data file is gone');
        }
        try {
          await writeProbe((connection ?? (await reopen())).db);
        } catch (error) {
          if (isSqlite(error, 'FULL') || !connection) throw error;
          await writeProbe((await reopen()).db);
        }
      }),
    close: () =>
      inTurn(async () => {
        isWanted = false;
        connection?.close();
        connection = undefined;
        owner = randomUUID();
      }),
  };
}

/** Nobody has the claims that an earlier process left: no other uses the folder now. */
async function voidClaims(db: Db, owner: string): Promise<void> {
  const isLeft = sql<boolean>`claim is not null and claim not like ${`${owner} %`}`;
  for (const isQueued of [isUnended('changes'), isUntold('changes')]) {
    await db.updateTable('changes').set({ claim: null }).where(isQueued).where(isLeft).execute();
  }
}
