import { describe, expect, jest, test } from '@jest/globals';
import { temporaryFolder } from '../../temporary-folder.ts';
import {
  auditMessageIn,
  inBothModes,
  instanceId,
  openForm,
  publicChannel,
  toldIn,
  whispered,
} from '../../world.ts';
import { startStage } from './stage.ts';

const path = '/privacy/last-seen';

// Real waits, side by side, on a machine that may be busy.
jest.setTimeout(60_000);

describe('the process, told to stop', () => {
  test.concurrent('and unable to finish in time ends all the same, and the next start makes and tells the change', async () => {
    await using stage = await startStage('socket');
    await using folder = await temporaryFolder();
    await using bot = await stage.start({ DATA_DIR: folder.path });
    await bot.says('"ready"');
    stage.zapi.inject({ kind: 'hang', path, applied: false });
    const form = await openForm(stage);
    await form.choose('Nobody');
    void form.save();
    await stage.zapi.until(
      () => stage.zapi.requests.some((request) => request.path.endsWith(path)),
      'the change',
    );
    const before = Date.now();
    bot.kill('SIGTERM');
    expect(await bot.exited).toBe(0);
    expect(Date.now() - before).toBeLessThan(12_000);
    expect(toldIn(stage, publicChannel)).toEqual([]);

    stage.zapi.clearFaults();
    await using _again = await stage.start({ DATA_DIR: folder.path });
    expect((await auditMessageIn(stage, publicChannel, 20_000)).text).toMatch(/^Last seen changed: /);
    expect(stage.zapi.account(instanceId).lastSeen).toBe('NONE');
  });

  test.concurrent.each(['SIGTERM', 'SIGINT'] as const)(
    `by %s finishes and tells the change under way, begins nothing new, and ends with 0`,
    (signal) =>
      inBothModes(async (mode) => {
        await using stage = await startStage(mode);
        await using bot = await stage.startReady();
        stage.zapi.inject({ kind: 'slow', path, delayMs: 2_000 });
        const form = await openForm(stage);
        await form.choose('Nobody');
        const saved = form.save();
        await stage.zapi.until(
          () => stage.zapi.requests.some((request) => request.path.endsWith(path)),
          'the change',
        );
        bot.kill(signal);
        await bot.says('stopping');
        await stage.slack.person('U0BRUNO').types(publicChannel, '/lastseen');
        expect(whispered(stage, stage.slack.person('U0BRUNO'))).toEqual([
          'The bot is restarting. Nothing was changed. Try again in a minute.',
        ]);
        await saved;
        expect(await bot.exited).toBe(0);
        expect(toldIn(stage, publicChannel).map(({ text }) => text)).toEqual([
          expect.stringMatching(/^Last seen changed: /),
        ]);
        expect(stage.slack.connections()).toBe(0);
        expect(bot.stderr()).toBe('');
      }),
  );

  test.concurrent.each([
    ['SIGTERM', 'SIGTERM'],
    ['SIGINT', 'SIGINT'],
    ['SIGTERM', 'SIGINT'],
  ] as const)('by %s and then by %s ends at once', async (first, second) => {
    await using stage = await startStage('socket');
    await using bot = await stage.startReady();
    stage.zapi.inject({ kind: 'hang', path, applied: false });
    const form = await openForm(stage);
    await form.choose('Nobody');
    void form.save();
    await stage.zapi.until(
      () => stage.zapi.requests.some((request) => request.path.endsWith(path)),
      'the change',
    );
    bot.kill(first);
    await bot.says('stopping');
    const before = Date.now();
    bot.kill(second);
    expect(await bot.exited).toBe(1);
    expect(Date.now() - before).toBeLessThan(3_000);
  });
});
