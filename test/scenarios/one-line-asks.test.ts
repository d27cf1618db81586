import { describe, expect, test } from '@jest/globals';
import type { Message } from '../../fakes/slack/types.ts';
import { buttonsOf, press } from '../buttons.ts';
import { saveAndTell, toldNext } from '../save-change.ts';
import { changesOf, startTwoNumbers, supportInstance } from '../two-numbers.ts';
import { bruno, modes, publicChannel, startWorld, toldIn, type World, whispered } from '../world.ts';

function lastWhisper(world: World): Message | undefined {
  return world.ana
    .sees(publicChannel)
    .filter(({ visibleTo }) => visibleTo === world.ana.id)
    .at(-1);
}

async function questionTo(world: World, text: string): Promise<Message> {
  const before = lastWhisper(world)?.ts;
  await world.ana.types(publicChannel, text);
  const question = await world.slack.until(
    () => lastWhisper(world)?.ts !== before && lastWhisper(world),
    'the question',
    10_000,
  );
  expect(buttonsOf(question)).toEqual(['Change it', 'Cancel']);
  return question;
}

const bodies = (world: World) => world.changes().map(({ body }) => body);
const moreMaySee = '*More people may be able to see it then.*';

describe.each(modes)('a change in one line that lets more people see, in %s mode', (mode) => {
  test.each([
    ['todos', 'ALL', 'Everyone'],
    ['contacts', 'CONTACTS', 'My contacts'],
  ])(
    '“%s” is asked about first where it is not known what is set, and then made',
    async (words, sent, name) => {
      await using world = await startWorld({ mode });
      const question = await questionTo(world, `/lastseen ${words}`);
      expect(question.text).toContain('*What is set now is not known*');
      expect(question.text).toContain(`*unknown* → *${name}*. Nothing was changed yet.`);
      expect(world.changes()).toEqual([]);
      await press(world.ana, question, 'Change it');
      await toldNext(world, 0);
      expect(bodies(world)).toEqual([{ visualizationType: sent }]);
    },
  );

  test('is asked about only where it does', async () => {
    await using world = await startWorld({ mode });
    await saveAndTell(world, { option: 'My contacts' });
    await world.ana.types(publicChannel, '/lastseen contacts');
    await toldNext(world, 1);
    const question = await questionTo(world, '/lastseen everyone');
    expect(question.text).toContain(moreMaySee);
    expect(question.text).toContain('*My contacts* → *Everyone*');
  });

  test('asks before somebody is shown it again', async () => {
    await using world = await startWorld({ mode, hidden: ['5511987654321', '123456789012345@lid'] });
    await saveAndTell(world, { hide: '+55 21 91234-5678' });
    const question = await questionTo(
      world,
      '/lastseen except +351912345678 -55 11 98765-4321 -123456789012345@lid',
    );
    expect(question.text).toContain('*To hide from 1:* +351 912 345 678');
    expect(question.text).toContain('*To show again to 2:* +55 11 98765-4321');
    await press(world.ana, question, 'Change it');
    await toldNext(world, 1);
    expect(bodies(world).at(-1)).toEqual({
      visualizationType: 'CONTACT_BLACKLIST',
      contactsBlacklist: [
        { action: 'add', phone: '351912345678' },
        { action: 'remove', phone: '5511987654321' },
        { action: 'remove', phone: '123456789012345@lid' },
      ],
    });
  });

  test('is one change, pressed twice and delivered twice', async () => {
    await using world = await startWorld({ mode });
    const question = await questionTo(world, '/lastseen everyone');
    world.slack.inject({ kind: 'duplicate-delivery' });
    await Promise.all([press(world.ana, question, 'Change it'), press(world.ana, question, 'Change it')]);
    await toldNext(world, 0);
    await world.stopped();
    expect(bodies(world)).toEqual([{ visualizationType: 'ALL' }]);
    expect(toldIn(world, publicChannel)).toHaveLength(1);
  });

  test('is not made after Cancel', async () => {
    await using world = await startWorld({ mode });
    const question = await questionTo(world, '/lastseen everyone');
    await press(world.ana, question, 'Cancel');
    await world.slack.until(
      () => whispered(world, world.ana).includes('Nothing was changed.'),
      'the answer',
      10_000,
    );
    expect(lastWhisper(world)?.blocks ?? []).toEqual([]);
    await world.stopped();
    expect(world.changes()).toEqual([]);
    expect(toldIn(world, publicChannel)).toEqual([]);
  });

  test('is made after a restart of the bot', async () => {
    await using world = await startWorld({ mode });
    const question = await questionTo(world, '/lastseen everyone');
    await world.stopped();
    await world.startAnother();
    await press(world.ana, question, 'Change it');
    await toldNext(world, 0);
    expect(bodies(world)).toEqual([{ visualizationType: 'ALL' }]);
  });

  test('is not made for whoever may not any more', async () => {
    await using world = await startWorld({ mode });
    const question = await questionTo(world, '/lastseen everyone');
    await world.stopped();
    await world.startAnother({ ALLOWED_USERS: bruno });
    await press(world.ana, question, 'Change it');
    await world.slack.until(
      () => whispered(world, world.ana).join().includes('You are not among those'),
      'the refusal',
      10_000,
    );
    await world.stopped();
    expect(world.changes()).toEqual([]);
  });

  test('keeps its number', async () => {
    await using world = await startTwoNumbers({ mode });
    const question = await questionTo(world, '/lastseen everyone on support');
    expect(question.text).toContain('Support (+55 11 94000-2000)');
    await press(world.ana, question, 'Change it');
    await toldNext(world, 0);
    expect(changesOf(world, supportInstance)).toEqual([{ visualizationType: 'ALL' }]);
    expect(world.changes()).toHaveLength(1);
  });
});

describe.each(modes)('an odd number in one line, in %s mode', (mode) => {
  test('is asked about, and then taken', async () => {
    await using world = await startWorld({ mode });
    await saveAndTell(world, { option: 'Everyone' });
    const question = await questionTo(world, '/lastseen except +1 200 555 0123');
    expect(question.text).toContain('+1 200 555 0123 is not in a range of numbers known for its country.');
    expect(question.text).not.toContain(moreMaySee);
    await press(world.ana, question, 'Change it');
    await toldNext(world, 1);
    expect(bodies(world).at(-1)).toEqual({
      visualizationType: 'CONTACT_BLACKLIST',
      contactsBlacklist: [{ action: 'add', phone: '12005550123' }],
    });
  });
});
