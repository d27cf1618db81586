import { describe, expect, test } from '@jest/globals';
import {
  auditMessageIn,
  changeIdsIn,
  modes,
  openForm,
  publicChannel,
  saidIn,
  startWorld,
  toldIn,
} from '../world.ts';

describe.each(modes)('the message for the team, in %s mode', (mode) => {
  test('says who, what, for which number, how many, masked, when, and the id of the change', async () => {
    await using world = await startWorld({ mode, hidden: ['5531932321010'] });
    const form = await openForm(world, { person: world.bruno });
    await form.choose('My contacts except…');
    await form.shows('Hide from');
    await form.write('Hide from', '+55 11 98765-4321\n+1 415 555 2671');
    await form.pick('Show again to', '+55 31 93232-1010');
    await form.save();
    const message = await auditMessageIn(world);
    expect(message.via).toBe('chat.postMessage');
    expect(message.text).toBe(
      'Last seen changed: <@U0BRUNO> set who can see the last seen of +55 11 •••••-1000 (Padaria Sol) to My contacts except… (hide from 2, show again to 1). Verified: the list was read again and shows it.',
    );
    const said = saidIn(message);
    expect(said).toContain('*Newly hidden from 2:* +55 11 •••••-4321, +1 ••• ••• 2671');
    expect(said).toContain('*Shown again to 1:* +55 31 •••••-1010');
    expect(changeIdsIn([message])).toEqual([expect.stringMatching(/^[0-9a-z]{12}$/)]);
    const seconds = Number(/<!date\^(\d+)\^/.exec(said)?.[1]);
    expect(Math.abs(Date.now() / 1000 - seconds)).toBeLessThan(10);
    expect(said).toMatch(/<!date\^\d+\^\{date_short_pretty\} at \{time\}\|\d{4}-\d\d-\d\d \d\d:\d\d UTC>/);
  });

  test('is another one where the change failed: in its text, too', async () => {
    await using world = await startWorld({ mode });
    world.zapi.inject({ kind: 'success-false', path: '/privacy/last-seen' });
    const form = await openForm(world);
    await form.choose('My contacts except…');
    await form.shows('Hide from');
    await form.write('Hide from', '+55 11 98765-4321');
    await form.save();
    const message = await auditMessageIn(world);
    expect(message.text).toMatch(
      /^Last seen not changed: <@U0ANA> wanted to set who can see the last seen of \+55 11 •••••-1000 \(Padaria Sol\) to My contacts except… \(hide from 1\)\. Z-API refused the change/,
    );
    expect(message.text).toContain('The setting was not changed.');
    expect(saidIn(message)).toContain('*To hide from 1:* +55 11 •••••-4321');
    expect(changeIdsIn([message])).toEqual([expect.stringMatching(/^[0-9a-z]{12}$/)]);
  });

  test('escapes what somebody else named the number', async () => {
    await using world = await startWorld({ mode, zapiFaults: [{ kind: 'empty', status: 400, times: 1 }] });
    world.account.name = '<!channel> & co';
    const form = await openForm(world);
    await form.says('(&lt;!channel&gt; &amp; co)');
    await form.choose('Nobody');
    await form.save();
    const said = saidIn(await auditMessageIn(world));
    expect(said).toContain('(&lt;!channel&gt; &amp; co)');
    expect(said).not.toContain('<!channel>');
  });

  test('comes without a number where none is known', async () => {
    await using world = await startWorld({
      mode,
      zapiFaults: [{ kind: 'empty', status: 400, path: '/device' }],
    });
    const form = await openForm(world);
    await form.choose('Nobody');
    await form.save();
    expect((await auditMessageIn(world)).text).toBe(
      'Last seen changed: <@U0ANA> set who can see the last seen of the WhatsApp number to Nobody.',
    );
  });

  test('has ids that sort by time', async () => {
    await using world = await startWorld({ mode });
    for (const option of ['Nobody', 'Everyone', 'My contacts']) {
      const form = await openForm(world);
      await form.choose(option);
      await form.save();
    }
    await world.stopped();
    const messages = toldIn(world, publicChannel);
    expect(messages.map(({ text }) => text.split(' to ').at(-1))).toEqual([
      'Nobody.',
      'Everyone.',
      'My contacts.',
    ]);
    const ids = changeIdsIn(messages);
    expect(new Set(ids).size).toBe(3);
    expect([...ids].sort()).toEqual(ids);
  });
});
