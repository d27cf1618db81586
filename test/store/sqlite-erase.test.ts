import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { Proof } from '../../src/privacy/journal-entry.ts';
import type { ChangeStore } from '../../src/privacy/ports.ts';
import { createSqliteStore } from '../../src/store/sqlite-store.ts';
import { copyInUse, quickPlace } from './folder.ts';
import { listChange, readAll, record, recordTold } from './submissions.ts';

// Thousands of commits, each of them on the disk.
jest.setTimeout(90_000);

let root: string;
let dataDir: string;
let store: ChangeStore;

beforeEach(async () => {
  root = mkdtempSync(join(quickPlace, 'lastseen-'));
  dataDir = join(root, 'data');
  store = createSqliteStore({ dataDir });
  await store.open();
});

afterEach(async () => {
  await store.close();
  rmSync(root, { recursive: true });
});

/** Every byte of the folder, as it is on the disk while the store is open. */
function bytesOf(): string {
  const copy = mkdtempSync(join(root, 'copy-'));
  copyInUse(dataDir, copy);
  return readdirSync(copy)
    .map((name) => readFileSync(join(copy, name), 'latin1'))
    .join();
}

const future = () => new Date(Date.now() + 60_000);

/** Many changes, recorded and told in every order, so that SQLite moves rows between its pages. */
async function liveThrough(count: number): Promise<number> {
  let seed = 1;
  // The same numbers each time (the generator of Lehmer).
  const below = (limit: number) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % limit;
  };
  let numbers = 0;
  for (let index = 0; index < count; index += 1) {
    const some = Array.from({ length: below(12) }, () => `55119${10_000_000 + numbers++}`);
    const change = listChange(some, some.slice(0, below(4)));
    const place = { channel: 'C0SHOP', replyUrl: `https://reply.test/secret-${index}` };
    await record(store, { change, place, instance: `i${below(5)}`, tellIn: `C${below(5)}` });
    if (below(2)) await applyNext(`i${below(5)}`);
    if (below(2)) await tellNext(`C${below(5)}`);
  }
  for (let queue = 0; queue < 5; queue += 1) while (await applyNext(`i${queue}`));
  for (let queue = 0; queue < 5; queue += 1) while (await tellNext(`C${queue}`));
  return numbers;
}

async function applyNext(instance: string): Promise<boolean> {
  const got = await store.claimNext(instance);
  if (!got) return false;
  await store.noteRealChanges(got.claim, got.entry.change);
  const proof: Proof = { kind: 'not-taken', missing: got.entry.change };
  return store.end(got.claim, { kind: 'applied', proof }, new Date());
}

async function tellNext(channel: string): Promise<boolean> {
  const got = await store.claimToTell(channel);
  return got !== undefined && store.noteTold(got.claim, 'told', new Date());
}

const secretsIn = (bytes: string) => bytes.match(/55119\d{8}|secret-\d+/g) ?? [];

test('erased numbers and reply URLs are in none of the files any more', async () => {
  const numbers = await liveThrough(1_000);
  expect(new Set(secretsIn(bytesOf())).size).toBeGreaterThan(numbers);
  await store.erase({ numbersOf: future(), replyUrlsOf: future(), refusalsOf: future() });
  expect(secretsIn(bytesOf())).toEqual([]);
  // What SQLite wrote anew is the same database.
  await store.close();
  await store.open();
  const entries = await readAll(store);
  expect(entries).toHaveLength(1_000);
  const left = entries.filter(
    ({ numbersErased, named }) => !numbersErased && named.hide + named.showAgain > 0,
  );
  expect(left).toEqual([]);
});

test('other work goes on while much is read and erased', async () => {
  for (let count = 0; count < 1_001; count += 1) await record(store);
  let turns = 0;
  const ticking = setInterval(() => {
    turns += 1;
  }, 0).unref();
  await readAll(store);
  expect(turns).toBeGreaterThanOrEqual(1);
  turns = 0;
  await store.erase({ numbersOf: new Date(0), replyUrlsOf: future(), refusalsOf: future() });
  expect(turns).toBeGreaterThanOrEqual(2);
  clearInterval(ticking);
});

test('reply URLs are in none of the files any more once they were told and the store closed', async () => {
  for (let index = 0; index < 20; index += 1) {
    await recordTold(store, { place: { channel: 'C0SHOP', replyUrl: `secret-${index}/`.repeat(100) } });
  }
  expect(secretsIn(bytesOf())).toContain('secret-1');
  await store.close();
  expect(secretsIn(bytesOf())).toEqual([]);
});

test('where somebody reads the file, what is erased is said not to be gone yet', async () => {
  await recordTold(store, { change: listChange(['5511987654321']) });
  const reader = new DatabaseSync(join(dataDir, 'lastseen.db'), { readOnly: true });
  reader.exec('begin; select count(*) from changes');
  const erasing = store.erase({ numbersOf: future(), replyUrlsOf: future(), refusalsOf: future() });
  await expect(erasing).rejects.toMatchObject({ kind: 'store', detail: 'SQLITE_BUSY' });
  reader.exec('commit');
  reader.close();
  await store.erase({ numbersOf: future(), replyUrlsOf: future(), refusalsOf: future() });
  expect(bytesOf()).not.toContain('5511987654321');
});

test('what one process erased and could not remove from the file, the next one removes', async () => {
  for (const number of ['5511987654321', '5511987654322']) {
    await recordTold(store, { change: listChange(Array.from({ length: 60 }, () => number)) });
  }
  const reader = new DatabaseSync(join(dataDir, 'lastseen.db'), { readOnly: true });
  reader.exec('begin; select count(*) from changes');
  await expect(
    store.erase({ numbersOf: future(), replyUrlsOf: future(), refusalsOf: future() }),
  ).rejects.toThrow();
  reader.exec('commit');
  reader.close();
  await store.close();
  expect(noted()).toBe(1);

  await store.open();
  await store.erase({ numbersOf: new Date(0), replyUrlsOf: new Date(0), refusalsOf: new Date(0) });
  expect(noted()).toBe(0);
  expect(bytesOf()).not.toMatch(/551198765432[12]/);
});

/** Whether the file says of itself that it may hold what was erased. */
function noted(): unknown {
  const reader = new DatabaseSync(join(dataDir, 'lastseen.db'), { readOnly: true });
  try {
    return reader.prepare('pragma user_version').all()[0]?.user_version;
  } finally {
    reader.close();
  }
}
