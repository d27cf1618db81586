import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type ChangeStore, StoreError } from '../../src/privacy/ports.ts';
import { createSqliteStore } from '../../src/store/sqlite-store.ts';
import { canMount, copyInUse, mountSmall } from './folder.ts';
import {
  claim,
  idsOf,
  listChange,
  newId,
  readAll,
  record,
  recordEnded,
  recordTold,
  submission,
} from './submissions.ts';

let root: string;
let store: ChangeStore | undefined;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'lastseen-'));
});

afterEach(async () => {
  await store?.close();
  store = undefined;
  rmSync(root, { recursive: true });
});

async function openStore(dataDir: string): Promise<ChangeStore> {
  store = createSqliteStore({ dataDir });
  await store.open();
  return store;
}

describe('files that are taken away', () => {
  const gone = { kind: 'store', written: 'no', detail: 'the data file is gone' };

  test.each(['lastseen.db', 'lastseen.db-wal', 'lastseen.db-shm', 'lock'])(
    'nothing is promised into a deleted file, and a check makes it good: %s',
    async (name) => {
      const opened = await openStore(root);
      await record(opened);
      rmSync(join(root, name));
      await expect(record(opened)).rejects.toMatchObject(gone);
      await expect(opened.claimNext('padaria')).rejects.toMatchObject(gone);
      await expect(opened.check()).rejects.toMatchObject(gone);
      await opened.check();
      const { id } = await record(opened);
      await opened.close();
      await opened.open();
      expect(await opened.find(id)).toMatchObject({ id });
      expect(existsSync(join(root, name))).toBe(true);
    },
  );

  test('the whole folder deleted is made again', async () => {
    const opened = await openStore(join(root, 'data'));
    await record(opened);
    rmSync(join(root, 'data'), { recursive: true });
    await expect(record(opened)).rejects.toMatchObject(gone);
    await expect(opened.check()).rejects.toMatchObject(gone);
    await opened.check();
    const entry = await record(opened);
    expect(await readAll(opened)).toEqual([entry]);
  });

  test('a backup put in place of the file is used', async () => {
    const opened = await openStore(join(root, 'data'));
    const saved = await record(opened);
    await opened.close();
    const backup = join(root, 'backup');
    mkdirSync(backup);
    copyInUse(join(root, 'data'), backup);
    await opened.open();
    await record(opened);
    renameSync(join(backup, 'lastseen.db'), join(root, 'data', 'lastseen.db'));
    await expect(record(opened)).rejects.toMatchObject(gone);
    await expect(opened.check()).rejects.toMatchObject(gone);
    expect(await readAll(opened)).toEqual([saved]);
    await opened.check();
    await record(opened);
  });

  test('the other process that takes the folder meanwhile keeps it', async () => {
    const opened = await openStore(root);
    rmSync(join(root, 'lock'));
    const other = createSqliteStore({ dataDir: root });
    await other.open();
    await expect(record(opened)).rejects.toMatchObject(gone);
    const inUse = { detail: 'in use by another process' };
    await expect(opened.check()).rejects.toMatchObject(inUse);
    await expect(record(opened)).rejects.toMatchObject({ written: 'no', detail: 'not open' });
    await other.close();
    await opened.check();
    await record(opened);
  });
});

test('a folder that can’t be made is told by its code, and used once it can', async () => {
  writeFileSync(join(root, 'data'), 'a file in the way');
  store = createSqliteStore({ dataDir: join(root, 'data') });
  await expect(store.open()).rejects.toMatchObject({ kind: 'store', written: 'no', detail: 'EEXIST' });
  await expect(store.check()).rejects.toMatchObject({ written: 'no', detail: 'EEXIST' });
  rmSync(join(root, 'data'));
  await store.check();
  await record(store);
});

const whereRoot = canMount() ? describe : describe.skip;

whereRoot('a file system of its own (needs root and mount)', () => {
  const full = { kind: 'store', written: 'no', detail: 'SQLITE_FULL' };

  test('on a full disk nothing is acknowledged that is not there, and a check tells when there is room', async () => {
    using disk = mountSmall(2_048);
    const opened = await openStore(join(disk.path, 'data'));
    const change = listChange(Array.from({ length: 100 }, () => '5511987654321'));
    const acknowledged: string[] = [];
    let refusal: unknown;
    while (!refusal) {
      await record(opened, { change }).then(
        ({ id }) => acknowledged.push(id),
        (error: unknown) => {
          refusal = error;
        },
      );
    }
    expect(refusal).toBeInstanceOf(StoreError);
    expect(refusal).toMatchObject(full);
    expect(acknowledged.length).toBeGreaterThan(20);
    await expect(opened.check()).rejects.toMatchObject(full);
    expect(idsOf(await readAll(opened))).toEqual(acknowledged);

    disk.resize(8_192);
    await opened.check();
    acknowledged.push((await record(opened, { change })).id);
    await opened.close();
    await opened.open();
    expect(idsOf(await readAll(opened))).toEqual(acknowledged);
    await opened.close();
  });

  test('on a full disk a claim is refused, and is nobody’s afterwards', async () => {
    using disk = mountSmall(2_048);
    const dataDir = join(disk.path, 'data');
    const opened = await openStore(dataDir);
    for (let count = 0; count < 3; count += 1) await record(opened);
    disk.fill();
    let claimed = 0;
    const claimUntilRefused = async () => {
      for (; claimed < 1_000; claimed += 1) {
        const got = await opened.claimNext('padaria');
        if (got) await opened.release(got.claim);
      }
    };
    await expect(claimUntilRefused()).rejects.toMatchObject(full);
    disk.resize(8_192);
    await opened.check();
    const got = await claim(opened);
    expect(await opened.end(got.claim, { kind: 'applied' }, new Date())).toBe(true);
    await opened.close();
  });

  test('on a full disk numbers are said not to be erased, and are once there is room', async () => {
    using disk = mountSmall(2_048);
    const dataDir = join(disk.path, 'data');
    const opened = await openStore(dataDir);
    const change = listChange(Array.from({ length: 50 }, (_, index) => `55119${10_000_000 + index}`));
    for (let count = 0; count < 20; count += 1) await recordTold(opened, { change });
    disk.fill();
    const everything = {
      numbersOf: new Date(Date.now() + 60_000),
      replyUrlsOf: new Date(0),
      refusalsOf: new Date(0),
    };
    await expect(opened.erase(everything)).rejects.toMatchObject(full);
    disk.resize(16_384);
    await opened.erase(everything);
    await opened.close();
    expect(readFileSync(join(dataDir, 'lastseen.db'), 'latin1')).not.toMatch(/55119\d{8}/);
  });

  test('a folder on a full disk is opened once there is room', async () => {
    using disk = mountSmall(1_024);
    disk.fill();
    store = createSqliteStore({ dataDir: join(disk.path, 'data') });
    await expect(store.open()).rejects.toMatchObject({ kind: 'store', written: 'no' });
    await expect(store.check()).rejects.toMatchObject({ kind: 'store', written: 'no' });
    disk.resize(8_192);
    await store.open();
    await record(store);
    await store.close();
  });

  test('a read-only file system is told by its code, and used once it can be written', async () => {
    using disk = mountSmall(4_096);
    const dataDir = join(disk.path, 'data');
    const opened = await openStore(dataDir);
    await recordEnded(opened);
    await opened.close();
    disk.remount('ro');
    // Node makes an ENOENT of it where folders are to be made.
    for (const folder of [join(disk.path, 'new'), dataDir]) {
      store = createSqliteStore({ dataDir: folder });
      const refusal: unknown = await store.open().catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(StoreError);
      expect(refusal).toMatchObject({
        written: 'no',
        detail: expect.stringMatching(/^(EROFS|ENOENT|SQLITE_READONLY|SQLITE_CANTOPEN)/),
      });
      await expect(store.record(submission(), newId)).rejects.toMatchObject({ detail: 'not open' });
    }
    disk.remount('rw');
    await store?.open();
    await store?.check();
    await store?.close();
  });
});

const whereNotRoot = process.getuid?.() === 0 ? test.skip : test;

whereNotRoot(
  'a folder without the right to write is told by its code (needs a user that is not root)',
  async () => {
    chmodSync(root, 0o500);
    store = createSqliteStore({ dataDir: root });
    await expect(store.open()).rejects.toMatchObject({ kind: 'store', written: 'no', detail: 'EACCES' });
    chmodSync(root, 0o700);
    await store.open();
    await record(store);
  },
);
