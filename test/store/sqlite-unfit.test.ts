import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { UnfitStore } from '../../src/privacy/ports.ts';
import { createSqliteStore } from '../../src/store/sqlite-store.ts';
import { copyInUse, fingerprintsOf, quickPlace } from './folder.ts';
import { listChange, record } from './submissions.ts';

let root: string;
let dataDir: string;
let path: string;

beforeEach(() => {
  root = mkdtempSync(join(quickPlace, 'lastseen-'));
  dataDir = join(root, 'data');
  path = join(dataDir, 'lastseen.db');
  mkdirSync(dataDir);
});

afterEach(() => rmSync(root, { recursive: true }));

/** A database of the bot's with some changes, as a crash leaves it where `crashed`. */
async function makeDatabase({ crashed = false } = {}) {
  const source = join(root, 'source');
  const store = createSqliteStore({ dataDir: source });
  await store.open();
  for (let count = 0; count < 200; count += 1) {
    await record(store, { change: listChange(Array.from({ length: 20 }, () => '5511987654321')) });
  }
  if (crashed) copyInUse(source, dataDir);
  await store.close();
  if (!crashed) copyInUse(source, dataDir);
}

function sql(text: string) {
  const database = new DatabaseSync(path);
  database.exec(text);
  database.close();
}

async function expectUnfit(words: RegExp) {
  const before = fingerprintsOf(dataDir);
  const store = createSqliteStore({ dataDir });
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const error: unknown = await store.open().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UnfitStore);
    expect(String(error)).toMatch(words);
  }
  expect(fingerprintsOf(dataDir)).toMatchObject(before);
}

test('a file that is no database is refused, and left as it is', async () => {
  writeFileSync(path, 'Dear diary,\n'.repeat(500));
  await expectUnfit(/not a database, or is damaged/);
});

test('a few bytes are refused, and left as they are', async () => {
  writeFileSync(path, 'x');
  await expectUnfit(/not a database, or is damaged/);
});

test.each([
  ['', 'no mark'],
  ['pragma application_id = 1', 'another mark'],
  ['pragma journal_mode = wal', 'a write-ahead log'],
])('the database of another application is refused, and left as it is (%s: %s)', async (pragma) => {
  sql(`${pragma}; create table diary (day text); insert into diary values ('Monday')`);
  await expectUnfit(/belongs to another application/);
});

test.each([false, true])(
  'a damaged database is refused, and left as it is (crashed before: %s)',
  async (crashed) => {
    await makeDatabase({ crashed: false });
    if (crashed) {
      // Its log is not in the file yet, and must not be moved there.
      const open = new DatabaseSync(path);
      open.exec(`pragma journal_mode = wal; update changes set by_user = 'U0BEA'`);
      const copy = join(root, 'copy');
      mkdirSync(copy);
      copyInUse(dataDir, copy);
      open.close();
      dataDir = copy;
      path = join(copy, 'lastseen.db');
    }
    const bytes = readFileSync(path);
    for (let page = 8; page < bytes.length / 4096; page += 1)
      bytes.fill(0xaa, page * 4096, page * 4096 + 512);
    writeFileSync(path, bytes);
    if (crashed) rmSync(join(dataDir, 'lastseen.db-shm'));
    await expectUnfit(/is damaged/);
  },
);

test('a database that lost its end is refused, and left as it is', async () => {
  await makeDatabase();
  truncateSync(path, 40_960);
  await expectUnfit(/is damaged/);
});

test.each([false, true])(
  'a database of a newer version is refused, and left as it is (crashed before: %s)',
  async (crashed) => {
    await makeDatabase({ crashed });
    const later = `insert into kysely_migration values ('9999-later', '2030-01-01T00:00:00.000Z')`;
    if (crashed) {
      const script = `const file = new (require('node:sqlite').DatabaseSync)(${JSON.stringify(path)});
        file.exec(${JSON.stringify(later)});
        process.kill(process.pid, 'SIGKILL')`;
      expect(spawnSync(process.execPath, ['-e', script]).signal).toBe('SIGKILL');
    } else sql(later);
    await expectUnfit(/by a newer version/);
  },
);

test('an empty file is used', async () => {
  writeFileSync(path, '');
  const store = createSqliteStore({ dataDir });
  await store.open();
  await record(store);
  await store.close();
});

test('what a database that is gone left beside it is not taken for the new one’s', async () => {
  await makeDatabase({ crashed: true });
  rmSync(path);
  const store = createSqliteStore({ dataDir });
  await store.open();
  const entry = await record(store);
  expect(await store.page({ instances: ['padaria'], limit: 10 })).toEqual([entry]);
  await store.close();
});
