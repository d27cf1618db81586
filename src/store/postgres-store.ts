import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { ChangeStore } from '../privacy/ports.ts';
import { createChangeStore } from './change-store.ts';
import type { Database, Db } from './database.ts';
import { openPostgresConnection } from './postgres-connection.ts';
import { writeProbe } from './probe.ts';
import { notOpen, storeErrorOf } from './store-failure.ts';
import { createTurns } from './turns.ts';

const usualLeaseMs = 6_000;
/** A person waits for it, and Slack gives three seconds. */
const recordLimitMs = 1_300;
const limitMs = 5_000;
/** Tells the bot's advisory locks from those of others in the same database: `lsbt`. */
const lockSpace = 0x6c736274;

/** A store in a PostgreSQL database, which any number of processes share. */
export function createPostgresStore(options: { databaseUrl: string; leaseMs?: number }): ChangeStore {
  return createChangeStore(createPostgresDatabase(options));
}

type Connections = { db: Db; recording: Db; close(): Promise<void> };

function createPostgresDatabase(options: { databaseUrl: string; leaseMs?: number }): Database {
  const takeTurns = createTurns();
  let isWanted = false;
  let connections: Connections | undefined;

  async function reopen(): Promise<void> {
    const before = connections;
    connections = undefined;
    // Not awaited: what is under way on the old connections may be what hangs.
    void before?.close();
    connections = await connect(options.databaseUrl);
  }

  async function use<T>(work: (connections: Connections) => Promise<T>, { isRead = false } = {}): Promise<T> {
    try {
      if (!connections) throw notOpen();
      return await work(connections);
    } catch (error) {
      throw storeErrorOf(error, { isRead });
    }
  }

  return {
    leaseMs: options.leaseMs ?? usualLeaseMs,
    nowMs: sql`cast(extract(epoch from clock_timestamp()) * 1000 as bigint)`,
    newToken: randomUUID,
    open: () =>
      takeTurns(async () => {
        isWanted = true;
        await reopen();
      }),
    read: (query) => use(({ db }) => query(db), { isRead: true }),
    write: (statement) => use(({ db }) => statement(db)),
    record: (instance, work) =>
      use(({ recording }) =>
        recording.transaction().execute(async (db) => {
          await sql`select pg_advisory_xact_lock(${sql.lit(lockSpace)}, hashtext(${instance}))`.execute(db);
          return work(db);
        }),
      ),
    // Nothing to do: PostgreSQL's autovacuum removes what was overwritten.
    expectErasing: async () => undefined,
    scrub: async () => undefined,
    async check() {
      await takeTurns(async () => {
        if (isWanted && !connections) await reopen();
      });
      await use(({ db }) => writeProbe(db));
    },
    close: () =>
      takeTurns(async () => {
        isWanted = false;
        const before = connections;
        connections = undefined;
        await before?.close();
      }),
  };
}

async function connect(databaseUrl: string): Promise<Connections> {
  const { within, close } = await openPostgresConnection(databaseUrl);
  return { db: within(limitMs), recording: within(recordLimitMs), close };
}
