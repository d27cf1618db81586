import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { ChangeStore } from '../../src/privacy/ports.ts';
import { createPostgresStore } from '../../src/store/postgres-store.ts';
import { createSqliteStore } from '../../src/store/sqlite-store.ts';
import type { PostgresServer } from '../postgres-server.ts';
import { quickPlace } from './folder.ts';

/** Where a store keeps its database. */
export type Place = { dataDir: string } | { databaseUrl: string };

/** A place for a database, which need not be there yet, and what a test may do to it behind the store's back. */
export type TestDatabase = {
  place: Place;
  createStore(): ChangeStore;
  /** Runs SQL beside the store. */
  execute(sql: string): Promise<void>;
};

function sqliteIn(dataDir: string): TestDatabase {
  return {
    place: { dataDir },
    createStore: () => createSqliteStore({ dataDir }),
    async execute(sql) {
      const file = new DatabaseSync(join(dataDir, 'lastseen.db'));
      try {
        file.exec(sql);
      } finally {
        file.close();
      }
    },
  };
}

export function postgresAt(databaseUrl: string, server: PostgresServer): TestDatabase {
  return {
    place: { databaseUrl },
    createStore: () => createPostgresStore({ databaseUrl }),
    execute: async (sql) => void (await server.query(databaseUrl, sql)),
  };
}

/** A folder for the folders of many databases, and what removes it. */
export function createRoot() {
  const path = mkdtempSync(join(quickPlace, 'lastseen-'));
  const makeFolder = () => mkdtempSync(join(path, 'data-'));
  return {
    makeFolder,
    makeSqlite: () => sqliteIn(makeFolder()),
    remove: () => rmSync(path, { recursive: true }),
  };
}
