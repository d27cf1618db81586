import { describe, expect, jest, test } from '@jest/globals';
import { saveAndTell } from '../save-change.ts';
import { inBothModes, openForm, publicChannel, startWorld } from '../world.ts';

const path = '/privacy/last-seen';

// Side by side, on a machine that may be busy.
jest.setTimeout(60_000);

describe('the form', () => {
  test.concurrent('of a bot that has set nothing says that it is unknown, and chooses nothing', () =>
    inBothModes(async (mode) => {
      await using world = await startWorld({ mode });
      const form = await openForm(world);
      expect(form.text()).toMatch(/not known yet\. This bot has not set it, and Z-API has no way to ask\./);
      expect(form.chosen()).toBeUndefined();
    }));

  test.concurrent.each(['Everyone', 'My contacts', 'Nobody'])(
    'opens with what this bot last set, %s, and says by whom and when',
    (option) =>
      inBothModes(async (mode) => {
        await using world = await startWorld({ mode });
        await saveAndTell(world, { option, person: world.bruno });
        const form = await openForm(world);
        expect(form.chosen()).toBe(option);
        expect(form.labels()).toEqual(['Who can see last seen']);
        const [, seconds] =
          new RegExp(`\\*${option}\\*, set here by <@U0BRUNO>, <!date\\^(\\d+)\\^`).exec(form.text()) ?? [];
        expect(Math.abs(Date.now() / 1000 - Number(seconds))).toBeLessThan(10);
        expect(form.text()).toContain('What was changed on the phone since is not known.');
      }),
  );

  test.concurrent('opens with the list in sight where this bot last set one, and with nothing typed', () =>
    inBothModes(async (mode) => {
      await using world = await startWorld({ mode });
      await saveAndTell(world, { hide: '+55 11 98765-4321' });
      const form = await openForm(world, { person: world.bruno });
      expect(form.chosen()).toBe('My contacts except…');
      expect(form.value('Hide from')).toBe('');
      expect([form.picked('Hide from contacts'), form.picked('Show again to')]).toEqual([[], []]);
      await form.says('*On the list now (1):* +55 11 98765-4321');
      await form.write('Hide from', '+55 21 91234-5678');
      await form.save();
      await world.stopped();
      expect(world.account.disallowed).toEqual(['5511987654321', '5521912345678']);
    }));

  test.concurrent('says that it is unknown where nobody knows how the last change ended, and chooses nothing', () =>
    inBothModes(async (mode) => {
      await using world = await startWorld({ mode });
      await saveAndTell(world, { option: 'Nobody' });
      world.zapi.inject({ kind: 'json', path, status: 200, body: {} });
      await saveAndTell(world, { option: 'Everyone' });
      const form = await openForm(world, { person: world.bruno });
      expect(form.text()).toMatch(
        /\*unknown\*\. The last change, by <@U0ANA>, <!date.*>, may or may not have been made\./,
      );
      expect(form.chosen()).toBeUndefined();
    }));

  test.concurrent('opens with what was set before a change that failed', () =>
    inBothModes(async (mode) => {
      await using world = await startWorld({ mode });
      await saveAndTell(world, { option: 'Nobody' });
      world.zapi.inject({ kind: 'success-false', path });
      await saveAndTell(world, { option: 'Everyone' });
      expect((await openForm(world, { person: world.bruno })).chosen()).toBe('Nobody');
    }));

  test.concurrent('opens with what was set before the bot was restarted', () =>
    inBothModes(async (mode) => {
      await using world = await startWorld({ mode });
      await saveAndTell(world, { option: 'Nobody' });
      await world.stopped();
      await world.startAnother();
      const form = await openForm(world);
      expect(form.chosen()).toBe('Nobody');
      expect(form.text()).toContain('*Nobody*, set here by <@U0ANA>, ');
    }));

  test.concurrent('opens with one call to Slack, and asks Z-API nothing before it is there', () =>
    inBothModes(async (mode) => {
      await using world = await startWorld({ mode });
      await saveAndTell(world, { hide: '+55 11 98765-4321' });
      world.slack.inject({ kind: 'slow', method: 'views.open', delayMs: 300 });
      const before = { slack: world.slack.calls.length, zapi: world.zapi.requests.length };
      const typed = world.bruno.types(publicChannel, '/lastseen');
      const seen = await world.slack.until(
        () =>
          world.slack.calls
            .slice(before.slack)
            .some(({ method, reply }) => method === 'views.open' && reply) && {
            slack: world.slack.calls.slice(before.slack).map(({ method }) => method),
            zapi: world.zapi.requests.length - before.zapi,
          },
        'the answer to views.open',
        10_000,
      );
      await typed;
      expect(seen).toEqual({ slack: ['views.open'], zapi: 0 });
    }));
});
