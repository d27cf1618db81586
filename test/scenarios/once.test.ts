import { describe, expect, test } from '@jest/globals';
import {
  auditMessageIn,
  changeIdsIn,
  modes,
  openForm,
  publicChannel,
  startWorld,
  toldIn,
  whispered,
} from '../world.ts';

const twice = { kind: 'duplicate-delivery', times: 1 } as const;

describe.each(modes)('what arrives twice, in %s mode', (mode) => {
  test('as a command opens one form', async () => {
    await using world = await startWorld({ mode });
    world.slack.inject(twice);
    const form = await openForm(world);
    // By the answer to another command the second delivery has been dealt with, too.
    await world.ana.types(publicChannel, '/lastseen help');
    await world.stopped();
    expect(form.isOpen()).toBe(true);
    const opened = world.slack.calls.filter(({ method, reply }) => method === 'views.open' && reply?.ok);
    expect(opened).toHaveLength(1);
    expect(whispered(world, world.ana)).toEqual([expect.stringContaining('`/lastseen help` shows this.')]);
  });

  test('as a choice shows the inputs once', async () => {
    await using world = await startWorld({ mode, hidden: ['5521912345678'] });
    const form = await openForm(world);
    world.slack.inject(twice);
    await form.choose('My contacts except…');
    await form.says('+55 21 91234-5678');
    await world.stopped();
    expect(form.labels()).toEqual([
      'Who can see last seen',
      'Hide from',
      'Hide from contacts',
      'Show again to',
    ]);
  });

  test.each([
    ['at once', 0],
    ['slowly', 500],
  ])('as a submission is one change and one message, where Z-API answers %s', async (_, delayMs) => {
    await using world = await startWorld({ mode });
    const form = await openForm(world);
    await form.choose('Nobody');
    world.zapi.inject({ kind: 'slow', path: '/privacy/last-seen', delayMs });
    world.slack.inject(twice);
    await form.save();
    await auditMessageIn(world);
    await world.stopped();
    expect(form.isOpen()).toBe(false);
    expect(world.changes()).toHaveLength(1);
    expect(toldIn(world, publicChannel)).toHaveLength(1);
  });

  test('as a submission that is refused is refused, and can be corrected', async () => {
    await using world = await startWorld({ mode });
    const form = await openForm(world);
    await form.choose('My contacts except…');
    await form.shows('Hide from');
    await form.write('Hide from', '1198');
    world.slack.inject(twice);
    await form.save();
    expect(form.error('Hide from')).toContain('“1198”');
    await form.write('Hide from', '+55 11 98765-4321');
    await form.save();
    expect(form.isOpen()).toBe(false);
    expect(world.changes()).toHaveLength(1);
  });

  test.each([
    ['at once', 0],
    ['slowly', 500],
  ])('as two Saves of one form is one change and one message, where Z-API answers %s', async (_, delayMs) => {
    await using world = await startWorld({ mode });
    const form = await openForm(world);
    await form.choose('Nobody');
    world.zapi.inject({ kind: 'slow', path: '/privacy/last-seen', delayMs });
    await world.ana.submits({ twice: true });
    await auditMessageIn(world);
    await world.stopped();
    expect(form.isOpen()).toBe(false);
    expect(world.changes()).toHaveLength(1);
    expect(toldIn(world, publicChannel)).toHaveLength(1);
  });

  test('is not what is saved again after a failure', async () => {
    await using world = await startWorld({ mode });
    world.zapi.inject({ kind: 'success-false', path: '/privacy/last-seen', times: 1 });
    const form = await openForm(world);
    await form.choose('Nobody');
    await world.ana.submits({ twice: true });
    await form.says('*Not saved.*');
    await form.save();
    await world.stopped();
    expect(world.changes()).toHaveLength(2);
    const ids = changeIdsIn(toldIn(world, publicChannel));
    expect(new Set(ids).size).toBe(2);
  });
});
