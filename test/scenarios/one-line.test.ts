import { describe, expect, test } from '@jest/globals';
import { buttonsOf, press } from '../buttons.ts';
import { saveAndTell, toldNext } from '../save-change.ts';
import { changesOf, startTwoNumbers, supportInstance } from '../two-numbers.ts';
import {
  bruno,
  instanceId,
  modes,
  publicChannel,
  saidIn,
  startWorld,
  toldIn,
  type World,
  whispered,
} from '../world.ts';

async function answerTo(world: World, text: string, person = world.ana): Promise<string> {
  const before = whispered(world, person).length;
  await person.types(publicChannel, text);
  return world.slack.until(() => whispered(world, person)[before], `the answer to ${text}`, 10_000);
}

async function expectNothingDone(world: World): Promise<void> {
  await world.stopped();
  expect(world.changes()).toEqual([]);
  expect(toldIn(world, publicChannel)).toEqual([]);
}

const sent = (visualizationType: string, ...contactsBlacklist: [string, string][]) => ({
  visualizationType,
  ...(contactsBlacklist.length > 0 && {
    contactsBlacklist: contactsBlacklist.map(([action, phone]) => ({ action, phone })),
  }),
});

describe.each(modes)('a change in one line, in %s mode', (mode) => {
  test.each(['nobody', 'NINGUÉM', 'ninguem', ' Nobody '])('“%s” is made and told at once', async (words) => {
    await using world = await startWorld({ mode });
    await world.ana.types(publicChannel, `/lastseen ${words}`);
    const message = await toldNext(world, 0);
    expect(saidIn(message)).toContain('<@U0ANA> set who can see the last seen of');
    expect(world.changes().map(({ body }) => body)).toEqual([sent('NONE')]);
    await world.stopped();
    expect(whispered(world, world.ana)).toEqual([]);
    expect(world.ana.modal()).toBeUndefined();
  });

  test('of fewer people than before is made at once, and can be undone', async () => {
    await using world = await startWorld({ mode });
    await saveAndTell(world, { option: 'Everyone' });
    for (const [index, words] of [
      'contatos',
      'except +55 11 98765-4321 +5521912345678',
      'nobody',
    ].entries()) {
      await world.ana.types(publicChannel, `/lastseen ${words}`);
      await toldNext(world, index + 1);
    }
    expect(world.changes().map(({ body }) => body)).toEqual([
      sent('ALL'),
      sent('CONTACTS'),
      sent('CONTACT_BLACKLIST', ['add', '5511987654321'], ['add', '5521912345678']),
      sent('NONE'),
    ]);
    const message = await toldNext(world, 3);
    expect(buttonsOf(message)).toEqual(['Undo']);
    await press(world.bruno, message, 'Undo');
    await toldNext(world, 4);
    expect(world.changes().at(-1)?.body).toEqual(sent('CONTACT_BLACKLIST'));
    expect(whispered(world, world.ana)).toEqual([]);
  });

  test('sends what is real, in the form that WhatsApp has, and says what was so before', async () => {
    await using world = await startWorld({ mode, hidden: ['5521912345678'] });
    world.zapi.whatsapp.registered.push('551187654321');
    await saveAndTell(world, { option: 'Everyone' });
    await world.ana.types(publicChannel, '/lastseen exceto +55 (11) 98765-4321, +55 21 91234-5678');
    const said = saidIn(await toldNext(world, 1));
    expect(world.changes().at(-1)?.body).toEqual(sent('CONTACT_BLACKLIST', ['add', '551187654321']));
    expect(said).toContain('*Already so for 1:* +55 21 •••••-5678');
    expect(said).toContain('Verified: the list was read again and shows it.');
  });

  test('names a number that is not on WhatsApp, and changes nothing', async () => {
    await using world = await startWorld({ mode });
    world.zapi.whatsapp.notRegistered.push('5511987654321');
    expect(await answerTo(world, '/lastseen except +55 11 98765-4321')).toBe(
      '+55 11 98765-4321 is not on WhatsApp. Nothing was changed. Correct the number, or take it out.',
    );
    await expectNothingDone(world);
  });

  test.each([
    ['except +1198', '“+1198” is too short for a phone number. Type all of its digits'],
    ['except +55 11 98765-4321 and others', '“+55 11 98765-4321 and others” is not a phone number'],
    ['except', 'Nobody is hidden yet.'],
  ])('“%s” says what is wrong, and that nothing was changed', async (words, wrong) => {
    await using world = await startWorld({ mode });
    const said = await answerTo(world, `/lastseen ${words}`);
    expect(said).toContain('Nothing was changed.');
    expect(said).toContain(wrong);
    await expectNothingDone(world);
  });

  test.each(['nobody please', 'everyone except my mother', 'except 5511987654321', 'except Maria', 'nenhum'])(
    '“%s” gets the help, and that nothing was changed',
    async (words) => {
      await using world = await startWorld({ mode });
      const said = await answerTo(world, `/lastseen ${words}`);
      expect(said).toContain('Nothing was changed.');
      expect(said).toContain('`/lastseen help` shows this.');
      await expectNothingDone(world);
    },
  );

  test.each([
    ['ajuda', '`/lastseen help` shows this.'],
    ['histórico', 'This bot has not been asked for any change yet.'],
    ['HISTORICO', 'This bot has not been asked for any change yet.'],
  ])('“%s” is understood, too', async (words, answer) => {
    await using world = await startWorld({ mode });
    const said = await answerTo(world, `/lastseen ${words}`);
    expect(said).toContain(answer);
    expect(said).not.toContain('I did not understand');
  });

  test('is not for whoever may not', async () => {
    await using world = await startWorld({ mode, env: { ALLOWED_USERS: bruno } });
    expect(await answerTo(world, '/lastseen nobody')).toContain(
      'You are not among those who may use this bot',
    );
    await expectNothingDone(world);
  });

  test('is one change, delivered twice', async () => {
    await using world = await startWorld({ mode });
    world.slack.inject({ kind: 'duplicate-delivery', times: 1 });
    await world.ana.types(publicChannel, '/lastseen nobody');
    await toldNext(world, 0);
    await world.stopped();
    expect(world.changes()).toHaveLength(1);
    expect(toldIn(world, publicChannel)).toHaveLength(1);
  });
});

describe.each(modes)('a change in one line where there are two numbers, in %s mode', (mode) => {
  test('asks which one, and takes it by its name', async () => {
    await using world = await startTwoNumbers({ mode });
    expect(await answerTo(world, '/lastseen nobody')).toBe(
      'You may change several numbers. Nothing was changed. Say which one, at the end: `on sales`, `on support`.',
    );
    expect(world.changes()).toEqual([]);
    await world.ana.types(publicChannel, '/lastseen nobody on support');
    expect(saidIn(await toldNext(world, 0))).toContain('Support');
    await world.ana.types(publicChannel, '/lastseen ninguém em Sales');
    expect(saidIn(await toldNext(world, 1))).toContain('Sales');
    expect(changesOf(world, supportInstance)).toEqual([sent('NONE')]);
    expect(changesOf(world, instanceId)).toEqual([sent('NONE')]);
  });

  test('does not ask whoever may change one, and knows no other', async () => {
    await using world = await startTwoNumbers({ mode, env: { ZAPI_SALES_ALLOWED_USERS: bruno } });
    expect(await answerTo(world, '/lastseen nobody on sales')).toContain(
      'There is no number “sales” for you here.',
    );
    expect(world.changes()).toEqual([]);
    await world.ana.types(publicChannel, '/lastseen nobody');
    await toldNext(world, 0);
    expect(changesOf(world, supportInstance)).toEqual([sent('NONE')]);
    expect(changesOf(world, instanceId)).toEqual([]);
  });
});
