import { describe, expect, test } from '@jest/globals';
import { auditMessageIn, modes, openForm, startWorld, type World } from '../world.ts';

const listPath = '/privacy/disallowed-contacts';
const privateId = '123456789012345@lid';

async function openAtTheList(world: World) {
  const form = await openForm(world);
  await form.choose('My contacts except…');
  await form.shows('Show again to');
  return form;
}

const removed = (...phones: string[]) => ({
  visualizationType: 'CONTACT_BLACKLIST',
  contactsBlacklist: phones.map((phone) => ({ action: 'remove', phone })),
});

describe.each(modes)('“Show again to”, in %s mode', (mode) => {
  test('offers those who are hidden now, by name, whoever has none last', async () => {
    await using world = await startWorld({
      mode,
      hidden: ['442079460958', '5511987654321', privateId, '5521912345678'],
      contacts: [
        { phone: '5521912345678', name: 'Zélia', notify: 'zz' },
        { phone: '5511987654321', notify: 'João da Rua' },
        { phone: '5531988887777', name: 'Not on the list' },
      ],
    });
    const form = await openAtTheList(world);
    expect(await form.offers('Show again to', '')).toEqual([
      '~João da Rua · +55 11 98765-4321',
      'Zélia · +55 21 91234-5678',
      `a private WhatsApp id (${privateId})`,
      '+44 20 7946 0958',
    ]);
    expect(await form.offers('Show again to', 'joao')).toEqual(['~João da Rua · +55 11 98765-4321']);
    expect(await form.offers('Show again to', '+55 21 9')).toEqual(['Zélia · +55 21 91234-5678']);
    expect(await form.offers('Show again to', 'nobody of the kind')).toEqual([]);
  });

  test('takes whoever is picked off the list, a private id verbatim', async () => {
    await using world = await startWorld({ mode, hidden: ['5511987654321', privateId, '5521912345678'] });
    const form = await openAtTheList(world);
    await form.pick('Show again to', '98765-4321');
    await form.pick('Show again to', privateId);
    await form.save();
    await auditMessageIn(world);
    expect(world.changes().map(({ body }) => body)).toEqual([removed('5511987654321', privateId)]);
    expect(world.account.disallowed).toEqual(['5521912345678']);
  });

  test('offers at most a hundred of a list of a thousand, and finds each of them', async () => {
    const hidden = Array.from({ length: 1_000 }, (_, index) => `55119876${50_000 + index}`);
    await using world = await startWorld({ mode, hidden });
    const form = await openAtTheList(world);
    expect(await form.offers('Show again to', '')).toHaveLength(100);
    expect(world.ana.modal()?.search?.outcome).toBe('offered');
    expect(await form.offers('Show again to', '5511987650999')).toEqual(['+55 11 98765-0999']);
  });

  test('takes no more than the form can show again', async () => {
    const hidden = Array.from({ length: 101 }, (_, index) => `55119876${50_000 + index}`);
    await using world = await startWorld({ mode, hidden });
    const form = await openAtTheList(world);
    for (const phone of hidden.slice(0, 100)) await form.pick('Show again to', phone);
    await form.pick('Show again to', String(hidden[100])).catch(() => undefined);
    await form.choose('Nobody');
    await form.hides('Show again to');
    await form.choose('My contacts except…');
    await form.shows('Show again to');
    expect(form.picked('Show again to')).toHaveLength(100);
  });

  test('offers the number that is typed where the list can not be read, and takes it off', async () => {
    await using world = await startWorld({ mode, hidden: ['5511987654321'] });
    world.zapi.inject({ kind: 'html', path: listPath, status: 502 });
    const form = await openAtTheList(world);
    const says = ["Z-API can't say who is on the list. Type a whole number here."];
    expect(await form.offers('Show again to', '')).toEqual(says);
    expect(await form.offers('Show again to', '+55 11 9')).toEqual(says);
    expect(await form.offers('Show again to', '+55 11 98765-4321')).toEqual(['+55 11 98765-4321']);
    await form.pick('Show again to', '+55 11 98765-4321');
    await form.save();
    await auditMessageIn(world);
    expect(world.changes()[0]?.body).toEqual(removed('5511987654321'));
  });

  test('takes what it says for nobody', async () => {
    await using world = await startWorld({ mode, hidden: ['5511987654321'] });
    world.zapi.inject({ kind: 'html', path: listPath, status: 502 });
    const form = await openAtTheList(world);
    await form.pick('Show again to', '');
    await form.save();
    await auditMessageIn(world);
    expect(world.changes()[0]?.body).toEqual({ visualizationType: 'CONTACT_BLACKLIST' });
  });

  test('answers in time though the list hangs', async () => {
    await using world = await startWorld({ mode, hidden: ['5511987654321'] });
    world.zapi.inject({ kind: 'hang', path: listPath, applied: false });
    const form = await openAtTheList(world);
    expect(await form.offers('Show again to', '+55 11 98765-4321')).toEqual(['+55 11 98765-4321']);
    world.zapi.clearFaults();
  });

  test('keeps who was picked over a switch of the choice, there and back', async () => {
    await using world = await startWorld({
      mode,
      hidden: ['5511987654321', privateId],
      contacts: [
        { phone: '5511987654321', name: 'João' },
        { phone: '5531988887777', name: 'Ana Lúcia' },
      ],
    });
    const form = await openAtTheList(world);
    await form.pick('Show again to', 'joao');
    await form.pick('Show again to', privateId);
    await form.pick('Hide from contacts', 'ana');
    await form.choose('Nobody');
    await form.hides('Show again to');
    await form.choose('My contacts except…');
    await form.shows('Show again to');
    expect(form.picked('Show again to')).toEqual([
      'João · +55 11 98765-4321',
      `a private WhatsApp id (${privateId})`,
    ]);
    expect(form.picked('Hide from contacts')).toEqual(['Ana Lúcia · +55 31 98888-7777']);
    // Who is picked again leaves.
    await form.pick('Show again to', 'joao');
    await form.save();
    await auditMessageIn(world);
    expect(world.changes()[0]?.body).toEqual({
      visualizationType: 'CONTACT_BLACKLIST',
      contactsBlacklist: [
        { action: 'add', phone: '5531988887777' },
        { action: 'remove', phone: privateId },
      ],
    });
  });

  test('and “Hide from” of one person are asked to decide', async () => {
    await using world = await startWorld({
      mode,
      hidden: ['5511987654321'],
      contacts: [{ phone: '551187654321', name: 'João' }],
    });
    const form = await openAtTheList(world);
    await form.pick('Show again to', 'joao');
    await form.pick('Hide from contacts', 'joao');
    await form.save();
    expect(form.error('Show again to')).toBe(
      '+55 11 98765-4321 is to be hidden from, too. Keep them in one of the two.',
    );
    expect(world.changes()).toEqual([]);
  });
});
