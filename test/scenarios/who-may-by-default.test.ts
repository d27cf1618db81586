import { describe, expect, test } from '@jest/globals';
import { modes, openForm, publicChannel, startWorld, whispered } from '../world.ts';
import { askedMeanwhile, become, forceOpen, refusalsIn } from './people.ts';

const allMay = 'every full member of the workspace may change this number';
const whom = 'If you should be able to, ask whoever runs the bot.';
const guests = `:no_entry: Guests may not use this bot for last seen. Nothing was changed. ${whom}`;
const outsiders = `:no_entry: Only people of this workspace may use this bot for last seen, and you belong to another one. Nothing was changed. ${whom}`;
const closed =
  ':no_entry: This account may not use this bot for last seen. Nothing was changed. If it should be able to, ask whoever runs the bot.';

describe.each(modes)('where nobody is named, in %s mode,', (mode) => {
  test.each([
    ['guest', 'guest', guests],
    ['single-channel-guest', 'guest', guests],
    ['outsider', 'outsider', outsiders],
    ['deactivated', 'nobody', closed],
  ] as const)('a %s may do nothing', async (kind, why, sentence) => {
    await using world = await startWorld({ mode });
    become(world, world.carla, kind);
    const types = (text: string) =>
      world.carla.types(publicChannel, `/lastseen ${text}`.trim(), { force: true });
    const words = ['status', 'history', 'history 0123456789ab', 'nobody', 'except +55 11 98765-4321'];
    const asked = await askedMeanwhile(world, async () => {
      const form = await forceOpen(world, world.carla);
      await form.says(sentence);
      expect(form.text()).toBe(sentence);
      expect(form.open().submit).toBeUndefined();
      await world.carla.closes();
      // By now it is known.
      for (const text of ['', ...words]) await types(text);
      await world.slack.until(() => whispered(world, world.carla).length === 6, 'the refusals', 10_000);
    });
    expect(asked).toEqual([]);
    expect(whispered(world, world.carla)).toEqual(Array.from({ length: 6 }, () => sentence));
    expect(world.carla.modal()).toBeUndefined();
    const refused = `${world.carla.id} command ${why}`;
    expect(await refusalsIn(world)).toEqual(Array.from({ length: 7 }, () => refused));
  });

  test('every full member may, and the log says so at the start', async () => {
    await using world = await startWorld({ mode });
    expect(world.logs.filter((line) => line.includes(allMay))).toHaveLength(1);
    const form = await openForm(world, { person: world.bruno });
    await form.choose('Nobody');
    await form.save();
    expect(world.account.lastSeen).toBe('NONE');
    expect(await refusalsIn(world)).toEqual([]);
  });

  test('a member of the workspace is let in who was a guest a moment ago', async () => {
    await using world = await startWorld({ mode });
    become(world, world.carla, 'guest');
    await world.carla.types(publicChannel, '/lastseen nobody');
    await world.slack.until(() => whispered(world, world.carla)[0], 'the refusal', 10_000);
    become(world, world.carla, 'member');
    await world.carla.types(publicChannel, '/lastseen nobody');
    await world.zapi.until(() => world.account.lastSeen === 'NONE', 'the change', 10_000);
  });
});

test.each(modes)('the log does not say that all may where somebody is named, in %s mode', async (mode) => {
  await using world = await startWorld({ mode, env: { ALLOWED_USERGROUPS: 'S0SHOP' } });
  expect(world.logs.join('')).not.toContain(allMay);
});
