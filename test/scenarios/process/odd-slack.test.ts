import { describe, expect, jest, test } from '@jest/globals';
import { startStage } from './stage.ts';

// Real pauses of the socket client, side by side, on a machine that may be busy.
jest.setTimeout(60_000);

describe('a Slack that says what nobody knows', () => {
  test.concurrent.each([
    ['an unknown error', { kind: 'api-error', error: 'some_new_error' }],
    ['a page of HTML as a success', { kind: 'http-status', status: 200 }],
    ['a page of HTML as a failure', { kind: 'http-status', status: 503 }],
    ['no answer at all', { kind: 'reset', when: 'before' }],
  ] as const)('at the start with %s is asked again, until it lets the bot in', async (_what, fault) => {
    await using stage = await startStage('socket');
    stage.slack.inject({ ...fault, method: 'auth.test', times: 1 });
    await using bot = await stage.startReady();
    expect(bot.stdout()).toContain('Slack is out of reach, trying again');
  });

  test.concurrent('in place of a new socket does not end a bot that runs', async () => {
    await using stage = await startStage('socket');
    await using bot = await stage.startReady();
    stage.slack.inject({
      kind: 'api-error',
      error: 'some_new_error',
      method: 'apps.connections.open',
      times: 1,
    });
    stage.slack.recycleSockets();
    const asked = () => stage.slack.calls.filter(({ method }) => method === 'apps.connections.open').length;
    await stage.slack.until(() => asked() >= 3 && stage.slack.connections() === 1, 'another socket', 40_000);
    bot.kill('SIGTERM');
    expect(await bot.exited).toBe(0);
  });
});
