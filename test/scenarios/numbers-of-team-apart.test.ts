import { describe, expect, test } from '@jest/globals';
import { buttonsOf, press } from '../buttons.ts';
import { saveChange, toldNext } from '../save-change.ts';
import { changesOf, startTwoNumbers, supportInstance } from '../two-numbers.ts';
import {
  ana,
  bruno,
  changeIdsIn,
  formOf,
  instanceId,
  modes,
  openForm,
  publicChannel,
  saidIn,
  secrets,
  toldIn,
  type World,
  whispered,
} from '../world.ts';

const lastSeen = '/privacy/last-seen';

async function saveOnSupport(world: World, option: string, person = world.bruno) {
  if (person.modal()) await person.closes();
  const form = await openForm(world, { person, text: '/lastseen on support' });
  await form.says('Changes *Support*');
  if (form.chosen() !== option) await form.choose(option);
  await form.save();
}

async function answerTo(world: World, text: string, person = world.ana): Promise<string> {
  const before = whispered(world, person).length;
  await person.types(publicChannel, text);
  return world.slack.until(() => whispered(world, person)[before], `the answer to ${text}`, 10_000);
}

describe.each(modes)('the two numbers of a team, in %s mode', (mode) => {
  test('have their changes in order, each its own: a slow one does not hold up the other', async () => {
    await using world = await startTwoNumbers({ mode });
    const path = `/${instanceId}/token/${secrets.instanceToken}${lastSeen}`;
    // Longer than both forms wait.
    world.zapi.inject({ kind: 'slow', path, delayMs: 8_000, times: 1 });
    await saveChange(world, { option: 'Nobody' });
    await saveChange(world, { option: 'Everyone', person: world.carla });
    await saveOnSupport(world, 'My contacts');
    const first = await toldNext(world, 0);
    expect(saidIn(first)).toContain('Support');
    expect(changesOf(world, supportInstance)).toEqual([{ visualizationType: 'CONTACTS' }]);
    await toldNext(world, 2);
    expect(changesOf(world, instanceId)).toEqual([
      { visualizationType: 'NONE' },
      { visualizationType: 'ALL' },
    ]);
  }, 30_000);

  test('keep Undo to the number of the change', async () => {
    await using world = await startTwoNumbers({ mode });
    for (const option of ['Nobody', 'Everyone']) {
      await saveOnSupport(world, option);
      await toldNext(world, option === 'Nobody' ? 0 : 1);
    }
    await saveChange(world, { option: 'My contacts' });
    await toldNext(world, 2);
    const [, message] = toldIn(world, publicChannel);
    if (!message) throw new Error('no message');
    await press(world.ana, message, 'Undo');
    expect(saidIn(await toldNext(world, 3))).toContain('Support');
    expect(changesOf(world, supportInstance).at(-1)).toEqual({ visualizationType: 'NONE' });
    expect(changesOf(world, instanceId)).toEqual([{ visualizationType: 'CONTACTS' }]);
  });

  test('keep Try again to the number of the change', async () => {
    await using world = await startTwoNumbers({ mode });
    world.zapi.inject({ kind: 'success-false', path: lastSeen });
    await saveOnSupport(world, 'Nobody');
    const message = await toldNext(world, 0);
    expect(buttonsOf(message)).toEqual(['Try again']);
    world.zapi.clearFaults();
    await press(world.ana, message, 'Try again');
    const form = formOf(world, world.ana);
    await form.says('Changes *Support*');
    expect(form.chosen()).toBe('Nobody');
    await form.save();
    await toldNext(world, 1);
    expect(changesOf(world, supportInstance).at(-1)).toEqual({ visualizationType: 'NONE' });
    expect(changesOf(world, instanceId)).toEqual([]);
  });

  test('are named in status and history, to each person those that they may change', async () => {
    const env = { ZAPI_SALES_ALLOWED_USERS: ana, ZAPI_SUPPORT_ALLOWED_USERS: `${ana},${bruno}` };
    await using world = await startTwoNumbers({ mode, env });
    await saveChange(world, { option: 'Nobody' });
    const sales = await toldNext(world, 0);
    await saveOnSupport(world, 'Everyone');
    await toldNext(world, 1);

    const all = await answerTo(world, '/lastseen status');
    expect(all).toContain('*Last seen of Sales (+55 11 94000-1000)*\n• Who can see it: *Nobody*');
    expect(all).toContain('*Last seen of Support (+55 11 94000-2000)*\n• Who can see it: *Everyone*');
    const one = await answerTo(world, '/lastseen status on support');
    expect(one).not.toContain('Sales');
    expect(await answerTo(world, '/lastseen status', world.bruno)).not.toContain('Sales');
    expect(await answerTo(world, '/lastseen status on sales', world.bruno)).toContain(
      'There is no number “sales” for you here. Nothing was changed. Say which one, at the end: `on support`.',
    );

    await answerTo(world, '/lastseen history');
    await answerTo(world, '/lastseen history', world.bruno);
    const shown = (person = world.ana) =>
      saidIn(
        person
          .sees(publicChannel)
          .filter(({ visibleTo }) => visibleTo === person.id)
          .at(-1) ?? sales,
      );
    expect(shown()).toContain('* · on Sales (+55 11 •••••-1000) · <@');
    expect(shown()).toContain('* · on Support (+55 11 •••••-2000) · <@');
    expect(shown(world.bruno)).toContain('on Support');
    expect(shown(world.bruno)).not.toContain('Sales');
    const [id = ''] = changeIdsIn([sales]);
    expect(await answerTo(world, `/lastseen history ${id}`, world.bruno)).toContain('no change');
    expect(await answerTo(world, `/lastseen history ${id}`)).toContain('Sales (+55 11 94000-1000)');
  });
});
