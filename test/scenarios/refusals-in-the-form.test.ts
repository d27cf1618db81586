import { describe, expect, test } from '@jest/globals';
import { bruno, carla, modes, openForm, startWorld, type World } from '../world.ts';
import { askedMeanwhile, become, refusalsIn, restarted } from './people.ts';

const contacts = [{ phone: '5521912345678', name: 'Zélia' }];

/** Somebody has the pickers in sight, and a bot is started that remembers nobody. */
async function atThePickers(world: World, env: Record<string, string> = {}) {
  const form = await openForm(world, { person: world.carla });
  await form.choose('My contacts except…');
  await form.says('+55 11 98765-4321');
  expect(await form.offers('Hide from contacts', 'zel')).toHaveLength(1);
  await restarted(world, env);
  return form;
}

describe.each(modes)('in the form of somebody who may not any more, in %s mode,', (mode) => {
  const start = () => startWorld({ mode, contacts, hidden: ['5511987654321'] });

  test.each([
    ['guest', 'Guests may not use this bot'],
    ['outsider', 'Only people of this workspace may use this bot'],
  ] as const)('as a %s, a choice turns it into the refusal', async (kind, says) => {
    await using world = await start();
    const form = await atThePickers(world);
    become(world, world.carla, kind);
    const asked = await askedMeanwhile(world, async () => {
      await form.choose('Nobody');
      await form.says(says);
    });
    expect(asked).toEqual([]);
    expect(form.labels()).toEqual([]);
    expect(await refusalsIn(world)).toEqual([`${carla} button ${kind}`]);
  });

  test.each(['guest', 'outsider', 'deactivated'] as const)(
    'as a %s, the pickers offer nobody',
    async (kind) => {
      await using world = await start();
      const form = await atThePickers(world);
      become(world, world.carla, kind);
      const asked = await askedMeanwhile(world, async () => {
        for (const label of ['Hide from contacts', 'Show again to'])
          for (const query of ['', 'zel', '+55 11 98765-4321']) {
            expect(await form.offers(label, query)).toEqual([]);
            expect(world.carla.modal()?.search?.outcome).toBe('offered');
          }
      });
      expect(asked).toEqual([]);
      const why = kind === 'deactivated' ? 'nobody' : kind;
      // Letter by letter the same is refused: it is recorded once for the form.
      expect(await refusalsIn(world)).toEqual([`${carla} options ${why}`]);
    },
  );

  test('not named any more, the pickers offer nobody', async () => {
    await using world = await start();
    const form = await atThePickers(world, { ALLOWED_USERS: bruno });
    expect(await askedMeanwhile(world, () => form.offers('Show again to', ''))).toEqual([]);
    expect(await form.offers('Hide from contacts', 'zel')).toEqual([]);
    expect(await refusalsIn(world)).toEqual([`${carla} options not-listed`]);
  });

  test('in a channel that is not among those allowed any more, the pickers offer nobody', async () => {
    await using world = await start();
    const form = await atThePickers(world, { ALLOWED_CHANNELS: 'C0BOARD' });
    expect(await form.offers('Hide from contacts', 'zel')).toEqual([]);
    expect(await refusalsIn(world)).toEqual([`${carla} options other-channel`]);
  });

  test('the pickers offer nobody while Slack does not say who it is, and answer in time', async () => {
    await using world = await start();
    const form = await atThePickers(world);
    world.slack.inject({ kind: 'slow', method: 'users.info', delayMs: 5_000 });
    expect(await form.offers('Hide from contacts', 'zel')).toEqual([]);
    expect(world.carla.modal()?.search?.outcome).toBe('offered');
    world.slack.clearFaults();
    expect(await refusalsIn(world)).toEqual([`${carla} options unreadable`]);
  });
});
