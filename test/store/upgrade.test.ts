import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Outcome } from '../../src/privacy/journal-entry.ts';
import { openJournalReader } from '../../src/store/journal-reader.ts';
import { createFile } from '../../src/store/sqlite-file.ts';
import { type PostgresServer, startPostgres } from '../postgres-server.ts';
import { sqlOf0001 } from './database-0001.ts';
import { createRoot, postgresAt, type TestDatabase } from './databases.ts';
import {
  claim,
  claimToTell,
  newId,
  readAll,
  readRefusals,
  record,
  refusal,
  submission,
} from './submissions.ts';

const root = createRoot();
let server: PostgresServer;

beforeAll(async () => {
  server = await startPostgres();
}, 60_000);

afterAll(async () => {
  await server[Symbol.asyncDispose]();
  root.remove();
});

async function makeSqlite(): Promise<TestDatabase> {
  const database = root.makeSqlite();
  if ('dataDir' in database.place) createFile(join(database.place.dataDir, 'lastseen.db'));
  await database.execute(sqlOf0001('text'));
  return database;
}

async function makePostgres(): Promise<TestDatabase> {
  const database = postgresAt(await server.createDatabase(), server);
  await database.execute(sqlOf0001('text collate "C"'));
  return database;
}

describe.each([
  ['SQLite', makeSqlite],
  ['PostgreSQL', makePostgres],
])('a database of version 0.2.0 in %s', (_name, makeDatabase) => {
  test('is opened with what it holds', async () => {
    const database = await makeDatabase();
    const store = database.createStore();
    await store.open();
    const entries = await readAll(store);
    expect(entries).toMatchObject([
      { id: '000000000001', numbersErased: true, named: { hide: 2, showAgain: 1 }, told: 'told' },
      {
        id: '000000000002',
        change: { hide: ['5511987654321'] },
        outcome: { kind: 'unknown', failure: 'timeout', notOnTheList: true },
        realChanges: { hide: ['5511987654321'], showAgain: [] },
      },
      { id: '000000000003', undoes: '000000000002', endedAt: new Date(1_764_000_001_003) },
      { id: '000000000004', acceptedAt: new Date(1_764_000_000_004) },
    ]);
    expect(entries[0]?.outcome).toEqual({ kind: 'applied' });
    for (const entry of entries) expect(entry).not.toHaveProperty('lookedUp');
    expect(await readRefusals(store)).toEqual([]);
    await store.close();
    await store.open();
    expect(await readAll(store)).toEqual(entries);
    await store.close();
  });

  test('goes on: its changes are applied and told, and new ones have what they could not have before', async () => {
    const store = (await makeDatabase()).createStore();
    await store.open();
    const outcome: Outcome = {
      kind: 'applied',
      proof: { kind: 'not-taken', missing: { hide: ['5511900000000'], showAgain: [] } },
    };
    const { claim: applying, entry } = await claim(store);
    expect(entry.id).toBe('000000000004');
    expect(await store.end(applying, outcome, new Date())).toBe(true);
    for (const id of ['000000000003', '000000000004']) {
      const { claim: telling } = await claimToTell(store);
      expect(telling.id).toBe(id);
      expect(await store.noteTold(telling, 'told', new Date())).toBe(true);
    }
    expect(await store.find(entry.id)).toMatchObject({ outcome, told: 'told' });
    expect(await record(store, { lookedUp: true })).toMatchObject({ lookedUp: true });
    expect(await store.record(submission(), newId, { mostPerHour: 1 })).toMatchObject({
      tooMany: 'by-person',
    });
    await store.noteRefusal(refusal());
    expect(await readRefusals(store)).toEqual([refusal()]);
    await store.check();
    await store.close();
  });

  test('is not read before the bot has brought it up to date', async () => {
    const { place, createStore } = await makeDatabase();
    await expect(openJournalReader(place)).rejects.toThrow(/Start the bot once/);
    const store = createStore();
    await store.open();
    await store.close();
    const reader = await openJournalReader(place);
    expect(await readAll(reader)).toHaveLength(4);
    await reader.close();
  });
});
