import { describe, expect, test } from '@jest/globals';
import type { ZapiFault } from '../../fakes/zapi/types.ts';
import { saveAndTell } from '../save-change.ts';
import { auditMessageIn, modes, openForm, saidIn, startWorld, toldIn, type World } from '../world.ts';

const path = '/phone-exists-batch';
const notChecked =
  'The numbers typed were not all checked on WhatsApp before: Z-API did not say in time, or not clearly.';

async function openAtTheList(world: World) {
  const form = await openForm(world);
  await form.choose('My contacts except…');
  await form.shows('Hide from');
  return form;
}

const adds = (...phones: string[]) => ({
  visualizationType: 'CONTACT_BLACKLIST',
  contactsBlacklist: phones.map((phone) => ({ action: 'add', phone })),
});

describe.each(modes)('numbers typed are looked up on WhatsApp, in %s mode', (mode) => {
  test('and one that is not there is named under its field; corrected it passes', async () => {
    await using world = await startWorld({ mode });
    world.zapi.whatsapp.notRegistered.push('5511987654321', '14155552671');
    const form = await openAtTheList(world);
    await form.write('Hide from', '+55 11 98765-4321\n+55 21 91234-5678\n+1 415 555 2671');
    await form.save();
    expect(form.error('Hide from')).toBe(
      '+55 11 98765-4321, +1 415 555 2671 are not on WhatsApp. Nothing was changed. Correct the numbers, or take them out.',
    );
    expect(world.changes()).toEqual([]);
    await form.write('Hide from', '+55 11 98765-4321');
    await form.save();
    expect(form.error('Hide from')).toBe(
      '+55 11 98765-4321 is not on WhatsApp. Nothing was changed. Correct the number, or take it out.',
    );
    await form.write('Hide from', '+55 21 91234-5678');
    await form.save();
    expect(saidIn(await auditMessageIn(world))).not.toContain(notChecked);
    expect(world.changes().map(({ body }) => body)).toEqual([adds('5521912345678')]);
  });

  test('and sent as WhatsApp writes them, with or without the ninth digit of Brazil', async () => {
    await using world = await startWorld({ mode });
    world.zapi.whatsapp.registered.push('551187654321', '5521981234567');
    await saveAndTell(world, { hide: '+55 11 98765-4321\n+55 21 8123-4567' });
    expect(world.changes().map(({ body }) => body)).toEqual([adds('551187654321', '5521981234567')]);
    expect(world.account.disallowed).toEqual(['551187654321', '5521981234567']);
  });

  const silent: [string, ZapiFault][] = [
    ['hangs', { kind: 'hang', path, applied: false }],
    ['is slow', { kind: 'slow', path, delayMs: 2_500 }],
    ['answers 500', { kind: 'html', path, status: 500 }],
    ['answers nonsense', { kind: 'json', path, status: 200, body: { what: 'else' } }],
    ['leaves out a number', { kind: 'json', path, status: 200, body: [] }],
  ];
  test.each(silent)('and where Z-API %s, Save goes on without, in time, and says so', async (_, fault) => {
    await using world = await startWorld({ mode });
    const form = await openAtTheList(world);
    await form.write('Hide from', '+55 11 98765-4321');
    world.zapi.inject(fault);
    const startedMs = performance.now();
    await form.save();
    expect(performance.now() - startedMs).toBeLessThan(2_900);
    expect(form.isOpen() && form.open().notice).toBeFalsy();
    const told = saidIn(await auditMessageIn(world));
    expect(told).toContain(notChecked);
    expect(world.changes()[0]?.body).toEqual(adds('5511987654321'));
  });

  test('and where the phone is not connected, Save goes on without, and says what is wrong', async () => {
    await using world = await startWorld({ mode });
    const form = await openAtTheList(world);
    await form.write('Hide from', '+55 11 98765-4321');
    world.account.connected = false;
    await form.save();
    expect(saidIn(await auditMessageIn(world))).toContain('not connected to Z-API');
    expect(world.account.lastSeen).toBe('ALL');
  });

  test('and nothing is asked where the choice has no numbers', async () => {
    await using world = await startWorld({ mode });
    await saveAndTell(world, { option: 'Nobody' });
    expect(world.zapi.requests.filter((request) => request.path.endsWith(path))).toEqual([]);
  });
});

describe.each(modes)('only what changes something is sent, in %s mode', (mode) => {
  test('and what was so before is told, masked', async () => {
    await using world = await startWorld({ mode, hidden: ['551187654321'] });
    world.zapi.whatsapp.registered.push('551187654321');
    const { message } = await saveAndTell(world, { hide: '+55 11 98765-4321\n+55 21 91234-5678' });
    expect(world.changes().map(({ body }) => body)).toEqual([adds('5521912345678')]);
    expect(saidIn(message)).toContain('*Newly hidden from 1:* +55 21 •••••-5678');
    expect(saidIn(message)).toContain('*Already so for 1:* +55 11 ••••-4321');
    expect(world.account.disallowed).toEqual(['551187654321', '5521912345678']);
  });

  test('and where all was so before, no number is', async () => {
    await using world = await startWorld({ mode, hidden: ['5511987654321'] });
    const { message } = await saveAndTell(world, { hide: '+55 11 98765-4321' });
    expect(world.changes().map(({ body }) => body)).toEqual([{ visualizationType: 'CONTACT_BLACKLIST' }]);
    expect(saidIn(message)).toContain('*Already so for 1:* +55 11 •••••-4321');
    expect(toldIn(world, 'C0OPS')).toHaveLength(1);
  });
});
