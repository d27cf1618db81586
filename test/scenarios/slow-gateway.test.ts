import { describe, expect, jest, test } from '@jest/globals';
import type { ZapiFault } from '../../fakes/zapi/types.ts';
import { auditMessageIn, inBothModes, openForm, startWorld, type World } from '../world.ts';

// What takes the bot's whole patience with Z-API (20 s) runs side by side.
const patienceMs = 40_000;
const listPath = '/privacy/disallowed-contacts';
const path = '/privacy/last-seen';

async function openAtTheList(world: World) {
  const form = await openForm(world);
  await form.choose('My contacts except…');
  await form.shows('Hide from');
  return form;
}

const late: [string, ZapiFault][] = [
  ['answers 503 again and again', { kind: 'html', path: listPath, status: 503 }],
  ['cuts the connection again and again', { kind: 'reset', path: listPath, applied: false }],
  ['is overloaded', { kind: 'rate-limited', path: listPath, retryAfterSeconds: 60 }],
];

// Real waits, side by side, on a machine that may be busy.
jest.setTimeout(60_000);

describe('a Z-API that keeps the bot waiting', () => {
  test.concurrent(
    `and makes a change without ever saying so: the list shows that it was made`,
    () =>
      inBothModes(async (mode) => {
        await using world = await startWorld({ mode });
        const form = await openAtTheList(world);
        world.zapi.inject({ kind: 'hang', path, applied: true });
        await form.write('Hide from', '+55 11 98765-4321');
        await form.save();
        expect(form.text()).toContain('*Saving…*');
        await form.says('*Saved.*', patienceMs);
        expect((await auditMessageIn(world)).text).toMatch(/^Last seen changed: /);
        expect(world.changes()).toHaveLength(1);
      }),
    patienceMs + 5_000,
  );

  test.concurrent.each([
    ['without numbers', 'Nobody', '', 'look on the phone'],
    [
      'of the list that it does not make',
      'My contacts except…',
      '+55 11 98765-4321',
      'the list was read again, and does not show it so far. Look on the phone',
    ],
  ])(
    `and never answers a change %s: form and channel say that it is not known whether it was made`,
    (_what, option, numbers, says) =>
      inBothModes(async (mode) => {
        await using world = await startWorld({ mode });
        const form = await openAtTheList(world);
        if (numbers) await form.write('Hide from', numbers);
        else await form.choose(option);
        world.zapi.inject({ kind: 'hang', path, applied: false });
        await form.save();
        expect(form.text()).toContain('*Saving…*');
        await form.says('*Perhaps not saved.* Z-API did not answer in time.', patienceMs);
        expect(form.text()).toContain(`It is not known whether the setting was changed: ${says}`);
        if (numbers) expect(form.value('Hide from')).toBe(numbers);
        expect((await auditMessageIn(world)).text).toMatch(
          /^Last seen perhaps not changed: .* Z-API did not answer in time\./,
        );
        expect(world.changes()).toHaveLength(1);
      }),
    patienceMs + 5_000,
  );

  test.concurrent(
    `and never says who is hidden: the form works meanwhile, and says so in the end`,
    () =>
      inBothModes(async (mode) => {
        await using world = await startWorld({ mode });
        world.zapi.inject({ kind: 'hang', path: listPath, applied: false });
        const form = await openAtTheList(world);
        const other = await openForm(world, { person: world.bruno });
        await other.choose('My contacts except…');
        await other.shows('Hide from');
        await other.write('Hide from', '+55 11 98765-4321');
        await other.save();
        // The list is asked for before the change, and again to prove it.
        expect(other.text()).toContain('*Saving…*');
        await other.says('*Saved.*', patienceMs);
        expect((await auditMessageIn(world)).text).toMatch(
          /^Last seen changed: .* Not verified: the list could not/,
        );
        expect(form.text()).toContain('Reading who is on the list now…');
        await form.says(
          "Z-API can't say right now who is on the list. You can still save changes.",
          patienceMs,
        );
      }),
    patienceMs + 5_000,
  );

  test.concurrent.each(late)(
    `and does not say who is hidden, as it %s: the form says so and works`,
    (_, fault) =>
      inBothModes(async (mode) => {
        await using world = await startWorld({ mode });
        world.zapi.inject(fault);
        const form = await openAtTheList(world);
        await form.write('Hide from', '+55 11 98765-4321');
        await form.says("Z-API can't say right now who is on the list.", 20_000);
        expect(form.value('Hide from')).toBe('+55 11 98765-4321');
        await form.save();
        // It is asked in vain before the change, and again to prove it.
        await world.slack.until(
          () => !form.isOpen() || form.text().includes('*Saved.*'),
          'the form saved',
          patienceMs,
        );
        expect(world.account.disallowed).toEqual(['5511987654321']);
        expect((await auditMessageIn(world)).text).toMatch(
          /^Last seen changed: .* Not verified: the list could not/,
        );
      }),
  );

  test.concurrent(`for a moment is asked again who is hidden`, () =>
    inBothModes(async (mode) => {
      await using world = await startWorld({ mode, hidden: ['5521912345678'] });
      world.zapi.inject({ kind: 'html', path: listPath, status: 503, times: 1 });
      const form = await openAtTheList(world);
      await form.says('+55 21 91234-5678');
    }));

  test.concurrent.each([
    ['503', { kind: 'html', path, status: 503, times: 1 }],
    ['a cut connection', { kind: 'reset', path, applied: true, times: 1 }],
    ['429', { kind: 'rate-limited', path, retryAfterSeconds: 1, times: 1 }],
  ] as [string, ZapiFault][])(
    `and answers with %s is sent again a change that may be made twice`,
    (_, fault) =>
      inBothModes(async (mode) => {
        await using world = await startWorld({ mode });
        world.zapi.inject(fault);
        const form = await openForm(world);
        await form.choose('Nobody');
        await form.save();
        expect(form.isOpen()).toBe(false);
        expect(world.account.lastSeen).toBe('NONE');
        expect((await auditMessageIn(world)).text).toMatch(/^Last seen changed: /);
      }),
  );

  test.concurrent(`and does not listen any more: nothing was changed`, () =>
    inBothModes(async (mode) => {
      await using world = await startWorld({ mode });
      const form = await openForm(world);
      await form.choose('Nobody');
      await world.zapi.close();
      await form.save();
      await form.says(
        '*Not saved.* Z-API is not available right now. The setting was not changed. Try again in a few minutes.',
        20_000,
      );
    }));
});
