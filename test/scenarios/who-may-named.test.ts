import { describe, expect, test } from '@jest/globals';
import {
  ana,
  bruno,
  carla,
  directMessage,
  modes,
  openForm,
  publicChannel,
  startWorld,
  strangeChannel,
  type World,
  whispered,
} from '../world.ts';
import { askedMeanwhile, become, forceOpen, lookUpsOf, refusalsIn } from './people.ts';

const group = 'S0SHOP';
const shop = (...users: string[]) => [{ id: group, handle: 'shop', name: 'Shop', users }];
const notListed =
  ':no_entry: You are not among those who may use this bot for last seen. Nothing was changed. If you should be, ask <@U0BRUNO>.';
const env = { ADMIN_CONTACT: bruno };

const refusalOf = (world: World, person = world.carla, channel = publicChannel) =>
  world.slack.until(() => whispered(world, person, channel)[0], 'the refusal', 10_000);

describe.each(modes)('in %s mode, ALLOWED_USERS', (mode) => {
  test('shows those it names the whole form at once, and asks Slack nothing', async () => {
    await using world = await startWorld({ mode, env: { ALLOWED_USERS: `${ana},${bruno}` } });
    const before = world.slack.calls.length;
    const form = await openForm(world);
    await world.stopped();
    expect(world.slack.calls.slice(before).map(({ method }) => method)).toEqual(['views.open']);
    expect(form.text()).toContain('+55 11 94000-1000* (Padaria Sol)');
    expect(form.text()).toContain('This bot has not set it');
  });

  test('refuses everybody else, and asks neither Slack nor Z-API', async () => {
    await using world = await startWorld({ mode, env: { ...env, ALLOWED_USERS: ana } });
    const asked = await askedMeanwhile(world, async () => {
      await world.carla.types(publicChannel, '/lastseen');
      expect(await refusalOf(world)).toBe(notListed);
    });
    expect(asked).toEqual([]);
    expect(lookUpsOf(world)).toEqual([]);
    expect(world.carla.modal()).toBeUndefined();
    expect(await refusalsIn(world)).toEqual([`${carla} command not-listed`]);
  });
});

describe.each(modes)('in %s mode, ALLOWED_USERGROUPS', (mode) => {
  test('lets in who is in the group, and remembers it for a moment', async () => {
    const userGroups = shop(carla);
    await using world = await startWorld({ mode, env: { ALLOWED_USERGROUPS: group }, userGroups });
    await openForm(world, { person: world.carla });
    await world.carla.closes();
    await openForm(world, { person: world.carla });
    await world.stopped();
    expect(lookUpsOf(world).toSorted()).toEqual(['usergroups.users.list', 'users.info']);
  });

  test('refuses members who are not in it, and guests who are', async () => {
    const userGroups = shop(bruno, carla);
    await using world = await startWorld({ mode, env: { ...env, ALLOWED_USERGROUPS: group }, userGroups });
    become(world, world.carla, 'guest');
    const asked = await askedMeanwhile(world, async () => {
      const form = await forceOpen(world, world.ana);
      await form.says(notListed);
      const ofGuest = await forceOpen(world, world.carla);
      await ofGuest.says(':no_entry: Guests may not use this bot for last seen.');
    });
    expect(asked).toEqual([]);
    expect((await refusalsIn(world)).toSorted()).toEqual([
      `${ana} command not-listed`,
      `${carla} command guest`,
    ]);
  });

  test('and ALLOWED_USERS let in whoever is in either', async () => {
    const userGroups = shop(bruno);
    const rules = { ALLOWED_USERS: ana, ALLOWED_USERGROUPS: `${group},S0OTHER` };
    await using world = await startWorld({ mode, env: { ...env, ...rules }, userGroups });
    // A group that Slack does not know keeps nobody out who is in another one.
    await openForm(world, { person: world.ana });
    await openForm(world, { person: world.bruno });
    await world.carla.types(publicChannel, '/lastseen nobody');
    expect(await refusalOf(world)).toContain('Slack did not say who you are');
    expect(world.changes()).toEqual([]);
  });
});

describe.each(modes)('in %s mode, ALLOWED_CHANNELS', (mode) => {
  test('lets in from there, and tells everybody else where to go', async () => {
    const rules = { ALLOWED_CHANNELS: `${publicChannel},${strangeChannel}` };
    await using world = await startWorld({ mode, env: { ...env, ...rules } });
    await openForm(world, { channel: strangeChannel });
    const lookUps = lookUpsOf(world).length;
    const asked = await askedMeanwhile(world, async () => {
      await world.ana.types(directMessage, '/lastseen nobody');
      expect(await refusalOf(world, world.ana, directMessage)).toBe(
        ":no_entry: This bot can't be used for last seen from here. Nothing was changed. Go to <#C0OPS> or <#C0SALES>, or ask <@U0BRUNO>.",
      );
    });
    expect(asked).toEqual([]);
    expect(lookUpsOf(world)).toHaveLength(lookUps);
    expect(await refusalsIn(world)).toEqual([`${ana} command other-channel`]);
  });

  test('lets no guest in who is there', async () => {
    await using world = await startWorld({ mode, env: { ALLOWED_CHANNELS: publicChannel } });
    become(world, world.carla, 'guest');
    const form = await forceOpen(world, world.carla);
    await form.says(':no_entry: Guests may not use this bot for last seen.');
  });
});
