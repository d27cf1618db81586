import { describe, expect, test } from '@jest/globals';
import { auditMessageIn, modes, openForm, startWorld, toldIn, type World } from '../world.ts';

async function openAtTheList(world: World) {
  const form = await openForm(world);
  await form.choose('My contacts except…');
  await form.says(world.account.disallowed.length > 0 ? '*On the list now' : 'Nobody is on the list now.');
  return form;
}

/** Nothing was asked of Z-API, and nobody was told anything. */
async function expectNothingDone(world: World): Promise<void> {
  await world.stopped();
  expect(world.changes()).toEqual([]);
  expect(world.slack.channels.flatMap(({ id }) => toldIn(world, id))).toEqual([]);
}

const added = (...phones: string[]) => ({
  visualizationType: 'CONTACT_BLACKLIST',
  contactsBlacklist: phones.map((phone) => ({ action: 'add', phone })),
});

describe.each(modes)('numbers, in %s mode', (mode) => {
  test('are taken as people write them, with their country code', async () => {
    await using world = await startWorld({ mode });
    const form = await openAtTheList(world);
    await form.write(
      'Hide from',
      '+55 (11) 98765-4321\n5521912345678, 0055 31 3232-1010;+1 (415) 555-2671\n\n tel:+44 20 7946 0958 \n＋351 912 345 678\n\u200e+49 30 901820\u202c',
    );
    await form.save();
    await auditMessageIn(world);
    expect(world.changes().map(({ body }) => body)).toEqual([
      added(
        '5511987654321',
        '5521912345678',
        '553132321010',
        '14155552671',
        '442079460958',
        '351912345678',
        '4930901820',
      ),
    ]);
  });

  test('are taken without their country code where DEFAULT_COUNTRY is set', async () => {
    await using world = await startWorld({ mode, env: { DEFAULT_COUNTRY: 'br' } });
    const form = await openAtTheList(world);
    await form.write(
      'Hide from',
      '(11) 98765-4321\n21 91234-5678\n031 3232 1010\n5541999998888\n+1 415 555 2671\n11 8765-4322',
    );
    await form.save();
    await auditMessageIn(world);
    expect(world.changes().map(({ body }) => body)).toEqual([
      added('5511987654321', '5521912345678', '553132321010', '5541999998888', '14155552671', '551187654322'),
    ]);
  });

  test('without their country code are refused where DEFAULT_COUNTRY is not set', async () => {
    await using world = await startWorld({ mode });
    const form = await openAtTheList(world);
    await form.write('Hide from', '(11) 98765-4321');
    await form.save();
    expect(form.error('Hide from')).toBe(
      'Line 1: “(11) 98765-4321” is not a phone number with its country code. Type it with + and the code first, such as +55 11 91234-5678.',
    );
    await expectNothingDone(world);
  });

  test('that are too short or too long are told as that, without a word of a country code that they have or need not have', async () => {
    await using world = await startWorld({ mode, env: { DEFAULT_COUNTRY: 'BR' } });
    const form = await openAtTheList(world);
    await form.write('Hide from', '+55 11 23\n9888\nabc\n(11) 98765-432100');
    await form.save();
    expect(form.error('Hide from')).toBe(
      [
        'Line 1: “+55 11 23” is too short for a phone number. Type all of its digits, with the area code if there is one.',
        'Line 2: “9888” is not a whole phone number. Type it with its area code, such as (11) 91234-5678.',
        'Line 3: “abc” is not a phone number. Correct it, and type nothing beside it.',
        'Line 4: “(11) 98765-432100” is too long for a phone number. Take out what does not belong to it.',
      ].join('\n'),
    );
    await expectNothingDone(world);
  });

  test('that are none are all named at once, under their field, and corrected they pass', async () => {
    await using world = await startWorld({ mode });
    const form = await openAtTheList(world);
    await form.write('Hide from', '+55 11 98765-4321\n\n1198\n+55 21 91234-5678, Maria\n<@U1>\n11 +5511');
    await form.save();
    expect(form.error('Hide from')).toBe(
      [
        'Line 3: “1198” is not a phone number with its country code. Type it with + and the code first, such as +55 11 91234-5678.',
        'Line 4: “Maria” is not a phone number. Correct it, and type nothing beside it.',
        'Line 5: “<@U1>” is not a phone number. Correct it, and type nothing beside it.',
        'Line 6: “11 +5511” is not a phone number. Correct it, and type nothing beside it.',
      ].join('\n'),
    );
    expect(world.changes()).toEqual([]);
    expect(form.value('Hide from')).toContain('1198');

    await form.write('Hide from', '+55 11 98765-4321');
    await form.save();
    expect(form.isOpen()).toBe(false);
    expect(world.changes().map(({ body }) => body)).toEqual([added('5511987654321')]);
  });

  test('twice in one input, and of people who are picked to be shown again, are refused, with and without the ninth digit of Brazil', async () => {
    await using world = await startWorld({ mode, hidden: ['551187654321', '5521912345678'] });
    const form = await openAtTheList(world);
    await form.write('Hide from', '+55 11 98765-4321\n+1 415 555 2671\n551187654321\n14155552671');
    for (const listed of ['5521912345678', '551187654321']) await form.pick('Show again to', listed);
    await form.save();
    expect(form.error('Hide from')).toBe(
      [
        'Line 3: “551187654321” is the same number as in line 1 (with and without the ninth digit).',
        'Line 4: “14155552671” is the same number as in line 2.',
      ].join('\n'),
    );
    expect(form.error('Show again to')).toBe(
      '+55 11 8765-4321 is to be hidden from, too. Keep them in one of the two.',
    );
    await expectNothingDone(world);
  });

  test('by the hundred and bad make an error that names ten and counts the rest', async () => {
    await using world = await startWorld({ mode });
    const form = await openAtTheList(world);
    await form.write('Hide from', Array.from({ length: 150 }, (_, index) => `bad ${index}`).join('\n'));
    await form.save();
    expect(form.error('Hide from')).toContain('Line 10: “bad 9”');
    expect(form.error('Hide from')).toMatch(/\nAnd 140 more\.$/);
    await expectNothingDone(world);
  });

  test('are asked for where nobody is hidden and none is typed', async () => {
    await using world = await startWorld({ mode });
    const form = await openAtTheList(world);
    await form.save();
    expect(form.error('Hide from')).toBe(
      'Nobody is hidden yet. Type at least one number to hide, or choose My contacts.',
    );
    await expectNothingDone(world);
  });

  test('are not asked for where somebody is hidden already', async () => {
    await using world = await startWorld({ mode, hidden: ['5511987654321'] });
    const form = await openAtTheList(world);
    await form.save();
    expect(form.isOpen()).toBe(false);
    expect(world.changes().map(({ body }) => body)).toEqual([{ visualizationType: 'CONTACT_BLACKLIST' }]);
    expect(world.account.disallowed).toEqual(['5511987654321']);
  });

  test('are not asked for where Z-API does not say in time who is hidden', async () => {
    await using world = await startWorld({ mode });
    const form = await openAtTheList(world);
    world.zapi.inject({ kind: 'hang', path: '/privacy/disallowed-contacts', applied: false });
    await form.save();
    expect(form.isOpen()).toBe(false);
    expect(world.changes()).toHaveLength(1);
  });

  test('that are possible but unknown ask for a second look, and a second Save passes', async () => {
    await using world = await startWorld({ mode });
    const form = await openAtTheList(world);
    await form.write('Hide from', '+55 11 98765-4321\n+1 200 555 0123');
    await form.save();
    expect(form.text()).toContain('*Please look again:* +1 200 555 0123 is not in a range of numbers known');
    expect(form.text()).toContain('Nothing was changed yet.');
    expect(form.value('Hide from')).toBe('+55 11 98765-4321\n+1 200 555 0123');
    expect(world.changes()).toEqual([]);
    await form.save();
    expect(form.isOpen()).toBe(false);
    expect(world.changes().map(({ body }) => body)).toEqual([added('5511987654321', '12005550123')]);
    await world.stopped();
    expect(toldIn(world, 'C0OPS')).toHaveLength(1);
  });

  test('asked about once are asked about again where another unknown one was added', async () => {
    await using world = await startWorld({ mode });
    const form = await openAtTheList(world);
    await form.write('Hide from', '+1 200 555 0123');
    await form.save();
    await form.write('Hide from', '+1 200 555 0123\n+1 200 555 0199');
    await form.save();
    expect(form.text()).toContain('+1 200 555 0123, +1 200 555 0199 are not in ranges of numbers known');
    await expectNothingDone(world);
  });
});
