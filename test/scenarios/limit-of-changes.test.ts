import { describe, expect, test } from '@jest/globals';
import { buttonsOf, press } from '../buttons.ts';
import { saveAndTell, saveChange, toldNext } from '../save-change.ts';
import { changesOf, startTwoNumbers, supportInstance } from '../two-numbers.ts';
import { instanceId, modes, openForm, publicChannel, startWorld, type World, whispered } from '../world.ts';
import { askedMeanwhile, refusalsIn } from './people.ts';

const env = { MAX_CHANGES_PER_HOUR: '2' };
const mine = 'You made 2 changes within the last hour, and more are not taken. Nothing was changed.';
const ofNumber =
  'This number had 2 changes within the last hour, and more are not taken. Nothing was changed.';

const line = async (world: World, text: string, person = world.ana) => {
  const before = world.logs.filter((logged) => logged.includes('change accepted')).length;
  await person.types(publicChannel, `/lastseen ${text}`);
  await world.accepted(before + 1);
};

/** From when on the next change is taken, by what was said. */
const freeAtMs = (text: string) => Number(/<!date\^(\d+)\^/.exec(text)?.[1]) * 1000;

describe.each(modes)('MAX_CHANGES_PER_HOUR, in %s mode,', (mode) => {
  test('keeps one Save too many in the form, with what was typed and from when on it is taken', async () => {
    await using world = await startWorld({ mode, env });
    await saveAndTell(world, { option: 'Nobody' });
    const afterFirstMs = Date.now();
    await saveAndTell(world, { option: 'My contacts' });
    const form = await openForm(world);
    await form.choose('My contacts except…');
    await form.shows('Hide from');
    await form.write('Hide from', '+55 11 98765-4321');
    const changes = world.changes().length;
    await form.save();
    expect(form.text()).toContain(`:no_entry: ${mine} Try again from <!date^`);
    const toWaitMs = freeAtMs(form.text()) - afterFirstMs;
    expect(toWaitMs).toBeGreaterThan(3_500_000);
    expect(toWaitMs).toBeLessThanOrEqual(3_600_000);
    expect(form.value('Hide from')).toBe('+55 11 98765-4321');
    expect(form.chosen()).toBe('My contacts except…');
    expect(form.open().submit).toBe('Save again');
    expect(world.changes()).toHaveLength(changes);
    // It is no refusal: the person may.
    expect(await refusalsIn(world)).toEqual([]);
  });

  test('counts a person over all numbers, and a number over all people', async () => {
    await using world = await startTwoNumbers({ mode, env });
    await line(world, 'nobody on sales');
    await line(world, 'nobody on support');
    await world.ana.types(publicChannel, '/lastseen nobody on support');
    const said = await world.slack.until(
      () => whispered(world, world.ana).find((text) => text.startsWith(':no_entry:')),
      'the sentence',
      10_000,
    );
    expect(said).toContain(mine);
    await line(world, 'nobody on sales', world.bruno);
    await world.carla.types(publicChannel, '/lastseen nobody on sales');
    const told = await world.slack.until(() => whispered(world, world.carla)[0], 'the sentence', 10_000);
    expect(told).toContain(ofNumber);
    await line(world, 'nobody on support', world.carla);
    await world.stopped();
    expect(changesOf(world, instanceId)).toHaveLength(2);
    expect(changesOf(world, supportInstance)).toHaveLength(2);
  });

  test('counts changes in one line, and Saves after them', async () => {
    await using world = await startWorld({ mode, env });
    await line(world, 'nobody');
    await line(world, 'nobody');
    const form = await saveChange(world, { option: 'My contacts' });
    expect(form.text()).toContain(mine);
    const changes = await askedMeanwhile(world, async () => {
      await world.ana.types(publicChannel, '/lastseen nobody');
      await world.slack.until(
        () => whispered(world, world.ana).at(-1)?.includes(mine),
        'the sentence',
        10_000,
      );
    });
    expect(changes).toEqual([]);
  });

  test('is told after the question of a change in one line', async () => {
    await using world = await startWorld({ mode, env });
    await world.ana.types(publicChannel, '/lastseen everyone');
    const question = await world.slack.until(
      () => world.slack.messages(publicChannel).find((message) => buttonsOf(message).includes('Change it')),
      'the question',
      10_000,
    );
    await line(world, 'nobody');
    await line(world, 'nobody');
    await press(world.ana, question, 'Change it');
    await world.slack.until(() => whispered(world, world.ana).at(-1)?.includes(mine), 'the sentence', 10_000);
    await world.stopped();
    expect(world.account.lastSeen).toBe('NONE');
  });

  test('does not hold up Undo', async () => {
    await using world = await startWorld({ mode, env });
    await saveAndTell(world, { option: 'Nobody' });
    const { message } = await saveAndTell(world, { option: 'Everyone' });
    await press(world.ana, message, 'Undo');
    await toldNext(world, 2);
    expect(world.account.lastSeen).toBe('NONE');
  });

  test.each([
    ['Slack delivers twice', false],
    ['is double-clicked', true],
  ])('counts a Save once that %s', async (_, twice) => {
    await using world = await startWorld({ mode, env });
    const form = await openForm(world);
    await form.choose('Nobody');
    if (!twice) world.slack.inject({ kind: 'duplicate-delivery', times: 1 });
    await world.ana.submits({ twice });
    await toldNext(world, 0);
    expect(form.isOpen()).toBe(false);
    await saveAndTell(world, { option: 'My contacts' });
    const refused = await saveChange(world, { option: 'Nobody' });
    expect(refused.text()).toContain(mine);
    await world.stopped();
    expect(world.changes()).toHaveLength(2);
  });

  test('answers the second delivery of the last Save that was taken as the first', async () => {
    await using world = await startWorld({ mode, env: { MAX_CHANGES_PER_HOUR: '1' } });
    const form = await openForm(world);
    await form.choose('Nobody');
    world.slack.inject({ kind: 'duplicate-delivery', times: 1 });
    await form.save();
    await toldNext(world, 0);
    await world.stopped();
    expect(form.isOpen()).toBe(false);
    expect(world.changes()).toHaveLength(1);
  });

  test('unset limits nothing', async () => {
    await using world = await startWorld({ mode });
    for (let count = 0; count < 12; count += 1) await line(world, 'nobody');
    await world.stopped();
    expect(world.changes()).toHaveLength(12);
  });
});
