import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ChangeStore, UnfitStore } from '../../src/privacy/ports.ts';
import { openJournalReader } from '../../src/store/journal-reader.ts';
import { createPostgresStore } from '../../src/store/postgres-store.ts';
import { createSqliteStore } from '../../src/store/sqlite-store.ts';
import { type PostgresServer, startPostgres } from '../postgres-server.ts';
import { claim, readAll, record, recordTold } from './submissions.ts';

type Place = { dataDir: string } | { databaseUrl: string };

let server: PostgresServer;
let root: string;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'lastseen-'));
  server = await startPostgres();
}, 60_000);

afterAll(async () => {
  await server[Symbol.asyncDispose]();
  rmSync(root, { recursive: true });
});

function storeIn(place: Place): ChangeStore {
  return 'dataDir' in place ? createSqliteStore(place) : createPostgresStore(place);
}

async function execute(place: Place, sql: string) {
  if ('databaseUrl' in place) return void (await server.query(place.databaseUrl, sql));
  const file = new DatabaseSync(join(place.dataDir, 'lastseen.db'));
  file.exec(sql);
  file.close();
}

async function refusalOf(place: Place) {
  const error: unknown = await openJournalReader(place).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(UnfitStore);
  return String(error);
}

describe.each<[string, () => Promise<Place>]>([
  ['SQLite', async () => ({ dataDir: mkdtempSync(join(root, 'data-')) })],
  ['PostgreSQL', async () => ({ databaseUrl: await server.createDatabase() })],
])('a journal that is only read, in %s', (_name, makePlace) => {
  test('it is read while the bot writes it, and stays the bot’s', async () => {
    const place = await makePlace();
    const store = storeIn(place);
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
    await reader.close();
    expect(await store.renew(held)).toBe(true);
    await store.check();
    await store.close();
    const alone = await openJournalReader(place);
    expect(await readAll(alone)).toHaveLength(3);
    await alone.close();
  });

  test('where there is no journal it says so, and makes none', async () => {
    const place = await makePlace();
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
    const place = await makePlace();
    const store = storeIn(place);
    await store.open();
    await store.close();
    await execute(place, sql);
    expect(await refusalOf(place)).toMatch(words);
  });
});

test('a folder that is not there is not made', async () => {
  const dataDir = join(root, 'nowhere');
  expect(await refusalOf({ dataDir })).toMatch(/no database in the data folder/);
  expect(readdirSync(root)).not.toContain('nowhere');
});

test('the file of something else is refused', async () => {
  const dataDir = mkdtempSync(join(root, 'data-'));
  writeFileSync(join(dataDir, 'lastseen.db'), 'Dear diary,\n'.repeat(500));
  expect(await refusalOf({ dataDir })).toMatch(/not a database/);
});
