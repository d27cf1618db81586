import { describe, expect, test } from '@jest/globals';
import {
  auditChannel,
  auditMessageIn,
  modes,
  openForm,
  publicChannel,
  saidIn,
  startWorld,
  toldIn,
} from '../world.ts';

describe.each(modes)('saving, in %s mode', (mode) => {
  test.each([
    ['Everyone', { visualizationType: 'ALL' }],
    ['My contacts', { visualizationType: 'CONTACTS' }],
    ['Nobody', { visualizationType: 'NONE' }],
  ])('%s makes the one documented request and closes the form', async (option, body) => {
    await using world = await startWorld({ mode, hidden: ['5511987654321'] });
    const form = await openForm(world);
    await form.choose(option);
    await form.save();
    expect(form.isOpen()).toBe(false);
    expect(world.changes().map(({ method, contentType, body }) => ({ method, contentType, body }))).toEqual([
      { method: 'POST', contentType: 'application/json', body },
    ]);
    expect(world.account).toMatchObject({
      lastSeen: body.visualizationType,
      disallowed: ['5511987654321'],
    });
    await world.stopped();
    expect(toldIn(world, publicChannel).map(({ text }) => text)).toEqual([
      `Last seen changed: <@U0ANA> set who can see the last seen of +55 11 •••••-1000 (Padaria Sol) to ${option}.`,
    ]);
  });

  test('My contacts except… adds and removes, and sends nothing that another choice left behind', async () => {
    await using world = await startWorld({ mode, hidden: ['5511987654321'] });
    const form = await openForm(world);
    await form.choose('My contacts except…');
    await form.shows('Hide from');
    await form.write('Hide from', '+55 21 91234-5678');
    await form.pick('Show again to', '+55 11 98765-4321');
    await form.save();
    expect(world.changes().map(({ body }) => body)).toEqual([
      {
        visualizationType: 'CONTACT_BLACKLIST',
        contactsBlacklist: [
          { action: 'add', phone: '5521912345678' },
          { action: 'remove', phone: '5511987654321' },
        ],
      },
    ]);
    expect(world.account.disallowed).toEqual(['5521912345678']);

    const second = await openForm(world);
    await second.choose('My contacts except…');
    await second.shows('Hide from');
    await second.write('Hide from', 'half a numb');
    await second.choose('Nobody');
    await second.hides('Hide from');
    await second.save();
    expect(second.isOpen()).toBe(false);
    expect(world.changes().at(-1)?.body).toEqual({ visualizationType: 'NONE' });
  });

  test('without a choice is refused by Slack itself', async () => {
    await using world = await startWorld({ mode });
    const form = await openForm(world);
    await form.save();
    expect(form.error('Who can see last seen')).toBe('Please complete this required field.');
    expect(world.changes()).toEqual([]);
  });

  test('says in the form where the message is, where AUDIT_CHANNEL is another channel', async () => {
    await using world = await startWorld({ mode, env: { AUDIT_CHANNEL: auditChannel } });
    const form = await openForm(world);
    await form.choose('Nobody');
    await form.save();
    for (const part of ['*Saved.*', '*Nobody*', `<#${auditChannel}>`]) expect(form.text()).toContain(part);
    expect(form.open()).toMatchObject({ submit: undefined, close: 'Close' });
    await world.stopped();
    expect(toldIn(world, auditChannel)).toHaveLength(1);
    expect(toldIn(world, publicChannel)).toEqual([]);
  });

  test('closes the form where AUDIT_CHANNEL is the channel that the person looks at', async () => {
    await using world = await startWorld({ mode, env: { AUDIT_CHANNEL: publicChannel } });
    const form = await openForm(world);
    await form.choose('Nobody');
    await form.save();
    expect(form.isOpen()).toBe(false);
    await world.stopped();
    expect(toldIn(world, publicChannel)).toHaveLength(1);
  });

  test('that fails says so in the form, keeps what was typed and picked, and can be tried again from there', async () => {
    await using world = await startWorld({ mode, hidden: ['5521912345678'] });
    // A refused change of the list is tried once more.
    world.zapi.inject({ kind: 'success-false', path: '/privacy/last-seen', times: 2 });
    const form = await openForm(world);
    await form.choose('My contacts except…');
    await form.shows('Hide from');
    await form.write('Hide from', '+55 11 98765-4321');
    await form.pick('Show again to', '+55 21 91234-5678');
    await form.save();
    expect(form.text()).toContain(
      '*Not saved.* Z-API refused the change and gave no reason. The setting was not changed.',
    );
    expect(form.value('Hide from')).toBe('+55 11 98765-4321');
    expect(form.picked('Show again to')).toEqual(['+55 21 91234-5678']);
    await form.says('*On the list now (1):* +55 21 91234-5678');
    expect(form.text()).toContain('*Not saved.*');
    expect(world.account.lastSeen).toBe('ALL');

    await form.save();
    expect(form.isOpen()).toBe(false);
    expect(world.account).toMatchObject({ lastSeen: 'CONTACT_BLACKLIST', disallowed: ['5511987654321'] });
    await world.stopped();
    const [failure, success, ...more] = toldIn(world, publicChannel);
    expect(failure?.text).toMatch(/^Last seen not changed: /);
    expect(success?.text).toMatch(/^Last seen changed: /);
    expect(more).toEqual([]);
  });

  test('that fails keeps 150 numbers that were typed, and 100 people who were picked', async () => {
    const shown = Array.from({ length: 100 }, (_, index) => `55219${8_765_4000 + index * 7}`);
    await using world = await startWorld({ mode, hidden: shown });
    // A refused change of the list is tried once more.
    world.zapi.inject({ kind: 'success-false', path: '/privacy/last-seen', times: 2 });
    const typed = Array.from({ length: 150 }, (_, index) => `+55 11 9${8_765_4000 + index * 7}`).join('\n');
    const form = await openForm(world);
    await form.choose('My contacts except…');
    await form.shows('Hide from');
    await form.write('Hide from', typed);
    for (const phone of shown) await form.pick('Show again to', phone);
    const picked = form.picked('Show again to');
    expect(picked).toHaveLength(100);
    await form.save();
    expect(form.text()).toContain('*Not saved.*');
    expect(form.value('Hide from')).toBe(typed);
    expect(form.picked('Show again to')).toEqual(picked);
    const message = await auditMessageIn(world);
    expect(saidIn(message)).toContain('*To hide from 150:*');
    expect(saidIn(message)).toContain('*To show again to 100:*');
    expect(saidIn(message)).toContain(' and 130 more');
    expect(saidIn(message)).toContain(' and 80 more');
  });
});
