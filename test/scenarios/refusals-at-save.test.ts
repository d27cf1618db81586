import { describe, expect, jest, test } from '@jest/globals';
import { ana, bruno, carla, inBothModes, modes, openForm, startWorld, type World } from '../world.ts';
import { askedMeanwhile, become, refusalsIn } from './people.ts';

const group = { id: 'S0SHOP', handle: 'shop', name: 'Shop', users: [ana, carla] };

jest.setTimeout(60_000);

/** Somebody has filled in the form, with a number that would be looked up and a list that would be read. */
async function fillIn(world: World, person = world.carla) {
  const form = await openForm(world, { person });
  await form.choose('My contacts except…');
  await form.says('Nobody is on the list now.');
  await form.write('Hide from', '+55 11 98765-4321');
  return form;
}

describe.each(modes)('a Save, in %s mode,', (mode) => {
  test.each([
    ['guest', 'Guests may not use this bot for last seen.'],
    ['outsider', 'Only people of this workspace may use this bot for last seen'],
    ['deactivated', 'This account may not use this bot for last seen.'],
  ] as const)('of somebody who has become a %s is refused, and Z-API hears nothing', async (kind, says) => {
    await using world = await startWorld({ mode, env: { ADMIN_CONTACT: bruno } });
    const form = await fillIn(world);
    become(world, world.carla, kind);
    expect(await askedMeanwhile(world, form.save)).toEqual([]);
    expect(form.text()).toContain(says);
    expect(form.text()).toContain('Nothing was changed.');
    expect(form.text()).toContain('ask <@U0BRUNO>.');
    expect(form.open().submit).toBeUndefined();
    const why = { guest: 'guest', outsider: 'outsider', deactivated: 'nobody' }[kind];
    expect(await refusalsIn(world)).toEqual([`${carla} save ${why}`]);
    expect(world.changes()).toEqual([]);
  });

  test('of somebody who was taken out of the user group is refused', async () => {
    const env = { ALLOWED_USERGROUPS: group.id };
    await using world = await startWorld({ mode, env, userGroups: [group] });
    const form = await fillIn(world);
    const [live] = world.slack.userGroups;
    live?.users.splice(live.users.indexOf(carla), 1);
    expect(await askedMeanwhile(world, form.save)).toEqual([]);
    expect(form.text()).toContain('You are not among those who may use this bot for last seen.');
    expect(await refusalsIn(world)).toEqual([`${carla} save not-listed`]);
  });

  test('of somebody who may goes through, though others are refused', async () => {
    await using world = await startWorld({ mode });
    const refused = await fillIn(world);
    const form = await fillIn(world, world.ana);
    become(world, world.carla, 'guest');
    await Promise.all([refused.save(), form.save()]);
    expect(form.isOpen()).toBe(false);
    expect(world.account.disallowed).toEqual(['5511987654321']);
  });
});

test('a Save that is refused is answered in time, though Z-API hangs and Slack is slow', () =>
  inBothModes(async (mode) => {
    await using world = await startWorld({ mode });
    const form = await fillIn(world);
    become(world, world.carla, 'guest');
    world.zapi.inject({ kind: 'hang', applied: false });
    world.slack.inject({ kind: 'slow', delayMs: 1_200 });
    const begunMs = performance.now();
    await form.save();
    expect(performance.now() - begunMs).toBeLessThan(3_000);
    expect(form.open().notice).toBeUndefined();
    expect(form.text()).toContain('Guests may not use this bot for last seen.');
    world.slack.clearFaults();
    world.zapi.clearFaults();
  }));
