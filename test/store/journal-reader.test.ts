import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { UnfitStore } from '../../src/privacy/ports.ts';
import { openJournalReader } from '../../src/store/journal-reader.ts';
import { type PostgresServer, startPostgres } from '../postgres-server.ts';
import { createRoot, type Place, postgresAt, type TestDatabase } from './databases.ts';
import { claim, readAll, readRefusals, record, recordTold, refusal } from './submissions.ts';

const root = createRoot();
let server: PostgresServer;

beforeAll(async () => {
  server = await startPostgres();
}, 60_000);

afterAll(async () => {
  await server[Symbol.asyncDispose]();
  root.remove();
});

async function refusalOf(place: Place) {
  const error: unknown = await openJournalReader(place).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(UnfitStore);
  return String(error);
}

describe.each<[string, () => Promise<TestDatabase>]>([
  ['SQLite', async () => root.makeSqlite()],
  ['PostgreSQL', async () => postgresAt(await server.createDatabase(), server)],
])('a journal that is only read, in %s', (_name, makeDatabase) => {
  test('it is read while the bot writes it, and stays the bot’s', async () => {
    const { place, createStore } = await makeDatabase();
    const store = createStore();
    await store.open();
    const told = await recordTold(store);
    const waiting = await record(store);
    const { claim: held } = await claim(store);
    const reader = await openJournalReader(place);
    expect((await readAll(reader)).map(({ id, told: how }) => [id, how])).toEqual([
      [told.id, 'told'],
      [waiting.id, undefined],
    ]);
    await record(store, { instance: 'another' });
    expect(await readAll(reader)).toHaveLength(3);
    await store.noteRefusal(refusal());
    expect(await readRefusals(reader)).toEqual([refusal()]);
    await reader.close();
    expect(await store.renew(held)).toBe(true);
    await store.check();
    await store.close();
    const alone = await openJournalReader(place);
    expect(await readAll(alone)).toHaveLength(3);
    await alone.close();
  });

  test('where there is no journal it says so, and makes none', async () => {
    const { place } = await makeDatabase();
    expect(await refusalOf(place)).toMatch(/Start the bot once/);
    if ('dataDir' in place) expect(readdirSync(place.dataDir)).toEqual([]);
    else
      expect(await server.query(place.databaseUrl, `select to_regclass('changes') as found`)).toEqual([
        { found: null },
      ]);
  });

  test.each([
    [`insert into kysely_migration values ('9999-later', '2030-01-01T00:00:00.000Z')`, /by a newer version/],
    ['delete from kysely_migration', /Start the bot once/],
  ])('a schema of another version is refused: %s', async (sql, words) => {
    const { place, createStore, execute } = await makeDatabase();
    const store = createStore();
    await store.open();
    await store.close();
    await execute(sql);
    expect(await refusalOf(place)).toMatch(words);
  });
});

test('a folder that is not there is not made', async () => {
  const dataDir = join(root.makeFolder(), 'nowhere');
  expect(await refusalOf({ dataDir })).toMatch(/no database in the data folder/);
  expect(existsSync(dataDir)).toBe(false);
});

test('the file of something else is refused', async () => {
  const dataDir = root.makeFolder();
  writeFileSync(join(dataDir, 'lastseen.db'), 'Dear diary,\n'.repeat(500));
  expect(await refusalOf({ dataDir })).toMatch(/not a database/);
});
