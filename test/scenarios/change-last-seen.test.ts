import { describe, expect, test } from '@jest/globals';
import { auditMessageIn, modes, openForm, publicChannel, saidIn, startWorld } from '../world.ts';

describe.each(modes)('changing last seen, in %s mode', (mode) => {
  test('hides two people: the form, one request as documented, one message with masked numbers', async () => {
    await using world = await startWorld({ mode });
    const form = await openForm(world);
    expect(form.open().title).toBe('Last seen');
    expect(form.text()).toContain('+55 11 94000-1000');
    expect(form.labels()).toEqual(['Who can see last seen']);

    await form.choose('My contacts except…');
    await form.shows('Hide from');
    await form.write('Hide from', '+55 (11) 98765-4321\n5521912345678');
    await form.save();
    expect(form.isOpen()).toBe(false);

    expect(world.changes().map(({ method, contentType, body }) => ({ method, contentType, body }))).toEqual([
      {
        method: 'POST',
        contentType: 'application/json',
        body: {
          visualizationType: 'CONTACT_BLACKLIST',
          contactsBlacklist: [
            { action: 'add', phone: '5511987654321' },
            { action: 'add', phone: '5521912345678' },
          ],
        },
      },
    ]);
    expect(world.account).toMatchObject({
      lastSeen: 'CONTACT_BLACKLIST',
      disallowed: ['5511987654321', '5521912345678'],
    });

    const message = await auditMessageIn(world, publicChannel);
    expect(message.text).toContain(
      '<@U0ANA> set who can see the last seen of +55 11 •••••-1000 (Padaria Sol) to My contacts except…',
    );
    expect(saidIn(message)).toContain('+55 11 •••••-4321, +55 21 •••••-5678');
    expect(saidIn(message)).not.toContain('98765');
  });
});
