import { describe, expect, jest, test } from '@jest/globals';
import type { SlackFault } from '../../fakes/slack/types.ts';
import {
  ana,
  inBothModes,
  type Mode,
  openForm,
  publicChannel,
  startWorld,
  type World,
  whispered,
} from '../world.ts';
import { askedMeanwhile, forceOpen, refusalsIn, restarted } from './people.ts';

const silent =
  ':no_entry: Slack did not say who you are, so the bot could not let you through. Nothing was changed. Try again in a minute; if it goes on, ask Maria &lt;3.';
const group = 'S0SHOP';
const env = { ADMIN_CONTACT: 'Maria <3', ALLOWED_USERGROUPS: group };
const userGroups = [{ id: group, handle: 'shop', name: 'Shop', users: [ana] }];
const start = (mode: Mode) => startWorld({ mode, env, userGroups });

const faults: [string, SlackFault][] = [
  ['answers 503', { kind: 'http-status', status: 503 }],
  ['answers 500', { kind: 'http-status', status: 500 }],
  ['is out of reach', { kind: 'reset', when: 'before' }],
  ['limits the rate', { kind: 'rate-limited', retryAfterSeconds: 30 }],
  ['takes five seconds', { kind: 'slow', delayMs: 5_000 }],
  ['misses a scope', { kind: 'api-error', error: 'missing_scope' }],
  ['knows nobody of the kind', { kind: 'api-error', error: 'user_not_found' }],
];
const methods = ['users.info', 'usergroups.users.list'];
const cases = faults.flatMap(([what, fault]) => methods.map((method) => [method, what, fault] as const));

jest.setTimeout(60_000);

async function fillIn(world: World) {
  const form = await openForm(world);
  await form.choose('My contacts except…');
  await form.says('Nobody is on the list now.');
  await form.write('Hide from', '+55 11 98765-4321');
  return form;
}

describe('where Slack can’t say who somebody is,', () => {
  test.each(cases)(
    'as %s %s, Save says so, keeps what was typed, and passes afterwards',
    (method, _, fault) =>
      inBothModes(async (mode) => {
        await using world = await start(mode);
        const form = await fillIn(world);
        world.slack.inject({ ...fault, method } as SlackFault);
        const begunMs = performance.now();
        expect(await askedMeanwhile(world, form.save)).toEqual([]);
        expect(performance.now() - begunMs).toBeLessThan(3_000);
        expect(form.open().notice).toBeUndefined();
        expect(form.text()).toContain(silent);
        expect(form.text()).not.toContain('94000');
        expect(form.value('Hide from')).toBe('+55 11 98765-4321');
        world.slack.clearFaults();
        await form.save();
        expect(form.isOpen()).toBe(false);
        expect(world.account.disallowed).toEqual(['5511987654321']);
        expect(await refusalsIn(world)).toEqual([`${ana} save unreadable`]);
      }),
  );

  test('a command is refused with that reason, as a form and in words', () =>
    inBothModes(async (mode) => {
      await using world = await start(mode);
      world.slack.inject({ kind: 'slow', method: 'users.info', delayMs: 5_000 });
      const asked = await askedMeanwhile(world, async () => {
        const form = await forceOpen(world, world.ana);
        await world.ana.types(publicChannel, '/lastseen status');
        await form.says(silent);
        expect(form.text()).toBe(silent);
        await world.slack.until(() => whispered(world, world.ana).includes(silent), 'the refusal', 10_000);
      });
      expect(asked).toEqual([]);
      expect(await refusalsIn(world)).toEqual(Array.from({ length: 2 }, () => `${ana} command unreadable`));
    }));

  test('a choice in the form is shown with that reason, and what was typed stays', () =>
    inBothModes(async (mode) => {
      await using world = await start(mode);
      const form = await fillIn(world);
      await restarted(world);
      world.slack.inject({ kind: 'http-status', status: 500, method: 'users.info' });
      await form.choose('My contacts');
      await form.says(silent);
      world.slack.clearFaults();
      await form.choose('My contacts except…');
      await form.says('+55 11 94000-1000');
      expect(form.text()).not.toContain(silent);
      expect(form.value('Hide from')).toBe('+55 11 98765-4321');
      await form.save();
      expect(world.account.disallowed).toEqual(['5511987654321']);
    }));
});
