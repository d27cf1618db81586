import { describe, expect, test } from '@jest/globals';
import { saveAndTell } from '../save-change.ts';
import { auditMessageIn, modes, openForm, publicChannel, saidIn, startWorld, whispered } from '../world.ts';

const listPath = '/privacy/disallowed-contacts';
const verified = 'Verified: the list was read again and shows it.';
const notVerified = 'Not verified: the list could not be read again, or does not tell.';
const hide = '+55 11 98765-4321\n+55 21 91234-5678';

describe.each(modes)('a change of the list is read back, in %s mode', (mode) => {
  test('and verified', async () => {
    await using world = await startWorld({ mode });
    const { message, id } = await saveAndTell(world, { hide });
    expect(saidIn(message)).toContain(verified);
    await world.ana.types(publicChannel, `/lastseen history ${id}`);
    await world.slack.until(() => whispered(world, world.ana)[0]?.includes(verified), 'it in the history');
  });

  test('and who was picked to be shown again is verified, too', async () => {
    await using world = await startWorld({ mode, hidden: ['5511987654321', '5521912345678'] });
    const form = await openForm(world);
    await form.choose('My contacts except…');
    await form.shows('Show again to');
    await form.pick('Show again to', '91234');
    await form.save();
    expect(saidIn(await auditMessageIn(world))).toContain(verified);
    expect(world.account.disallowed).toEqual(['5511987654321']);
  });

  test('and what did not take is named, masked', async () => {
    await using world = await startWorld({ mode });
    world.zapi.inject({ kind: 'not-taken', path: '/privacy/last-seen', phones: ['5521912345678'] });
    const { message } = await saveAndTell(world, { hide });
    const said = saidIn(message);
    expect(said).toContain('*Last seen changed only in part.*');
    expect(said).toContain('*Newly hidden from 1:* +55 11 •••••-4321');
    expect(said).toContain('*Not taken for 1:* +55 21 •••••-5678');
    expect(said).toContain('Z-API confirmed the change, but its list does not show all of it.');
    expect(said).not.toContain('Verified');
  });

  test('and who was not taken off the list is named', async () => {
    await using world = await startWorld({ mode, hidden: ['5511987654321'] });
    world.zapi.inject({ kind: 'not-taken', path: '/privacy/last-seen' });
    const form = await openForm(world);
    await form.choose('My contacts except…');
    await form.shows('Show again to');
    await form.pick('Show again to', '');
    await form.save();
    const said = saidIn(await auditMessageIn(world));
    expect(said).toContain('*Not taken for 1:* +55 11 •••••-4321');
    expect(said).not.toContain('Shown again');
  });

  test('and where the list is a little late, it is waited for', async () => {
    await using world = await startWorld({ mode });
    world.zapi.inject({ kind: 'late', path: '/privacy/last-seen', delayMs: 1_500 });
    const { message } = await saveAndTell(world, { hide });
    expect(saidIn(message)).toContain(verified);
  });

  test('and where the list can not be read, that is said', async () => {
    await using world = await startWorld({ mode });
    world.zapi.inject({ kind: 'json', path: listPath, status: 400, body: { error: 'no' } });
    const { message } = await saveAndTell(world, { hide });
    expect(saidIn(message)).toContain(notVerified);
    expect(saidIn(message)).toContain('*Last seen changed.*');
  });

  test('and nothing is said of it where the choice has no list', async () => {
    await using world = await startWorld({ mode });
    const { message } = await saveAndTell(world, { option: 'Nobody' });
    expect(saidIn(message)).not.toMatch(/verified/i);
  });
});

describe.each(modes)('a list that shows people under private ids, in %s mode', (mode) => {
  test('is verified through them, both ways', async () => {
    await using world = await startWorld({ mode });
    world.account.listsAsLid = true;
    const { message } = await saveAndTell(world, { hide });
    expect(world.account.disallowed.every((entry) => entry.endsWith('@lid'))).toBe(true);
    expect(saidIn(message)).toContain(verified);
    const [first = '', second = ''] = world.account.disallowed;
    const form = await openForm(world);
    await form.shows('Show again to');
    await form.pick('Show again to', second);
    await form.save();
    const told = await world.slack.until(
      () => world.slack.messages(publicChannel).filter(({ via }) => via === 'chat.postMessage')[1],
      'the second message',
      10_000,
    );
    expect(saidIn(told)).toContain(verified);
    expect(world.account.disallowed).toEqual([first]);
  });

  test('is verified though the number is registered without its ninth digit', async () => {
    await using world = await startWorld({ mode });
    world.account.listsAsLid = true;
    world.zapi.whatsapp.registered.push('551187654321');
    const { message } = await saveAndTell(world, { hide: '+55 11 98765-4321' });
    expect(saidIn(message)).toContain(verified);
    expect(world.account.disallowed).toHaveLength(1);
  });

  test('shows what did not take, and who was on it before', async () => {
    await using world = await startWorld({ mode });
    world.account.listsAsLid = true;
    world.zapi.whatsapp.lids['5511987654321'] = '123456789012345@lid';
    world.account.disallowed.push('123456789012345@lid');
    world.zapi.inject({ kind: 'not-taken', path: '/privacy/last-seen', phones: ['5521912345678'] });
    const { message } = await saveAndTell(world, { hide });
    expect(saidIn(message)).toContain('*Not taken for 1:* +55 21 •••••-5678');
    expect(saidIn(message)).toContain('*Already so for 1:* +55 11 •••••-4321');
    expect(world.changes()[0]?.body).toEqual({
      visualizationType: 'CONTACT_BLACKLIST',
      contactsBlacklist: [{ action: 'add', phone: '5521912345678' }],
    });
  });

  test('is not called verified where Z-API does not tell the private ids', async () => {
    await using world = await startWorld({ mode });
    world.account.listsAsLid = true;
    world.zapi.inject({ kind: 'html', path: '/phone-exists-batch', status: 400 });
    const { message } = await saveAndTell(world, { hide });
    expect(saidIn(message)).toContain(notVerified);
  });
});
