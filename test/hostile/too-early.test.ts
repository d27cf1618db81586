import { expect, test } from '@jest/globals';
import type { SlackFault } from '../../fakes/slack/types.ts';
import { createBot } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { quietPort } from '../process.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { until } from '../until.ts';
import { environmentOf, startSlack, startZapi } from '../world.ts';
import { commandBody, postSigned } from './signed-request.ts';

/** What a command is answered that comes while Slack has not said yet who the bot is. */
async function answeredBeforeSlack(
  fault: SlackFault,
): Promise<{ status: number; body: string; logs: string[] }> {
  const [slack, zapi, port] = await Promise.all([startSlack(), startZapi(), quietPort()]);
  await using folder = await temporaryFolder();
  slack.inject(fault);
  const read = readConfig({
    ...environmentOf({ mode: 'http', slack, zapi, port }),
    DATA_DIR: folder.path,
  });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const logs: string[] = [];
  const note = (_fields: object, event: string) => void logs.push(event);
  const bot = createBot(read.config, { info: note, warn: note, error: note });
  const started = bot.start();
  const world = { slack, requestUrl: `http://127.0.0.1:${port}/slack/events` };
  try {
    await until(async () => (await fetch(`http://127.0.0.1:${port}/healthz`)).ok, 'the bot listens');
    return { ...(await postSigned(world, commandBody(world, { text: 'help' }))), logs };
  } finally {
    slack.clearFaults();
    await bot.stop();
    await started;
    await Promise.all([slack.close(), zapi.close()]);
  }
}

test('a command that comes before the bot knows who it is waits for that', async () => {
  const { status, body, logs } = await answeredBeforeSlack({
    kind: 'slow',
    delayMs: 700,
    method: 'auth.test',
  });
  expect([status, body]).toEqual([200, expect.stringContaining('changes who can see the *last seen*')]);
  expect(logs).not.toContain('unexpected error');
});

test('it is told that the bot is not there yet, where that takes longer than Slack waits', async () => {
  const begunAtMs = performance.now();
  const { status, logs } = await answeredBeforeSlack({
    kind: 'http-status',
    status: 500,
    method: 'auth.test',
  });
  expect(status).toBe(503);
  expect(performance.now() - begunAtMs).toBeLessThan(8_000);
  expect(logs).not.toContain('unexpected error');
});
