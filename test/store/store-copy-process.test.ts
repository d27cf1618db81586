import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { press } from '../buttons.ts';
import { type PostgresServer, startPostgres } from '../postgres-server.ts';
import { saveAndTell, saveChange, toldNext } from '../save-change.ts';
import { startStage } from '../scenarios/process/stage.ts';
import { changeIdsIn, publicChannel, toldIn } from '../world.ts';

const project = join(import.meta.dirname, '../..');
const node = join(project, 'node_modules/.bin/node');
const patienceMs = 30_000;
let server: PostgresServer;

jest.setTimeout(90_000);

beforeAll(async () => {
  server = await startPostgres();
}, 60_000);

afterAll(() => server[Symbol.asyncDispose]());

test('a bot that moves to PostgreSQL goes on with what it promised; its history and undo are there', async () => {
  await using stage = await startStage('socket');
  const DATABASE_URL = await server.createDatabase();
  const path = '/privacy/last-seen';
  await using onFolder = await stage.startReady();
  await saveAndTell(stage, { option: 'Everyone' });
  stage.slack.inject({ kind: 'http-status', status: 503, method: 'chat.postMessage' });
  await saveChange(stage, { option: 'Nobody' });
  await stage.zapi.until(
    () => stage.account.lastSeen === 'NONE',
    'a change that can not be told',
    patienceMs,
  );
  stage.zapi.inject({ kind: 'hang', path, applied: false });
  await saveChange(stage, { option: 'My contacts', person: stage.bruno });
  await stage.zapi.until(() => stage.changes().length === 3, 'a change under way', patienceMs);
  onFolder.kill('SIGTERM');
  expect(await onFolder.exited).toBe(0);
  stage.slack.clearFaults();
  stage.zapi.clearFaults();

  const env = { DATA_DIR: stage.dataDir, DATABASE_URL };
  const { stdout } = await promisify(execFile)(node, [join(project, 'src/store-copy.ts')], { env });
  expect(stdout).toContain('Copied 3 changes');
  expect(stdout).toContain('1 of them waits to be made');
  expect(stdout).toContain('1 of them waits to be told');

  await using closed = await stage.start();
  expect(await closed.exited).toBe(1);
  expect(closed.stderr()).toMatch(/^The history in this data folder was copied to PostgreSQL/);

  await using _onPostgres = await stage.startReady({ DATABASE_URL });
  await toldNext(stage, 2, publicChannel, patienceMs);
  const told = toldIn(stage, publicChannel);
  expect(told.map(({ text }) => text)).toEqual([
    expect.stringContaining('to Everyone'),
    expect.stringContaining('to Nobody'),
    expect.stringContaining('to My contacts'),
  ]);
  expect(stage.account.lastSeen).toBe('CONTACTS');

  await stage.ana.types(publicChannel, '/lastseen history');
  const listed = await stage.slack.until(
    () =>
      stage.ana
        .sees(publicChannel)
        .find(({ visibleTo, blocks }) => visibleTo && /Nobody/.test(JSON.stringify(blocks))),
    'the history',
    patienceMs,
  );
  for (const id of changeIdsIn(told)) expect(JSON.stringify(listed.blocks)).toContain(id);
  const [, , last] = told;
  if (!last) throw new Error('nothing to undo');
  await press(stage.ana, last, 'Undo');
  await stage.zapi.until(() => stage.account.lastSeen === 'NONE', 'the undo', patienceMs);
});
