import { describe, expect, jest, test } from '@jest/globals';
import { openGate, quietPort, statusOf } from '../../process.ts';
import { inBothModes, openForm } from '../../world.ts';
import { startStage } from './stage.ts';

const stackTrace = /\n\s+at /;

// Real waits, side by side, on a machine that may be busy.
jest.setTimeout(60_000);

describe('the process', () => {
  test.concurrent('is not ready while its socket is gone, and ready again by itself', async () => {
    await using stage = await startStage('socket');
    await using _bot = await stage.startReady();
    stage.slack.inject({ kind: 'socket-refused', times: 1 });
    stage.slack.cutSockets();
    await stage.slack.until(() => stage.slack.connections() === 0, 'the socket gone');
    // The next try is refused, so that there is time to look.
    await stage.slack.until(() => stage.slack.faults().length === 0, 'the refusal', 20_000);
    expect(await statusOf(`${stage.healthUrls[0]}/readyz`)).toBe(503);
    await stage.slack.until(() => stage.slack.connections() > 0, 'a new socket', 20_000);
    await openForm(stage);
    expect(await statusOf(`${stage.healthUrls[0]}/readyz`)).toBe(200);
  });

  test.concurrent('is alive and ready, and takes commands', () =>
    inBothModes(async (mode) => {
      await using stage = await startStage(mode);
      await using _bot = await stage.startReady();
      for (const url of stage.healthUrls) {
        expect(await statusOf(`${url}/healthz`)).toBe(200);
        expect(await statusOf(`${url}/readyz`)).toBe(200);
        expect(await statusOf(`${url}/other`)).toBe(404);
      }
      await openForm(stage);
    }));

  test.concurrent('waits for a Slack that is out of reach, says so at once, and is ready when it is back', () =>
    inBothModes(async (mode) => {
      await using stage = await startStage(mode);
      const gatePort = await quietPort();
      await using bot = await stage.start({ SLACK_API_URL: `http://127.0.0.1:${gatePort}/api/` });
      await bot.says('Slack is out of reach');
      for (const url of stage.healthUrls) {
        expect(await statusOf(`${url}/healthz`)).toBe(200);
        expect(await statusOf(`${url}/readyz`)).toBe(503);
      }
      await using _gate = await openGate(gatePort, stage.slack.apiUrl);
      await bot.says('"ready"');
      for (const url of stage.healthUrls) expect(await statusOf(`${url}/readyz`)).toBe(200);
      await openForm(stage);
    }));

  test.concurrent('stops at once while it waits for Slack', () =>
    inBothModes(async (mode) => {
      await using stage = await startStage(mode);
      await using bot = await stage.start({ SLACK_API_URL: 'http://127.0.0.1:9/api/' });
      await bot.says('Slack is out of reach');
      const before = Date.now();
      bot.kill('SIGTERM');
      expect(await bot.exited).toBe(0);
      expect(Date.now() - before).toBeLessThan(4_000);
    }));

  test.concurrent('ends with 1 and what to do where Slack refuses the bot token', () =>
    inBothModes(async (mode) => {
      await using stage = await startStage(mode);
      stage.slack.revokeToken('bot');
      await using bot = await stage.start();
      expect(await bot.exited).toBe(1);
      expect(bot.stderr()).toContain('Slack refused the token in SLACK_BOT_TOKEN (invalid_auth).');
      expect(bot.stderr()).toContain('Copy it again from your app at api.slack.com/apps');
      expect(bot.stderr()).not.toMatch(stackTrace);
    }));

  test.concurrent('ends with 1 and what to do where Slack refuses the app token', async () => {
    await using stage = await startStage('socket');
    stage.slack.revokeToken('app');
    await using bot = await stage.start();
    expect(await bot.exited).toBe(1);
    expect(bot.stderr()).toContain('Slack refused the token in SLACK_APP_TOKEN (invalid_auth).');
    expect(bot.stderr()).not.toMatch(stackTrace);
  });

  test.concurrent('ends with 1 and a sentence where the app token is taken away while it runs', async () => {
    await using stage = await startStage('socket');
    await using bot = await stage.startReady();
    stage.slack.revokeToken('app');
    stage.slack.recycleSockets();
    expect(await bot.exited).toBe(1);
    expect(bot.stderr()).toMatch(/^Slack refused the token in SLACK_APP_TOKEN .*\n$/);
  });
});
