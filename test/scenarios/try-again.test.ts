import { describe, expect, jest, test } from '@jest/globals';
import type { Message, Person } from '../../fakes/slack/types.ts';
import type { ZapiFault } from '../../fakes/zapi/types.ts';
import { buttonsOf, press } from '../buttons.ts';
import { saveAndTell, saveChange, toldNext } from '../save-change.ts';
import {
  changeIdsIn,
  formOf,
  inBothModes,
  privateChannel,
  publicChannel,
  startWorld,
  toldIn,
  type World,
  whispered,
} from '../world.ts';

const path = '/privacy/last-seen';
const refused: ZapiFault = { kind: 'success-false', path };

/** Whom a change of the list is to show again to. */
const hidden = ['553132321010'];

/** A change of the list that failed, with its form closed again. */
async function failedChange(world: World, channel = publicChannel) {
  world.zapi.inject(refused);
  const failed = await saveAndTell(world, {
    hide: '+55 11 98765-4321\n+1 415 555 2671',
    showAgain: '+55 31 3232-1010',
    channel,
  });
  world.zapi.clearFaults();
  await world.ana.closes();
  return failed;
}

/** Presses the button, and waits until the form can be filled in. */
async function tryAgain(world: World, person: Person, message: Message) {
  await press(person, message, 'Try again');
  await world.slack.until(() => person.modal(), 'the form', 10_000);
  const form = formOf(world, person);
  await form.shows('Who can see last seen');
  return form;
}

// Real waits, side by side, on a machine that may be busy.
jest.setTimeout(60_000);

describe('Try again', () => {
  test.concurrent('opens the form as it was, and what is saved is another change', () =>
    inBothModes(async (mode) => {
      await using world = await startWorld({ mode, hidden });
      const { message, id } = await failedChange(world);
      expect(buttonsOf(message)).toEqual(['Try again']);
      const form = await tryAgain(world, world.ana, message);
      expect(form.open()).toMatchObject({ title: 'Last seen', submit: 'Save', close: 'Cancel' });
      expect(form.text()).toContain(`This is change \`${id}\` again. Nothing was changed yet.`);
      expect(form.chosen()).toBe('My contacts except…');
      expect(form.value('Hide from')).toBe('+55 11 98765-4321\n+1 415 555 2671');
      expect(form.picked('Show again to')).toEqual(['+55 31 3232-1010']);
      await form.says('*On the list now (1):* +55 31 3232-1010');
      expect(world.account.lastSeen).toBe('ALL');

      await form.write('Hide from', '+55 11 98765-4321');
      await form.save();
      expect(form.isOpen()).toBe(false);
      const again = await toldNext(world, 1);
      expect(again.text).toMatch(/^Last seen changed: <@U0ANA> /);
      expect(changeIdsIn([again])).not.toEqual([id]);
      expect(world.account).toMatchObject({ lastSeen: 'CONTACT_BLACKLIST', disallowed: ['5511987654321'] });
    }));

  test.concurrent.each([
    ['that nobody knows the outcome of', { kind: 'json', path, status: 200, body: {} }],
    ['that failed', refused],
  ] as [string, ZapiFault][])('is offered for a change %s, to everybody', (_, fault) =>
    inBothModes(async (mode) => {
      await using world = await startWorld({ mode });
      world.zapi.inject({ ...fault, times: 1 });
      const { message } = await saveAndTell(world, { option: 'Nobody' });
      const form = await tryAgain(world, world.bruno, message);
      expect(form.chosen()).toBe('Nobody');
      await form.save();
      expect(await toldNext(world, 1)).toMatchObject({
        text: expect.stringMatching(/^Last seen changed: <@U0BRUNO> .* to Nobody\.$/),
      });
    }),
  );

  test.concurrent('is offered for a change that waited too long', () =>
    inBothModes(async (mode) => {
      await using world = await startWorld({ mode, env: { CHANGE_MAX_AGE: '1 s' } });
      world.zapi.inject({ kind: 'slow', path, delayMs: 4_000, times: 1 });
      const first = saveChange(world, { option: 'Nobody', person: world.bruno });
      await world.accepted(1);
      const form = await saveChange(world, { option: 'My contacts' });
      await first;
      const expired = await toldNext(world, 1);
      expect(expired.text).toMatch(
        /^Last seen not changed: <@U0ANA> .* This change had to wait for too long, and was not made any more\. The setting was not changed\./,
      );
      expect(world.account.lastSeen).toBe('NONE');
      await form.says('*Not saved.* This change had to wait for too long');
      await world.ana.closes();
      const again = await tryAgain(world, world.ana, expired);
      expect(again.chosen()).toBe('My contacts');
      await again.save();
      await toldNext(world, 2);
      expect(world.account.lastSeen).toBe('CONTACTS');
    }));

  test.concurrent('works in a private channel where the bot is not, and is told there', () =>
    inBothModes(async (mode) => {
      await using world = await startWorld({ mode, hidden });
      const { message } = await failedChange(world, privateChannel);
      const form = await tryAgain(world, world.bruno, message);
      await form.save();
      expect((await toldNext(world, 1, privateChannel)).text).toMatch(/^Last seen changed: <@U0BRUNO> /);
    }));

  test.concurrent('opens at once, whatever Z-API does', () =>
    inBothModes(async (mode) => {
      await using world = await startWorld({ mode, hidden });
      const { message } = await failedChange(world);
      world.zapi.inject({ kind: 'hang', applied: false });
      const form = await tryAgain(world, world.ana, message);
      expect(form.text()).toContain('Reading who is on the list now…');
      world.zapi.clearFaults();
    }));

  test.concurrent('in a form that was closed before the journal was read is no error', () =>
    inBothModes(async (mode) => {
      await using world = await startWorld({ mode, hidden });
      const { message } = await failedChange(world);
      world.slack.inject({ kind: 'slow', method: 'views.open', delayMs: 400, times: 1 });
      const pressed = press(world.ana, message, 'Try again');
      await world.slack.until(() => world.ana.modal(), 'the form', 10_000);
      expect(formOf(world, world.ana).text()).toContain('Reading what was to be changed…');
      await world.ana.closes();
      await pressed;
      await world.stopped();
      expect(world.ana.modal()).toBeUndefined();
      expect(
        world.logs.filter((line) => /"level":(40|50|60)/.test(line) && !line.includes('gateway failed')),
      ).toEqual([]);
    }));

  test.concurrent('where Slack waited too long for the form says so to the person', () =>
    inBothModes(async (mode) => {
      await using world = await startWorld({ mode, hidden });
      const { message } = await failedChange(world);
      world.slack.inject({ kind: 'api-error', error: 'expired_trigger_id', method: 'views.open', times: 1 });
      await press(world.ana, message, 'Try again');
      expect(await world.slack.until(() => whispered(world, world.ana)[0], 'an answer', 10_000)).toMatch(
        /^The form did not open: Slack waited too long for it\. Nothing was changed\. /,
      );
      expect(world.ana.modal()).toBeUndefined();
    }));

  test.concurrent('delivered twice opens one form', () =>
    inBothModes(async (mode) => {
      await using world = await startWorld({ mode, hidden });
      const { message } = await failedChange(world);
      world.slack.inject({ kind: 'duplicate-delivery', times: 1 });
      const form = await tryAgain(world, world.ana, message);
      await form.save();
      await world.stopped();
      expect(form.isOpen()).toBe(false);
      const opened = world.slack.calls.filter(({ method, reply }) => method === 'views.open' && reply?.ok);
      expect(opened).toHaveLength(2);
      expect(toldIn(world, publicChannel)).toHaveLength(2);
      expect(whispered(world, world.ana)).toEqual([]);
    }));

  test.concurrent('saved twice at once is one change', () =>
    inBothModes(async (mode) => {
      await using world = await startWorld({ mode, hidden });
      const { message } = await failedChange(world);
      const before = world.changes().length;
      await tryAgain(world, world.ana, message);
      await world.ana.submits({ twice: true });
      await world.stopped();
      expect(world.changes()).toHaveLength(before + 1);
      expect(toldIn(world, publicChannel)).toHaveLength(2);
    }));
});
