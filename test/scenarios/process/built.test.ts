import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { bundleBot } from '../../../bundle/bundle-bot.ts';
import { type PostgresServer, startPostgres } from '../../postgres-server.ts';
import { findOldNode } from '../../process.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { auditMessageIn, instanceId, modes, openForm, publicChannel } from '../../world.ts';
import { startStage } from './stage.ts';

jest.setTimeout(60_000);

/** Outside of the project: there is no `node_modules` above it. */
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let server: PostgresServer;
let program: string;

beforeAll(async () => {
  folder = await temporaryFolder();
  program = join(folder.path, 'start.js');
  await bundleBot(folder.path);
  server = await startPostgres();
});

afterAll(async () => {
  await server.stop();
  await folder[Symbol.asyncDispose]();
});

/** Makes a change, as somebody would, and sees the team told. */
async function changeSomething(stage: Awaited<ReturnType<typeof startStage>>): Promise<void> {
  const form = await openForm(stage);
  await form.choose('Nobody');
  await form.save();
  expect((await auditMessageIn(stage, publicChannel, 20_000)).text).toMatch(/^Last seen changed: /);
  expect(stage.zapi.account(instanceId).lastSeen).toBe('NONE');
}

test.each(modes)('the bot in one file works without its dependencies around it, in %s mode', async (mode) => {
  await using stage = await startStage(mode, { program });
  await using bot = await stage.startReady();
  await changeSomething(stage);
  const figures = await fetch(`${stage.healthUrls[0]}/metrics`).then((response) => response.text());
  expect(figures).toContain('lastseen_changes_total{outcome="applied"');
  bot.kill('SIGTERM');
  expect(await bot.exited).toBe(0);
  // What the engine compiled is kept for the next start.
  expect(existsSync(join(folder.path, 'compile-cache'))).toBe(true);
});

test('it works with PostgreSQL, too', async () => {
  await using stage = await startStage('http', { program });
  await using _bot = await stage.startReady({ DATABASE_URL: await server.createDatabase() });
  await changeSomething(stage);
});

test('it says what is so where a connection broke, for which it needs the errors of undici', async () => {
  await using stage = await startStage('http', { program });
  await using _bot = await stage.startReady();
  stage.zapi.inject({ kind: 'reset', applied: false, path: '/privacy/last-seen' });
  const form = await openForm(stage);
  await form.choose('Nobody');
  await form.save();
  expect((await auditMessageIn(stage, publicChannel, 20_000)).text).toMatch(/not known|may or may not/i);
});

const oldNode = findOldNode();
(oldNode ? test : test.skip)('an older Node is told what it lacks', () => {
  const { status, stderr } = spawnSync(oldNode ?? '', [program], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: expect.stringContaining('needs Node 24 or newer'),
  });
});
