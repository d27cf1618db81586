import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import {
  CompiledQuery,
  type Dialect,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type SqliteStatement,
} from 'kysely';
import { withoutSqliteError } from './sqlite-failure.ts';

/** Kysely on `node:sqlite`, over one connection that the caller opened and closes. Rejects with `DatabaseFailure`. */
export function createSqliteDialect(file: DatabaseSync): Dialect {
  return {
    createAdapter,
    createDriver() {
      const driver = new SqliteDriver({ database: databaseOn(file) });
      return {
        init: () => driver.init(),
        acquireConnection: () => driver.acquireConnection(),
        async beginTransaction(connection) {
          // Not at the first statement that writes: others may have written by then, and SQLite would refuse it.
          await connection.executeQuery(CompiledQuery.raw('begin immediate'));
        },
        commitTransaction: (connection) => driver.commitTransaction(connection),
        async rollbackTransaction(connection) {
          // At some errors, a full disk among them, SQLite rolls back by itself.
          if (file.isTransaction) await driver.rollbackTransaction(connection);
        },
        releaseConnection: () => driver.releaseConnection(),
        destroy: async () => undefined,
      };
    },
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

/** Kysely's, except that migrations are made in a transaction: SQLite can roll back changes of the schema. */
function createAdapter() {
  const { supportsCreateIfNotExists, supportsMultipleConnections, supportsReturning } = new SqliteAdapter();
  return {
    supportsCreateIfNotExists,
    supportsMultipleConnections,
    supportsReturning,
    supportsTransactionalDdl: true,
    acquireMigrationLock: async () => undefined,
    releaseMigrationLock: async () => undefined,
  };
}

function databaseOn(file: DatabaseSync): SqliteDatabase {
  const prepared = new Map<string, SqliteStatement>();
  return {
    prepare(text) {
      const known = prepared.get(text);
      if (known) return known;
      const statement = statementOn(explained(() => file.prepare(text)));
      prepared.set(text, statement);
      return statement;
    },
    close: () => undefined,
  };
}

/**
 * A statement that gives rows is always read to its end: SQLite commits with the last step, and `get` of `node:sqlite`
 * stops before that, and drops the error of the commit.
 */
function statementOn(statement: StatementSync): SqliteStatement {
  return {
    reader: statement.columns().length > 0,
    all: (values) => explained(() => statement.all(...values.map(inputOf))),
    run: (values) => explained(() => statement.run(...values.map(inputOf))),
    iterate: (values) => statement.iterate(...values.map(inputOf)),
  };
}

function explained<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw withoutSqliteError(error);
  }
}

function inputOf(value: unknown): SQLInputValue {
  if (value === null || typeof value === 'string' || typeof value === 'number') return value;
  throw new TypeError(`SQLite takes no ${typeof value}`);
}
