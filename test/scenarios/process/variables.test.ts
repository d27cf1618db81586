import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, jest, test } from '@jest/globals';
import { findOldNode, startProcess } from '../../process.ts';
import { startStage } from './stage.ts';

const oldNode = findOldNode();
const stackTrace = /\n\s+at /;

// Real waits, side by side, on a machine that may be busy.
jest.setTimeout(60_000);

describe('the process', () => {
  test.concurrent('without variables names every one that is missing, and ends with 1', async () => {
    await using bot = await startProcess({ env: {} });
    expect(await bot.exited).toBe(1);
    for (const variable of [
      'SLACK_BOT_TOKEN: missing',
      'SLACK_APP_TOKEN or SLACK_SIGNING_SECRET: missing',
      'ZAPI_INSTANCE_ID: missing',
      'ZAPI_INSTANCE_TOKEN: missing',
      'ZAPI_CLIENT_TOKEN: missing',
    ]) {
      expect(bot.stderr()).toContain(variable);
    }
    expect(bot.stderr()).toMatch(/^The bot can't start\./);
    expect(bot.stderr()).not.toMatch(stackTrace);
    expect(bot.stdout()).toBe('');
  });

  test.concurrent('with wrong variables names every one, and the value of none', async () => {
    await using bot = await startProcess({
      env: {
        SLACK_BOT_TOKEN: 'xapp-WRONGVALUE',
        SLACK_APP_TOKEN: 'xoxb-WRONGVALUE',
        SLACK_API_URL: 'WRONGVALUE',
        PORT: 'WRONGVALUE',
        ZAPI_INSTANCE_ID: 'https://api.z-api.io/instances/WRONGVALUE',
        ZAPI_INSTANCE_TOKEN: 'WRONG VALUE',
        ZAPI_CLIENT_TOKEN: 'xoxb-WRONGVALUE',
        ZAPI_API_URL: 'ftp://WRONGVALUE',
        AUDIT_CHANNEL: '#WRONGVALUE',
        DEFAULT_COUNTRY: 'WRONGVALUE',
        LOG_LEVEL: 'WRONGVALUE',
        HEALTH_PORT: '99999',
      },
    });
    expect(await bot.exited).toBe(1);
    const named = bot
      .stderr()
      .split('\n')
      .map((line) => /^ {2}(\w+): /.exec(line)?.[1])
      .filter(Boolean);
    expect(named.sort()).toEqual([
      'AUDIT_CHANNEL',
      'DEFAULT_COUNTRY',
      'HEALTH_PORT',
      'LOG_LEVEL',
      'PORT',
      'SLACK_API_URL',
      'SLACK_APP_TOKEN',
      'SLACK_BOT_TOKEN',
      'ZAPI_API_URL',
      'ZAPI_CLIENT_TOKEN',
      'ZAPI_INSTANCE_ID',
      'ZAPI_INSTANCE_TOKEN',
    ]);
    expect(bot.stdout() + bot.stderr()).not.toMatch(/WRONG.?VALUE|99999/);
  });

  test.concurrent('reads .env from where it runs', async () => {
    await using stage = await startStage('socket');
    await using bot = await startProcess({ env: {}, dotenv: stage.env });
    await bot.says('"ready"');
  });

  test.concurrent('takes a variable of its environment before the one in .env', async () => {
    await using stage = await startStage('socket');
    await using bot = await startProcess({
      env: { LOG_LEVEL: 'loud' },
      dotenv: { ...stage.env, LOG_LEVEL: 'info' },
    });
    expect(await bot.exited).toBe(1);
    expect(bot.stderr()).toContain('LOG_LEVEL');
  });

  test.concurrent.each([
    ['PORT', 'http'],
    ['HEALTH_PORT', 'socket'],
  ] as const)('ends with 1 and a sentence where %s is in use', async (variable, mode) => {
    await using stage = await startStage(mode);
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    await using bot = await stage.start({ [variable]: String(port) });
    expect(await bot.exited).toBe(1);
    taken.close();
    expect(bot.stderr()).toBe(
      'The port in PORT or HEALTH_PORT is in use by another program. Choose another one.\n',
    );
  });

  // Skipped where every Node on the PATH is new enough.
  (oldNode ? test.concurrent : test.skip)(
    'says in one sentence which Node it needs, on an older one',
    async () => {
      await using bot = await startProcess({ env: {}, ...(oldNode && { node: oldNode }) });
      expect(await bot.exited).toBe(1);
      expect(bot.stderr()).toMatch(/^lastseen-bot needs Node 24 or newer; this is Node \d+\.\d+\.\d+\.\n$/);
    },
  );
});
