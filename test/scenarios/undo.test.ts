import { describe, expect, jest, test } from '@jest/globals';
import { buttonsOf, press, questionBefore } from '../buttons.ts';
import { saveAndTell, saveChange, toldNext } from '../save-change.ts';
import {
  auditChannel,
  changeIdsIn,
  directMessage,
  modes,
  openForm,
  privateChannel,
  publicChannel,
  saidIn,
  startWorld,
  strangeChannel,
  toldIn,
  type World,
  whispered,
} from '../world.ts';

const path = '/privacy/last-seen';
const listPath = '/privacy/disallowed-contacts';

function whisper(world: World, person = world.ana, channel = publicChannel): Promise<string> {
  return world.slack.until(() => whispered(world, person, channel)[0], 'an answer', 10_000);
}

/** What the last request asked of Z-API. */
function lastBody(world: World): unknown {
  return world.changes().at(-1)?.body;
}

// Real waits, side by side, on a machine that may be busy.
jest.setTimeout(60_000);

describe.each(modes)('Undo, in %s mode,', (mode) => {
  test('is offered where the bot knows what was before: not for its first change, nor after one that nobody knows of', async () => {
    await using world = await startWorld({ mode });
    const first = await saveAndTell(world, { option: 'Nobody' });
    expect(buttonsOf(first.message)).toEqual([]);
    const second = await saveAndTell(world, { option: 'My contacts' });
    expect(buttonsOf(second.message)).toEqual(['Undo']);
    expect(questionBefore(second.message, 'Undo')).toEqual([
      'Undo this change?',
      'Who can see last seen goes back to: Nobody.',
      'Undo it',
      'Cancel',
    ]);
    world.zapi.inject({ kind: 'json', path, status: 200, body: {}, times: 1 });
    const unknown = await saveAndTell(world, { option: 'Everyone' });
    expect(buttonsOf(unknown.message)).toEqual(['Try again']);
    const afterwards = await saveAndTell(world, { option: 'Nobody' });
    expect(buttonsOf(afterwards.message)).toEqual([]);
  });

  test('is offered after a change that failed, and goes back to what was before that', async () => {
    await using world = await startWorld({ mode });
    await saveAndTell(world, { option: 'Nobody' });
    world.zapi.inject({ kind: 'success-false', path, times: 1 });
    await saveAndTell(world, { option: 'Everyone' });
    const { message } = await saveAndTell(world, { option: 'My contacts' });
    await press(world.ana, message, 'Undo');
    await toldNext(world, 3);
    expect(world.account.lastSeen).toBe('NONE');
  });

  test('puts back who can see it, in one message that names the change undone', async () => {
    await using world = await startWorld({ mode });
    await saveAndTell(world, { option: 'Nobody' });
    const { message, id } = await saveAndTell(world, { option: 'Everyone' });
    await press(world.bruno, message, 'Undo');
    const undone = await toldNext(world, 2);
    expect(undone.text).toBe(
      `Last seen changed: <@U0BRUNO> set who can see the last seen of +55 11 •••••-1000 (Padaria Sol) to Nobody. This undoes change ${id}.`,
    );
    expect(saidIn(undone)).toContain(
      `<@U0BRUNO> set who can see the last seen of *+55 11 •••••-1000 (Padaria Sol)* to *Nobody*. This undoes change \`${id}\`.`,
    );
    expect(changeIdsIn([undone])).not.toEqual([id]);
    expect(world.account.lastSeen).toBe('NONE');
    expect(lastBody(world)).toEqual({ visualizationType: 'NONE' });
    await world.stopped();
    expect(toldIn(world, publicChannel)).toHaveLength(3);
    expect([whispered(world, world.ana), whispered(world, world.bruno)]).toEqual([[], []]);
  });

  test('puts the list back as it was: nobody who was on it before is taken off, in either spelling of Brazil', async () => {
    const before = ['551187654321', '5531932321010', '14155552671'];
    await using world = await startWorld({ mode, hidden: [...before, '442079460958'] });
    await saveAndTell(world, {});
    const form = await openForm(world);
    // The first is on the list without the ninth digit, the second as it is.
    await form.write('Hide from', '+55 11 98765-4321\n+1 415 555 2671\n+55 21 91234-5678');
    await form.pick('Show again to', '+44 20 7946 0958');
    // Who is picked is taken off on the phone before.
    world.account.disallowed = [...before];
    await form.save();
    const message = await toldNext(world, 1);
    expect(world.account.disallowed).toEqual([
      '551187654321',
      '5531932321010',
      '14155552671',
      '5521912345678',
    ]);
    expect(questionBefore(message, 'Undo')[1]).toBe(
      'Who can see last seen goes back to: My contacts except… Shown again to: 1.',
    );
    await press(world.ana, message, 'Undo');
    const undone = await toldNext(world, 2);
    expect(saidIn(undone)).toContain('*Shown again to 1:* +55 21 •••••-5678');
    expect(world.account).toMatchObject({ lastSeen: 'CONTACT_BLACKLIST', disallowed: before });
  });

  test('hides again who was taken off, in the spelling that the list had', async () => {
    await using world = await startWorld({ mode, hidden: ['551187654321', '123456789012345@lid'] });
    await saveAndTell(world, {});
    const { message } = await saveAndTell(world, {
      showAgain: '+55 11 98765-4321',
      hide: '+55 21 91234-5678',
    });
    expect(world.account.disallowed).toEqual(['123456789012345@lid', '5521912345678']);
    await press(world.ana, message, 'Undo');
    await toldNext(world, 2);
    expect(lastBody(world)).toEqual({
      visualizationType: 'CONTACT_BLACKLIST',
      contactsBlacklist: [
        { action: 'add', phone: '551187654321' },
        { action: 'remove', phone: '5521912345678' },
      ],
    });
    expect([...world.account.disallowed].sort()).toEqual(['123456789012345@lid', '551187654321']);
  });

  test('of a change to the list that came with another choice goes back to that choice, and says that the list stays', async () => {
    await using world = await startWorld({ mode });
    await saveAndTell(world, { option: 'Everyone' });
    const { message } = await saveAndTell(world, { hide: '+55 21 91234-5678' });
    expect(questionBefore(message, 'Undo')[1]).toBe(
      'Who can see last seen goes back to: Everyone. The list of people stays as it is; it has no effect then.',
    );
    await press(world.ana, message, 'Undo');
    await toldNext(world, 2);
    expect(world.account).toMatchObject({ lastSeen: 'ALL', disallowed: ['5521912345678'] });
  });

  test('of another choice goes back to the list, as it is', async () => {
    await using world = await startWorld({ mode });
    await saveAndTell(world, { hide: '+55 21 91234-5678' });
    const { message } = await saveAndTell(world, { option: 'Nobody' });
    await press(world.ana, message, 'Undo');
    await toldNext(world, 2);
    expect(lastBody(world)).toEqual({ visualizationType: 'CONTACT_BLACKLIST' });
    expect(world.account).toMatchObject({ lastSeen: 'CONTACT_BLACKLIST', disallowed: ['5521912345678'] });
  });

  test('is not offered where the list could not be read at the time', async () => {
    await using world = await startWorld({ mode });
    await saveAndTell(world, { option: 'Everyone' });
    world.zapi.inject({ kind: 'html', path: listPath, status: 200 });
    const { message } = await saveAndTell(world, { hide: '+55 21 91234-5678' });
    expect(message.text).toMatch(/^Last seen changed: /);
    expect(buttonsOf(message)).toEqual([]);
  });

  test('is not offered where nothing was changed', async () => {
    await using world = await startWorld({ mode });
    await saveAndTell(world, { option: 'Nobody' });
    expect(buttonsOf((await saveAndTell(world, { option: 'Nobody' })).message)).toEqual([]);
  });

  test('can be undone, and that again', async () => {
    await using world = await startWorld({ mode, hidden: ['5511987654321'] });
    await saveAndTell(world, {});
    await saveAndTell(world, { hide: '+55 21 91234-5678' });
    const lists: string[][] = [];
    for (let count = 2; count < 5; count += 1) {
      const [message] = toldIn(world, publicChannel).slice(-1);
      if (!message) throw new Error('no message');
      await press(world.ana, message, 'Undo');
      const undone = await toldNext(world, count);
      expect(undone.text).toContain(`This undoes change ${changeIdsIn([message])[0]}.`);
      lists.push(world.account.disallowed);
    }
    expect(lists).toEqual([['5511987654321'], ['5511987654321', '5521912345678'], ['5511987654321']]);
  });

  test.each([
    [
      'delivered twice',
      async (world: World, message: Parameters<typeof press>[1]) => {
        world.slack.inject({ kind: 'duplicate-delivery', times: 1 });
        await press(world.ana, message, 'Undo');
      },
    ],
    [
      'pressed twice by one person',
      (world: World, message: Parameters<typeof press>[1]) =>
        Promise.all([press(world.ana, message, 'Undo'), press(world.ana, message, 'Undo')]),
    ],
    [
      'pressed by two people at once',
      (world: World, message: Parameters<typeof press>[1]) =>
        Promise.all([press(world.ana, message, 'Undo'), press(world.bruno, message, 'Undo')]),
    ],
  ] as const)('%s is one change and one message', async (_, pressing) => {
    await using world = await startWorld({ mode });
    await saveAndTell(world, { option: 'Nobody' });
    const { message } = await saveAndTell(world, { option: 'Everyone' });
    world.zapi.inject({ kind: 'slow', path, delayMs: 400 });
    await pressing(world, message);
    await toldNext(world, 2);
    await world.stopped();
    expect(toldIn(world, publicChannel)).toHaveLength(3);
    expect(world.changes()).toHaveLength(3);
    expect(world.account.lastSeen).toBe('NONE');
  });

  test('pressed again afterwards says who undid it, to who pressed alone', async () => {
    await using world = await startWorld({ mode });
    await saveAndTell(world, { option: 'Nobody' });
    const { message, id } = await saveAndTell(world, { option: 'Everyone' });
    await press(world.bruno, message, 'Undo');
    const [undoneBy] = changeIdsIn([await toldNext(world, 2)]);
    await press(world.carla, message, 'Undo');
    expect(await whisper(world, world.carla)).toBe(
      `Change \`${id}\` was undone already, by <@U0BRUNO> with change \`${undoneBy}\`. Nothing was changed now.`,
    );
    expect(world.changes()).toHaveLength(3);
  });

  test('pressed after a newer change says which one, and what to do', async () => {
    await using world = await startWorld({ mode });
    await saveAndTell(world, { option: 'Nobody' });
    const { message, id } = await saveAndTell(world, { option: 'Everyone' });
    const newer = await saveAndTell(world, { option: 'My contacts', person: world.carla });
    await press(world.bruno, message, 'Undo');
    expect(await whisper(world, world.bruno)).toBe(
      `Change \`${id}\` can't be undone: it was followed by change \`${newer.id}\` of <@U0CARLA>. Nothing was changed. Choose what you want with \`/lastseen\`.`,
    );
    expect(world.account.lastSeen).toBe('CONTACTS');
    expect(world.changes()).toHaveLength(3);
  });

  test('pressed while another change is under way says so', async () => {
    await using world = await startWorld({ mode });
    await saveAndTell(world, { option: 'Nobody' });
    const { message, id } = await saveAndTell(world, { option: 'Everyone' });
    world.zapi.inject({ kind: 'slow', path, delayMs: 1_500 });
    const saved = saveChange(world, { option: 'My contacts', person: world.carla });
    await world.accepted(3);
    await press(world.bruno, message, 'Undo');
    expect(await whisper(world, world.bruno)).toMatch(
      new RegExp(
        `^Change \`${id}\` can't be undone now: change \`\\w{12}\` of <@U0CARLA> is under way\\. Nothing was changed\\. Wait for it, then look again\\.$`,
      ),
    );
    await saved;
    await world.stopped();
    expect(world.account.lastSeen).toBe('CONTACTS');
    expect(toldIn(world, publicChannel)).toHaveLength(3);
  });

  test('that fails says that nothing was changed, and can be pressed again', async () => {
    await using world = await startWorld({ mode });
    await saveAndTell(world, { option: 'Nobody' });
    const { message, id } = await saveAndTell(world, { option: 'Everyone' });
    world.zapi.inject({ kind: 'success-false', path, times: 1 });
    await press(world.bruno, message, 'Undo');
    const failed = await toldNext(world, 2);
    expect(failed.text).toMatch(
      new RegExp(
        `^Last seen not changed: <@U0BRUNO> wanted to set .* to Nobody\\. This was to undo change ${id}\\. Z-API refused`,
      ),
    );
    expect(failed.text).toContain('The setting was not changed.');
    expect(buttonsOf(failed)).toEqual([]);
    expect(world.account.lastSeen).toBe('ALL');
    await press(world.bruno, message, 'Undo');
    await toldNext(world, 3);
    expect(world.account.lastSeen).toBe('NONE');
  });

  test('that takes its time says so meanwhile', async () => {
    await using world = await startWorld({ mode });
    await saveAndTell(world, { option: 'Nobody' });
    const { message, id } = await saveAndTell(world, { option: 'Everyone' });
    world.zapi.inject({ kind: 'slow', path, delayMs: 2_500 });
    await press(world.bruno, message, 'Undo');
    expect(await whisper(world, world.bruno)).toBe(
      `Undoing change \`${id}\`… The outcome is posted for your team.`,
    );
    expect(toldIn(world, publicChannel)).toHaveLength(2);
    await toldNext(world, 2);
    expect(world.account.lastSeen).toBe('NONE');
  });

  test('works in AUDIT_CHANNEL, where it is told', async () => {
    await using world = await startWorld({ mode, env: { AUDIT_CHANNEL: auditChannel } });
    await saveAndTell(world, { option: 'Nobody', tellIn: auditChannel });
    const { message } = await saveAndTell(world, { option: 'Everyone', tellIn: auditChannel });
    await press(world.bruno, message, 'Undo');
    await toldNext(world, 2, auditChannel);
    await world.stopped();
    expect(world.account.lastSeen).toBe('NONE');
    expect(toldIn(world, publicChannel)).toEqual([]);
    expect(whispered(world, world.bruno, auditChannel)).toEqual([]);
  });

  test('says where it is told, where that is not where it was pressed', async () => {
    await using world = await startWorld({ mode, env: { AUDIT_CHANNEL: auditChannel } });
    await saveAndTell(world, { option: 'Nobody', tellIn: auditChannel });
    const method = 'chat.postMessage';
    world.slack.inject({ kind: 'api-error', error: 'restricted_action', method, times: 1 });
    const { message, id } = await saveAndTell(world, { option: 'Everyone', tellIn: publicChannel });
    await press(world.bruno, message, 'Undo');
    expect(await whisper(world, world.bruno)).toBe(
      `The undo of change \`${id}\` has ended. How it ended is posted in <#${auditChannel}>.`,
    );
    await toldNext(world, 1, auditChannel);
    expect(world.account.lastSeen).toBe('NONE');
  });

  test.each([
    ['a private channel', privateChannel, undefined],
    ['a direct message between two people', directMessage, undefined],
    [
      'a public channel that the bot may not post in',
      strangeChannel,
      ['commands', 'users:read', 'chat:write', 'im:write'],
    ],
  ])('works in %s, where the bot is not', async (_, channel, botScopes) => {
    await using world = await startWorld({ mode, ...(botScopes && { botScopes }) });
    await saveAndTell(world, { option: 'Nobody', channel });
    const { message, id } = await saveAndTell(world, { option: 'Everyone', channel });
    expect(message.via).toBe('response_url');
    await press(world.bruno, message, 'Undo');
    const undone = await toldNext(world, 2, channel);
    expect(undone).toMatchObject({
      via: 'response_url',
      text: expect.stringContaining(`This undoes change ${id}.`),
    });
    // The message with the button stays.
    expect(toldIn(world, channel)[1]).toEqual(message);
    expect(world.account.lastSeen).toBe('NONE');
    expect(world.slack.directMessages(world.bruno.id)).toEqual([]);
  });

  test('puts back only what the bot changed, where something else was changed on the phone meanwhile', async () => {
    await using world = await startWorld({ mode });
    await saveAndTell(world, { hide: '+55 11 98765-4321' });
    const { message } = await saveAndTell(world, { hide: '+55 21 91234-5678' });
    world.account.disallowed = ['14155552671', ...world.account.disallowed];
    await press(world.ana, message, 'Undo');
    await toldNext(world, 2);
    expect(world.account.disallowed).toEqual(['14155552671', '5511987654321']);
  });
});
