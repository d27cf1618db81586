import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely';
import type { Pool } from 'pg';
import { openSession, type Session } from './postgres-session.ts';
import { DatabaseFailure } from './store-failure.ts';

/**
 * Kysely on a pool of `pg`. Getting a connection and all that is asked of it, a transaction for example, ends within
 * `limitMs` together. Rejects with `DatabaseFailure`, whose `mayBeDone` is exact: where the time is over before `commit`
 * was sent, it never will be.
 */
export function createPostgresDialect(pool: Pool, limitMs: number): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => createDriver(pool, limitMs),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
}

/**
 * The server ends a transaction whose client has said nothing for this much longer than it has time at all: what the
 * transaction locks is free again even where its process is frozen, or its machine gone.
 */
const orphanedAfterMs = 500;

function createDriver(pool: Pool, limitMs: number): Driver {
  const sessions = new Map<DatabaseConnection, { session: Session; isInTransaction: boolean }>();

  function open(connection: DatabaseConnection) {
    const found = sessions.get(connection);
    if (!found) throw new Error('not a connection of this driver');
    return found;
  }

  return {
    init: async () => undefined,

    async acquireConnection() {
      const state = { session: await openSession(pool, limitMs), isInTransaction: false };
      const connection: DatabaseConnection = {
        async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
          const { command, rowCount, rows } = await state.session.send(sql, parameters).catch(inTransaction);
          return command === 'SELECT' ? { rows } : { rows, numAffectedRows: BigInt(rowCount ?? 0) };
        },
        streamQuery() {
          throw new Error('nothing is streamed: the journal is read in portions');
        },
      };
      /** A statement of a transaction that is not committed is not done. */
      function inTransaction(error: unknown): never {
        if (!state.isInTransaction || !(error instanceof DatabaseFailure)) throw error;
        throw new DatabaseFailure(error.code, false);
      }
      sessions.set(connection, state);
      return connection;
    },

    async beginTransaction(connection) {
      const state = open(connection);
      state.isInTransaction = true;
      // `set local`, because a pooler such as PgBouncer takes no settings with the connection.
      await state.session
        .send(
          `begin isolation level read committed;
           set local synchronous_commit = on;
           set local lock_timeout = ${limitMs};
           set local idle_in_transaction_session_timeout = ${limitMs + orphanedAfterMs}`,
        )
        .catch((error: unknown) => {
          state.session.giveUp();
          throw error instanceof DatabaseFailure ? new DatabaseFailure(error.code, false) : error;
        });
    },

    async commitTransaction(connection) {
      const state = open(connection);
      state.isInTransaction = false;
      const { command } = await state.session.send('commit');
      // PostgreSQL answers so where a statement of the transaction had failed.
      if (command !== 'COMMIT') throw new DatabaseFailure('rolled back', false);
    },

    async rollbackTransaction(connection) {
      const state = open(connection);
      state.isInTransaction = false;
      // The error that led here is the one to tell. Closing the connection rolls back as well.
      await state.session.send('rollback').catch(() => state.session.giveUp());
    },

    async releaseConnection(connection) {
      open(connection).session.release();
      sessions.delete(connection);
    },

    destroy: async () => undefined,
  };
}
