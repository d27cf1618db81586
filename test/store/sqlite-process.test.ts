import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { ChangeStore } from '../../src/privacy/ports.ts';
import { createSqliteStore } from '../../src/store/sqlite-store.ts';
import { claim, claimToTell, record, recordEnded } from './submissions.ts';

const inUse = { kind: 'store', written: 'no', detail: 'in use by another process' };

let root: string;
let dataDir: string;
let store: ChangeStore;
let killOther = async () => {};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'lastseen-'));
  dataDir = join(root, 'made', 'by', 'it');
  store = createSqliteStore({ dataDir });
});

afterEach(async () => {
  await killOther();
  await store.close();
  rmSync(root, { recursive: true });
});

/** Another process takes the folder and claims a change; answers its id. */
async function holdFolder(): Promise<string> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'hold-store.ts'), dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  killOther = async () => {
    child.kill('SIGKILL');
    await exited;
  };
  const [said] = await once(child.stdout, 'data');
  return String(said).trim();
}

test('nobody else on the machine can read the folder or its files', async () => {
  await store.open();
  await record(store);
  const modeOf = (name: string) => statSync(join(dataDir, name)).mode & 0o777;
  expect(modeOf('.')).toBe(0o700);
  for (const name of ['lastseen.db', 'lastseen.db-wal', 'lastseen.db-shm', 'lock']) {
    expect([name, modeOf(name)]).toEqual([name, 0o600]);
  }
});

test('a folder in use is refused in the same process, and free when the store is closed', async () => {
  await store.open();
  const second = createSqliteStore({ dataDir });
  await expect(second.open()).rejects.toMatchObject(inUse);
  await record(store);
  await expect(second.open()).rejects.toMatchObject(inUse);
  await store.close();
  await second.open();
  expect(await second.claimableInstances()).toEqual(['padaria']);
  await second.close();
});

test('a folder in use by another process is refused until that is killed, and its claims are free then', async () => {
  const claimedId = await holdFolder();
  await expect(store.open()).rejects.toMatchObject(inUse);
  await expect(store.open()).rejects.toMatchObject(inUse);
  await killOther();
  await store.open();
  expect(await claim(store)).toMatchObject({ entry: { id: claimedId }, begunBefore: true });
});

test('claims never end by themselves, and end when the store is closed', async () => {
  await store.open();
  expect(store.leaseMs).toBe(Number.POSITIVE_INFINITY);
  const told = await recordEnded(store);
  await record(store);
  const { claim: applying } = await claim(store);
  const { claim: telling } = await claimToTell(store);
  expect(await store.renew(applying)).toBe(true);
  expect(await store.claimNext('padaria')).toBeUndefined();
  await store.close();
  await store.open();
  expect(await store.renew(applying)).toBe(false);
  expect(await store.noteTold(telling, 'told', new Date())).toBe(false);
  expect(await claim(store)).toMatchObject({ entry: { id: applying.id }, begunBefore: true });
  expect(await claimToTell(store)).toMatchObject({ entry: { id: told.id } });
});
