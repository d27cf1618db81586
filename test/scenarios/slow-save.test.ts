import { describe, expect, jest, test } from '@jest/globals';
import {
  auditChannel,
  auditMessageIn,
  inBothModes,
  openForm,
  publicChannel,
  startWorld,
  toldIn,
} from '../world.ts';

const slow = { kind: 'slow', path: '/privacy/last-seen', delayMs: 2_500 } as const;

// Real waits, side by side, on a machine that may be busy.
jest.setTimeout(60_000);

describe('saving while Z-API takes its time', () => {
  test.concurrent(`says “Saving…”, then that it is saved`, () =>
    inBothModes(async (mode) => {
      await using world = await startWorld({ mode });
      world.zapi.inject(slow);
      const form = await openForm(world);
      await form.choose('Nobody');
      await form.save();
      expect(form.text()).toContain('*Saving…* You may close this window: the outcome is posted');
      expect(form.open().submit).toBeUndefined();
      expect(toldIn(world, publicChannel)).toEqual([]);
      await form.says('*Saved.*');
      expect(form.text()).toContain('*Nobody*');
      expect(form.text()).toContain('The message for your team');
      await world.stopped();
      expect(toldIn(world, publicChannel)).toHaveLength(1);
      expect(world.changes()).toHaveLength(1);
    }));

  test.concurrent(`names the channel that is told, where that is another one`, () =>
    inBothModes(async (mode) => {
      await using world = await startWorld({ mode, env: { AUDIT_CHANNEL: auditChannel } });
      world.zapi.inject(slow);
      const form = await openForm(world);
      await form.choose('Everyone');
      await form.save();
      await form.says('*Saved.*');
      expect(form.text()).toContain('*Everyone*');
      expect(form.text()).toContain(`<#${auditChannel}>`);
      await auditMessageIn(world, auditChannel);
    }));

  test.concurrent(`says “Saving…”, then why it failed, keeps what was typed and picked, and takes another Save`, () =>
    inBothModes(async (mode) => {
      await using world = await startWorld({ mode, hidden: ['5521912345678'] });
      const form = await openForm(world);
      await form.choose('My contacts except…');
      await form.shows('Hide from');
      await form.write('Hide from', '+55 11 98765-4321');
      await form.pick('Show again to', '+55 21 91234-5678');
      world.account.connected = false;
      world.zapi.inject({ ...slow, times: 1 });
      await form.save();
      expect(form.text()).toContain('*Saving…*');
      await form.says('*Not saved.* The phone of this number is not connected to Z-API.');
      expect(form.value('Hide from')).toBe('+55 11 98765-4321');
      expect(form.picked('Show again to')).toEqual(['+55 21 91234-5678']);
      expect(form.chosen()).toBe('My contacts except…');

      world.account.connected = true;
      await form.save();
      expect(form.isOpen()).toBe(false);
      await world.stopped();
      expect(toldIn(world, publicChannel).map(({ text }) => text.split(':')[0])).toEqual([
        'Last seen not changed',
        'Last seen changed',
      ]);
    }));

  test.concurrent.each([
    ['succeeds', true, 'Last seen changed'],
    ['fails', false, 'Last seen not changed'],
  ])(`a form closed while it saves is no error where it %s`, (_, connected, told) =>
    inBothModes(async (mode) => {
      await using world = await startWorld({ mode });
      world.zapi.inject(slow);
      const form = await openForm(world);
      await form.choose('Nobody');
      world.account.connected = connected;
      await form.save();
      expect(form.text()).toContain('*Saving…*');
      await world.ana.closes();
      await world.stopped();
      expect(toldIn(world, publicChannel).map(({ text }) => text.split(':')[0])).toEqual([told]);
      expect(world.logs.filter((line) => /form not updated|unexpected error/.test(line))).toEqual([]);
      expect(form.isOpen()).toBe(false);
    }),
  );
});
