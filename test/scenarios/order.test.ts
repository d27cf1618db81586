import { describe, expect, test } from '@jest/globals';
import { modes, openForm, publicChannel, startWorld, toldIn } from '../world.ts';

describe.each(modes)('changes of several people, in %s mode', (mode) => {
  test('arrive one after another, in the order saved, and are told in that order', async () => {
    await using world = await startWorld({ mode });
    world.zapi.inject({ kind: 'slow', path: '/privacy/last-seen', delayMs: 300 });
    let mostAtOnce = 0;
    world.zapi.onChange(() => {
      const underWay = world.changes().filter(({ status }) => status === undefined).length;
      mostAtOnce = Math.max(mostAtOnce, underWay);
    });
    const people = [
      { person: world.bruno, option: 'Everyone', wire: 'ALL' },
      { person: world.carla, option: 'Nobody', wire: 'NONE' },
      { person: world.ana, option: 'My contacts', wire: 'CONTACTS' },
    ];
    const forms = await Promise.all(people.map(({ person }) => openForm(world, { person })));
    for (const [index, { option }] of people.entries()) await forms[index]?.choose(option);

    // In HTTP mode each submission has a connection of its own: the next is sent when the one before has arrived.
    const saved: Promise<void>[] = [];
    for (const form of forms) {
      saved.push(form.save());
      await world.accepted(saved.length);
    }
    await Promise.all(saved);
    await world.stopped();
    expect(world.changes().map(({ body }) => body)).toEqual(
      people.map(({ wire }) => ({ visualizationType: wire })),
    );
    expect(mostAtOnce).toBe(1);
    expect(world.account.lastSeen).toBe('CONTACTS');
    expect(toldIn(world, publicChannel).map(({ text }) => text)).toEqual(
      people.map(({ person, option }) =>
        expect.stringMatching(new RegExp(`^Last seen changed: <@${person.id}> .* to ${option}\\.$`)),
      ),
    );
  });

  test('do not wait for a Slack that does not take the first message', async () => {
    await using world = await startWorld({ mode });
    world.slack.inject({ kind: 'rate-limited', method: 'chat.postMessage', retryAfterSeconds: 4, times: 1 });
    for (const option of ['Nobody', 'Everyone']) {
      const form = await openForm(world);
      await form.choose(option);
      await form.save();
      expect(form.isOpen()).toBe(false);
    }
    expect(world.account.lastSeen).toBe('ALL');
    expect(toldIn(world, publicChannel)).toEqual([]);
    await world.stopped();
    expect(toldIn(world, publicChannel).map(({ text }) => text.split(' to ').at(-1))).toEqual([
      'Nobody.',
      'Everyone.',
    ]);
  });
});
