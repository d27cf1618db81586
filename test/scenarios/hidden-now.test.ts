import { describe, expect, test } from '@jest/globals';
import type { ZapiFault } from '../../fakes/zapi/types.ts';
import { auditMessageIn, modes, openForm, startWorld, type World } from '../world.ts';

const listPath = '/privacy/disallowed-contacts';

async function openAtTheList(world: World) {
  const form = await openForm(world);
  await form.choose('My contacts except…');
  await form.shows('Hide from');
  return form;
}

describe.each(modes)('who is hidden now, in %s mode', (mode) => {
  test('arrives after the choice, while the inputs are there already', async () => {
    await using world = await startWorld({ mode, hidden: ['5511987654321', '14155552671'] });
    world.zapi.inject({ kind: 'slow', path: listPath, delayMs: 300 });
    const form = await openAtTheList(world);
    expect(form.text()).toContain('Reading who is on the list now…');
    await form.write('Hide from', '+55 21 91234-5678');
    await form.says('*On the list now (2):* +55 11 98765-4321, +1 415 555 2671');
    expect(form.value('Hide from')).toBe('+55 21 91234-5678');
  });

  test('is nobody where the list is empty', async () => {
    await using world = await startWorld({ mode });
    await (await openAtTheList(world)).says('Nobody is on the list now.');
  });

  test('is nobody where Z-API answers null', async () => {
    await using world = await startWorld({ mode });
    world.zapi.inject({ kind: 'json', path: listPath, status: 200, body: { disallowedContacts: null } });
    await (await openAtTheList(world)).says('Nobody is on the list now.');
  });

  test('names a private id of WhatsApp for what it is', async () => {
    await using world = await startWorld({ mode, hidden: ['123456789012345@lid'] });
    await (await openAtTheList(world)).says(
      '*On the list now (1):* a private WhatsApp id (123456789012345@lid)',
    );
  });

  test('names thirty of three hundred and counts the rest', async () => {
    const hidden = Array.from({ length: 300 }, (_, index) => `5511987${654_000 + index}`);
    await using world = await startWorld({ mode, hidden });
    const form = await openAtTheList(world);
    await form.says('*On the list now (300):* +55 11 98765-4000, ');
    expect(form.text()).toContain('+55 11 98765-4029, and 270 more');
    expect(form.text()).not.toContain('98765-4030');
  });

  test('counts three hundred private ids too', async () => {
    const hidden = Array.from({ length: 300 }, (_, index) => `${123_456_789_012_000 + index}@lid`);
    await using world = await startWorld({ mode, hidden });
    await (await openAtTheList(world)).says('and 270 more');
  });

  test('fits into the form whatever the entries hold', async () => {
    const disallowedContacts = Array.from({ length: 60 }, (_, index) => `${index} <&>`.repeat(40));
    await using world = await startWorld({ mode });
    world.zapi.inject({ kind: 'json', path: listPath, status: 200, body: { disallowedContacts } });
    await (await openAtTheList(world)).says('*On the list now (60):*');
  });

  const notSaying: [string, ZapiFault, Record<string, string>][] = [
    ['refuses', { kind: 'success-false', path: listPath }, {}],
    ['answers HTML', { kind: 'html', path: listPath, status: 200 }, {}],
    ['answers a list of something else', { kind: 'json', path: listPath, status: 200, body: [1] }, {}],
    ['answers 403 with the Client-Token in it', { kind: 'slow', delayMs: 1 }, { ZAPI_CLIENT_TOKEN: 'wrong' }],
    ['floods', { kind: 'junk', path: listPath, bytes: 3_000_000 }, {}],
  ];
  test.each(notSaying)(
    'is not known, and the form says so and works, where Z-API %s',
    async (_, fault, env) => {
      await using world = await startWorld({ mode, env });
      world.zapi.inject(fault);
      const form = await openAtTheList(world);
      await form.says("Z-API can't say right now who is on the list. You can still save changes.");
      await form.write('Hide from', '+55 21 91234-5678');
      await form.save();
      await auditMessageIn(world);
      expect(world.changes()[0]?.body).toEqual({
        visualizationType: 'CONTACT_BLACKLIST',
        contactsBlacklist: [{ action: 'add', phone: '5521912345678' }],
      });
    },
  );
});
