import { describe, expect, jest, test } from '@jest/globals';
import { startTwoNumbers } from '../two-numbers.ts';
import { formOf, inBothModes, modes, openForm, publicChannel, startWorld, type World } from '../world.ts';
import { become, forceOpen, refusalsIn } from './people.ts';

const slow = { kind: 'slow', method: 'users.info', delayMs: 2_000 } as const;

jest.setTimeout(60_000);

/** What Slack was given to show at first. */
function firstView({ slack }: World): string {
  return JSON.stringify(slack.calls.find(({ method }) => method === 'views.open')?.body);
}

function answered({ slack }: World, method: string): boolean {
  return slack.calls.some((call) => call.method === method && call.reply !== undefined);
}

describe('while Slack takes two seconds to say who somebody is,', () => {
  test('the form opens at once with what is everybody’s to see, and fills', () =>
    inBothModes(async (mode) => {
      await using world = await startTwoNumbers({
        mode,
        hidden: ['5521912345678'],
        contacts: [{ phone: '5521912345678', name: 'Zélia' }],
      });
      world.slack.inject(slow);
      const form = await forceOpen(world, world.ana);
      expect(answered(world, 'users.info')).toBe(false);
      for (const secret of ['94000', 'Sales', 'Support', 'Padaria', '91234', 'Zélia', 'known'])
        expect(firstView(world)).not.toContain(secret);
      expect(form.labels()).toEqual(['Who can see last seen']);
      await form.says('+55 11 94000-1000');
      expect(form.labels()).toEqual(['WhatsApp number', 'Who can see last seen']);
      expect(form.text()).toContain('Now: not known yet');
    }));

  test('the form of somebody who may not becomes the refusal', () =>
    inBothModes(async (mode) => {
      await using world = await startWorld({ mode });
      become(world, world.carla, 'guest');
      world.slack.inject(slow);
      const form = await forceOpen(world, world.carla);
      expect(form.text()).not.toContain('94000');
      await form.says(':no_entry: Guests may not use this bot for last seen.');
      expect(form.labels()).toEqual([]);
      expect(await refusalsIn(world)).toEqual([`${world.carla.id} command guest`]);
    }));

  test('a choice made meanwhile shows its inputs, and stays when the form fills', () =>
    inBothModes(async (mode) => {
      await using world = await startWorld({ mode, hidden: ['5521912345678'] });
      world.slack.inject(slow);
      const form = await forceOpen(world, world.ana);
      await form.choose('My contacts except…');
      await form.shows('Hide from');
      expect(answered(world, 'users.info')).toBe(false);
      await form.says('+55 21 91234-5678');
      expect(form.chosen()).toBe('My contacts except…');
    }));

  test('a Save asks anew, and is refused whose right ended after the command', () =>
    inBothModes(async (mode) => {
      await using world = await startWorld({ mode });
      world.slack.inject({ ...slow, times: 1 });
      const form = await forceOpen(world, world.carla);
      // The one who is slow is the one who was asked first.
      const isAsked = () => world.slack.calls.some(({ method }) => method === slow.method);
      await world.slack.until(isAsked, 'the first question', 10_000);
      become(world, world.carla, 'guest');
      await form.choose('Nobody');
      await form.save();
      expect(form.text()).toContain('Guests may not use this bot');
      expect(world.changes()).toEqual([]);
    }));
});

test.each(modes)('a form that Slack knew a moment ago is complete at once, in %s mode', async (mode) => {
  await using world = await startWorld({ mode });
  await openForm(world);
  await world.ana.closes();
  world.slack.inject(slow);
  await world.ana.types(publicChannel, '/lastseen');
  await world.slack.until(() => world.ana.modal(), 'the form', 10_000);
  expect(formOf(world, world.ana).text()).toContain('+55 11 94000-1000');
});
