import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { ChangeStore } from '../../src/privacy/ports.ts';
import { createSqliteStore } from '../../src/store/sqlite-store.ts';
import { copyInUse } from './folder.ts';
import { claim, claimToTell, listChange, record } from './submissions.ts';

let root: string;
let dataDir: string;
let store: ChangeStore;

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'lastseen-'));
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

/** Changes of many sizes, in every order of claiming and telling, so that SQLite moves rows between its pages. */
async function liveThrough(count: number): Promise<string[]> {
  const numbers: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const some = Array.from(
      { length: (index * 7) % 90 },
      (_, at) => `55119${index * 1_000 + at + 10_000_000}`,
    );
    numbers.push(...some);
    const change = listChange(some, some.slice(0, 3));
    await record(store, {
      change,
      place: { channel: 'C0SHOP', replyUrl: `https://reply.test/secret-${index}` },
    });
    const { claim: applying } = await claim(store);
    await store.noteRealChanges(applying, change);
    await store.end(applying, { kind: 'applied' }, new Date());
    // Some are told late, long after others were recorded.
    while (index % 13 === 0 || index === count - 1) {
      const next = await store.claimToTell('C0TEAM');
      if (!next) break;
      await store.noteTold(next.claim, 'told', new Date());
    }
  }
  return numbers;
}

test('erased numbers and reply URLs are in none of the files any more', async () => {
  const numbers = await liveThrough(300);
  expect(bytesOf()).toContain(numbers.at(-1));
  await store.erase({ numbersOf: future(), replyUrlsOf: future() });
  const bytes = bytesOf();
  expect(numbers.length).toBeGreaterThan(10_000);
  expect(numbers.filter((number) => bytes.includes(number))).toEqual([]);
  expect(bytes).not.toContain('secret-');
});

test('where somebody reads the file, what is erased is said not to be gone yet', async () => {
  await record(store, { change: listChange(['5511987654321']) });
  const { claim: applying } = await claim(store);
  await store.end(applying, { kind: 'applied' }, new Date());
  const { claim: telling } = await claimToTell(store);
  await store.noteTold(telling, 'told', new Date());
  const reader = new DatabaseSync(join(dataDir, 'lastseen.db'), { readOnly: true });
  reader.exec('begin; select count(*) from changes');
  const erasing = store.erase({ numbersOf: future(), replyUrlsOf: future() });
  await expect(erasing).rejects.toMatchObject({ kind: 'store', detail: 'SQLITE_BUSY' });
  reader.exec('commit');
  reader.close();
  await store.erase({ numbersOf: future(), replyUrlsOf: future() });
  expect(bytesOf()).not.toContain('5511987654321');
});
