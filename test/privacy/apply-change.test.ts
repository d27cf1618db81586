import { describe, expect, test } from '@jest/globals';
import { type Applying, applyChange } from '../../src/privacy/apply-change.ts';
import { type ListChanges, type PrivacyChange, visibilities } from '../../src/privacy/change.ts';
import { ClaimLost } from '../../src/privacy/hold-claim.ts';
import type { JournalEntry, Outcome, Proof } from '../../src/privacy/journal-entry.ts';
import { GatewayError, StoreError } from '../../src/privacy/ports.ts';
import { until } from '../until.ts';
import { createLogLines } from './log-lines.ts';
import { ana, bruno, carla, exceptChange, someChange, someEntry } from './some-changes.ts';
import { someGateway } from './some-gateway.ts';

/** `ana` as somebody else may have her: without the ninth digit. */
const anaWithoutNinth = '551187654321';

/** What the gateway answers to one request: `done` resolves, an error rejects. */
type Answer = 'done' | unknown;
type List = readonly string[] | 'unreadable';

/** All that was done, in order. */
type Step =
  | { read: 'briefly' | 'patiently' | 'to prove' }
  | { noted: ListChanges }
  | { checked: true }
  | { sent: ListChanges };

/**
 * Applies one change, with a gateway that shows these lists and gives these answers, one after another; the last of each
 * goes on, the list with what was sent since and done.
 */
function applying(
  entry: JournalEntry,
  {
    lists = [[]],
    answers = ['done'],
    privateIds,
    ...fields
  }: {
    lists?: List[];
    answers?: Answer[];
    /** Whom the gateway knows by number; unset: it can't look anybody up. */
    privateIds?: Record<string, string>;
  } & Partial<Applying> = {},
) {
  const steps: Step[] = [];
  const done: ListChanges[] = [];
  const visibilitiesSent: string[] = [];
  const { log, lines } = createLogLines();
  const nth = <T>(all: readonly T[], index: number): T => all[Math.min(index, all.length - 1)] as T;
  const count = (kind: string) => steps.filter((step) => kind in step).length;
  const nextList = (): List => {
    const list = nth(lists, count('read'));
    if (list === 'unreadable' || count('read') < lists.length) return list;
    const added = done.flatMap(({ hide }) => hide);
    const removed = done.flatMap(({ showAgain }) => showAgain);
    return [...list, ...added].filter((listed) => !removed.includes(listed));
  };
  const gateway = someGateway({
    async apply({ visibility, hide, showAgain }, { beforeSend } = {}) {
      beforeSend?.();
      const answer = nth(answers, count('sent'));
      steps.push({ sent: { hide, showAgain } });
      visibilitiesSent.push(visibility);
      if (answer !== 'done') throw answer;
      done.push({ hide, showAgain });
    },
    async readHidden(_setting, { timeoutMs } = {}) {
      const list = nextList();
      const isBrief = timeoutMs !== undefined && timeoutMs <= 1_000;
      steps.push({ read: timeoutMs === undefined ? 'patiently' : isBrief ? 'briefly' : 'to prove' });
      if (list === 'unreadable') throw new GatewayError('unavailable', 'no');
      return [...list];
    },
    ...(privateIds && {
      lookUp: async (phones: readonly string[]) =>
        phones.map((asked) => ({
          asked,
          isOnWhatsApp: true,
          phone: asked,
          privateId: privateIds[asked],
        })),
    }),
  });
  const outcome = applyChange(entry, {
    gateway,
    log,
    begunBefore: false,
    isTooOld: false,
    async noteRealChanges({ hide, showAgain }) {
      steps.push({ noted: { hide, showAgain } });
    },
    beforeSend() {
      steps.push({ checked: true });
    },
    signal: new AbortController().signal,
    proofPausesMs: [0, 0, 0],
    ...fields,
  });
  return {
    outcome,
    steps,
    lines,
    visibilitiesSent,
    sent: () => steps.flatMap((step) => ('sent' in step ? [step.sent] : [])),
    noted: () => steps.flatMap((step) => ('noted' in step ? [step.noted] : [])),
    proofReads: () => steps.filter((step) => 'read' in step && step.read === 'to prove').length,
  };
}

const list = (hide: readonly string[], showAgain: readonly string[] = []): ListChanges => ({
  hide,
  showAgain,
});
const nothing = list([]);
const refused = new GatewayError('refused', 'no', '200');
const lost = new GatewayError('timeout', 'unknown');
const applied: Outcome = { kind: 'applied' };
const proven = (proof: Proof): Outcome => ({ kind: 'applied', proof });
const verified = proven({ kind: 'verified' });
const unread = proven({ kind: 'unread' });
const expired: Outcome = { kind: 'expired' };
const interrupted: Outcome = { kind: 'unknown', failure: 'interrupted' };

describe('a change that nobody had before', () => {
  test.each(visibilities)('is sent once, as it was asked for: %s', async (visibility) => {
    const change = applying(someEntry({ change: someChange(visibility) }));
    await expect(change.outcome).resolves.toEqual(applied);
    expect(change.visibilitiesSent).toEqual([visibility]);
    expect(change.steps).toEqual([{ checked: true }, { sent: nothing }]);
  });

  test('of the list reads it briefly, notes what is to change in truth, and only then is sent', async () => {
    const { outcome, steps, visibilitiesSent } = applying(
      someEntry({ change: exceptChange([ana], [bruno]) }),
      {
        lists: [[bruno]],
      },
    );
    await expect(outcome).resolves.toEqual(verified);
    expect(steps).toEqual([
      { read: 'briefly' },
      { noted: list([ana], [bruno]) },
      { checked: true },
      { sent: list([ana], [bruno]) },
      { read: 'to prove' },
    ]);
    expect(visibilitiesSent).toEqual(['contacts-except']);
  });

  test.each<[string, PrivacyChange, string[], ListChanges]>([
    ['one of two is hidden already', exceptChange([ana, bruno]), [ana], list([bruno])],
    ['one of two is not on the list', exceptChange([], [ana, bruno]), [bruno], list([], [bruno])],
    ['all is so already', exceptChange([ana], [bruno]), [ana], nothing],
    ["somebody's private id is on the list", exceptChange([ana]), ['123@lid'], list([ana])],
    ['the list has it without the ninth digit', exceptChange([ana]), [anaWithoutNinth], nothing],
    ['it was typed without the ninth digit', exceptChange([anaWithoutNinth]), [ana], nothing],
    [
      'a number of another country looks alike',
      exceptChange(['14155552671']),
      ['4155552671'],
      list(['14155552671']),
    ],
  ])('sends and notes real changes only: %s', async (_what, change, hidden, real) => {
    const { outcome, noted, sent } = applying(someEntry({ change }), { lists: [hidden] });
    await expect(outcome).resolves.toEqual(verified);
    expect(noted()).toEqual([real]);
    expect(sent()).toEqual([real]);
  });

  test('takes people off the list as the list has them, and notes them as they were named', async () => {
    const { outcome, noted, sent } = applying(someEntry({ change: exceptChange([], [ana, bruno, carla]) }), {
      lists: [[anaWithoutNinth, '123@lid', '456@lid']],
      privateIds: { [ana]: '789@lid', [bruno]: '456@lid', [carla]: '012@lid' },
    });
    await expect(outcome).resolves.toEqual(verified);
    expect(noted()).toEqual([list([], [ana, bruno])]);
    expect(sent()).toEqual([list([], [anaWithoutNinth, '456@lid'])]);
  });

  test('hides nobody again who is on the list under a private id', async () => {
    const { outcome, noted, sent } = applying(someEntry({ change: exceptChange([ana, bruno]) }), {
      lists: [['123@lid']],
      privateIds: { [ana]: '123@lid', [bruno]: '456@lid' },
    });
    await expect(outcome).resolves.toEqual(verified);
    expect(noted()).toEqual([list([bruno])]);
    expect(sent()).toEqual([list([bruno])]);
  });

  test('is sent as it was asked for, and nothing noted, where the list can not be read', async () => {
    const { outcome, noted, sent } = applying(someEntry({ change: exceptChange([ana], [bruno]) }), {
      lists: ['unreadable'],
    });
    await expect(outcome).resolves.toEqual(unread);
    expect(noted()).toEqual([]);
    expect(sent()).toEqual([list([ana], [bruno])]);
  });

  test.each<[string, PrivacyChange]>([
    ['without numbers', someChange()],
    ['of the list', exceptChange([ana])],
  ])(
    'is not made any more, nor is anything asked, when it waited for too long: %s',
    async (_what, change) => {
      const { outcome, steps } = applying(someEntry({ change }), { isTooOld: true });
      await expect(outcome).resolves.toEqual(expired);
      expect(steps).toEqual([]);
    },
  );
});

describe('a change without numbers that was begun before', () => {
  test.each(visibilities)('is sent again, which does no harm: %s', async (visibility) => {
    const { outcome, steps } = applying(someEntry({ change: someChange(visibility) }), { begunBefore: true });
    await expect(outcome).resolves.toEqual(applied);
    expect(steps).toEqual([{ checked: true }, { sent: nothing }]);
  });

  test.each(visibilities)(
    'is not sent again when it is too old, and nobody knows: %s',
    async (visibility) => {
      const { outcome, steps } = applying(someEntry({ change: someChange(visibility) }), {
        begunBefore: true,
        isTooOld: true,
      });
      await expect(outcome).resolves.toEqual(interrupted);
      expect(steps).toEqual([]);
    },
  );
});

describe('a change of the list that was begun before', () => {
  const change = exceptChange([ana, bruno], [carla]);
  const real = list([ana], [carla]);

  test.each<
    [string, { realChanges?: ListChanges; isTooOld?: boolean; hidden: List }, Outcome, ListChanges[]]
  >([
    ['shows all that was to change', { realChanges: real, hidden: [ana, bruno] }, verified, []],
    ['shows it in its other form', { realChanges: real, hidden: [anaWithoutNinth, bruno] }, verified, []],
    ['shows it, too late', { realChanges: real, isTooOld: true, hidden: [ana, bruno] }, verified, []],
    ['shows none of it', { realChanges: real, hidden: [bruno, carla] }, verified, [list([ana], [carla])]],
    ['shows a part of it', { realChanges: real, hidden: [ana, bruno, carla] }, verified, [list([], [carla])]],
    ['shows all of it, and what was so before is not known', { hidden: [ana, bruno] }, verified, [nothing]],
    [
      'shows all of it, and nothing was to change',
      { realChanges: nothing, hidden: [ana, bruno] },
      verified,
      [nothing],
    ],
    [
      'shows none of it, too late',
      { realChanges: real, isTooOld: true, hidden: [bruno, carla] },
      expired,
      [],
    ],
    [
      'shows a part of it, too late',
      { realChanges: real, isTooOld: true, hidden: [ana, bruno, carla] },
      interrupted,
      [],
    ],
    [
      'shows all of it, too late, and what was so before is not known',
      { isTooOld: true, hidden: [ana, bruno] },
      interrupted,
      [],
    ],
    [
      'shows none of it, too late, and what was so before is not known',
      { isTooOld: true, hidden: [carla] },
      expired,
      [],
    ],
    [
      'is as it was, too late, and nothing was to change',
      { realChanges: nothing, isTooOld: true, hidden: [ana, bruno] },
      interrupted,
      [],
    ],
    ['can not be read', { realChanges: real, hidden: 'unreadable' }, interrupted, []],
    [
      'can not be read, too late',
      { realChanges: real, isTooOld: true, hidden: 'unreadable' },
      interrupted,
      [],
    ],
  ])('the list %s', async (_what, { realChanges, isTooOld = false, hidden }, outcome, sent) => {
    const entry = someEntry({ change, ...(realChanges && { realChanges }) });
    const begun = applying(entry, { begunBefore: true, isTooOld, lists: [hidden] });
    await expect(begun.outcome).resolves.toEqual(outcome);
    expect(begun.sent()).toEqual(sent);
    expect(begun.steps[0]).toEqual({ read: 'patiently' });
    // What was so before it was begun is not to be seen any more.
    expect(begun.noted()).toEqual([]);
  });
});

describe('how it ended', () => {
  test.each<[unknown, Outcome]>([
    [refused, { kind: 'failed', failure: 'refused' }],
    [new GatewayError('credentials', 'no', '403'), { kind: 'failed', failure: 'credentials' }],
    [new GatewayError('unavailable', 'no', 'ECONNREFUSED'), { kind: 'failed', failure: 'unavailable' }],
    [new GatewayError('unavailable', 'unknown', '502'), { kind: 'unknown', failure: 'unavailable' }],
    [lost, { kind: 'unknown', failure: 'timeout' }],
    [new Error('boom'), { kind: 'unknown', failure: 'unexpected-reply' }],
    [undefined, { kind: 'unknown', failure: 'unexpected-reply' }],
    ['boom', { kind: 'unknown', failure: 'unexpected-reply' }],
  ])('%s is %j', async (error, outcome) => {
    const { outcome: ended, sent } = applying(someEntry(), { answers: [error] });
    await expect(ended).resolves.toEqual(outcome);
    expect(sent()).toHaveLength(1);
  });

  test('the log names kind and detail of a failure of the gateway', async () => {
    const { outcome, lines } = applying(someEntry(), {
      answers: [new GatewayError('unavailable', 'unknown', '502')],
    });
    await outcome;
    expect(lines).toEqual([
      expect.objectContaining({
        level: 'warn',
        change: '0d2fh7k3mabc',
        failure: 'unavailable',
        detail: '502',
      }),
    ]);
  });

  test('the log holds nothing of an error that no gateway promised, but its class', async () => {
    class Leaky extends Error {
      override name = 'Leaky';
      url = 'https://api.z-api.test/token/INSTANCE-SECRET';
    }
    const error = new Leaky('Client-Token CLIENT-SECRET not allowed');
    error.cause = { token: 'CAUSE-SECRET' };
    const { outcome, lines } = applying(someEntry(), { answers: [error] });
    await outcome;
    expect(JSON.stringify(lines)).toContain('Leaky');
    expect(JSON.stringify(lines)).not.toContain('SECRET');
  });
});

describe('a change of the list that is refused', () => {
  const entry = someEntry({ change: exceptChange([ana, bruno]) });
  const failed: Outcome = { kind: 'failed', failure: 'refused' };

  test('is sent once more after the list was read again, without what is so meanwhile', async () => {
    const { outcome, steps } = applying(entry, { lists: [[], [ana]], answers: [refused, 'done'] });
    await expect(outcome).resolves.toEqual(verified);
    expect(steps).toEqual([
      { read: 'briefly' },
      { noted: list([ana, bruno]) },
      { checked: true },
      { sent: list([ana, bruno]) },
      { read: 'patiently' },
      { noted: list([bruno]) },
      { checked: true },
      { sent: list([bruno]) },
      { read: 'to prove' },
    ]);
  });

  test('is sent once more though nothing is left to change: the choice itself is', async () => {
    const { outcome, sent, noted } = applying(entry, {
      lists: [[], [ana, bruno]],
      answers: [refused, 'done'],
    });
    await expect(outcome).resolves.toEqual(verified);
    expect(sent()).toEqual([list([ana, bruno]), nothing]);
    expect(noted()).toEqual([list([ana, bruno]), nothing]);
  });

  test('notes what is to change where the list could not be read before', async () => {
    const { outcome, noted } = applying(entry, {
      lists: ['unreadable', [ana]],
      answers: [refused, 'done'],
    });
    await expect(outcome).resolves.toEqual(verified);
    expect(noted()).toEqual([list([bruno])]);
  });

  test('is sent no third time', async () => {
    const { outcome, sent } = applying(entry, { answers: [refused] });
    await expect(outcome).resolves.toEqual(failed);
    expect(sent()).toHaveLength(2);
  });

  test('stays refused where the list can not be read again', async () => {
    const { outcome, sent } = applying(entry, { lists: [[], 'unreadable'], answers: [refused] });
    await expect(outcome).resolves.toEqual(failed);
    expect(sent()).toHaveLength(1);
  });

  test('without numbers is sent once more, too', async () => {
    const { outcome, sent, noted } = applying(someEntry({ change: exceptChange([]) }), {
      answers: [refused, 'done'],
    });
    await expect(outcome).resolves.toEqual(applied);
    expect(sent()).toEqual([nothing, nothing]);
    expect(noted()).toEqual([]);
  });

  test('ends as the second try does', async () => {
    const { outcome } = applying(entry, {
      answers: [refused, new GatewayError('invalid-phone', 'no', '400')],
    });
    await expect(outcome).resolves.toEqual({ kind: 'failed', failure: 'invalid-phone' });
  });

  test('is read back where the second try is lost', async () => {
    const { outcome } = applying(entry, { lists: [[], [ana], [ana, bruno]], answers: [refused, lost] });
    await expect(outcome).resolves.toEqual(verified);
  });

  test('and was begun before, notes nothing', async () => {
    const { outcome, noted, sent } = applying(entry, {
      begunBefore: true,
      lists: [[], [ana]],
      answers: [refused, 'done'],
    });
    await expect(outcome).resolves.toEqual(verified);
    expect(sent()).toEqual([list([ana, bruno]), list([bruno])]);
    expect(noted()).toEqual([]);
  });

  test.each<[string, PrivacyChange, unknown]>([
    ['is of another kind', exceptChange([ana]), new GatewayError('disconnected', 'no')],
    ['is of a change that has no list', someChange('contacts'), refused],
  ])('is sent once only where the refusal %s', async (_what, change, error) => {
    const { outcome, sent } = applying(someEntry({ change }), { answers: [error] });
    await expect(outcome).resolves.toMatchObject({ kind: 'failed' });
    expect(sent()).toHaveLength(1);
  });
});

describe('a change of the list whose answer is lost', () => {
  const entry = someEntry({ change: exceptChange([ana, bruno], [carla]) });
  const unknown: Outcome = { kind: 'unknown', failure: 'timeout' };

  test.each<[string, List, Outcome]>([
    ['shows it', [ana, bruno], verified],
    ['shows it in its other form', [anaWithoutNinth, bruno], verified],
    ['shows none of it', [carla], { ...unknown, notOnTheList: true } as Outcome],
    ['shows a part of it', [ana, carla], unknown],
    ['shows another part of it', [], unknown],
    ['can not be read', 'unreadable', unknown],
  ])('is read back, and the list %s', async (_what, after, outcome) => {
    const { outcome: ended, steps, sent } = applying(entry, { lists: [[carla], after], answers: [lost] });
    await expect(ended).resolves.toEqual(outcome);
    expect(sent()).toHaveLength(1);
    expect(steps.at(-1)).toEqual({ read: 'patiently' });
  });

  test('stays unknown, unread, where nothing was to change on the list', async () => {
    const { outcome, steps } = applying(entry, { lists: [[ana, bruno]], answers: [lost] });
    await expect(outcome).resolves.toEqual(unknown);
    expect(steps.at(-1)).toEqual({ sent: nothing });
  });

  test('is not taken for made because of what may have been so before', async () => {
    const { outcome } = applying(entry, { lists: ['unreadable', [ana, bruno]], answers: [lost] });
    await expect(outcome).resolves.toEqual(unknown);
  });

  test('counts as made where it was begun before and what was missing is there now', async () => {
    const { outcome, sent } = applying(entry, {
      begunBefore: true,
      lists: [
        [ana, carla],
        [ana, bruno],
      ],
      answers: [lost],
    });
    await expect(outcome).resolves.toEqual(verified);
    expect(sent()).toEqual([list([bruno], [carla])]);
  });

  test('stays unknown where it has no list', async () => {
    const { outcome, steps } = applying(someEntry({ change: someChange('contacts') }), { answers: [lost] });
    await expect(outcome).resolves.toEqual(unknown);
    expect(steps).toEqual([{ checked: true }, { sent: nothing }]);
  });
});

describe('a claim that is lost is no outcome, and nothing more is sent', () => {
  const lose = () => {
    throw new ClaimLost();
  };

  test.each<[string, PrivacyChange]>([
    ['without numbers', someChange()],
    ['of the list', exceptChange([ana])],
  ])('before a change is sent: %s', async (_what, change) => {
    const { outcome, sent } = applying(someEntry({ change }), { beforeSend: lose });
    await expect(outcome).rejects.toThrow(ClaimLost);
    expect(sent()).toEqual([]);
  });

  test('before the second try', async () => {
    let tries = 0;
    const { outcome, sent } = applying(someEntry({ change: exceptChange([ana]) }), {
      answers: [refused],
      beforeSend() {
        tries += 1;
        if (tries > 1) lose();
      },
    });
    await expect(outcome).rejects.toThrow(ClaimLost);
    expect(sent()).toHaveLength(1);
  });

  test.each<[string, PrivacyChange, unknown]>([
    ['a failure', someChange(), refused],
    ['an unknown outcome', someChange(), lost],
    ['a failure of a change of the list', exceptChange([ana]), refused],
    ['an error that no gateway promised', someChange(), new Error('aborted')],
  ])('while it is sent, whatever the gateway makes of it: %s', async (_what, change, error) => {
    const claim = new AbortController();
    const reason = new ClaimLost();
    const { outcome, sent } = applying(someEntry({ change }), {
      signal: claim.signal,
      answers: [error],
      beforeSend: () => claim.abort(reason),
    });
    await expect(outcome).rejects.toBe(reason);
    expect(sent()).toHaveLength(1);
  });

  test('while the list is read', async () => {
    const claim = new AbortController();
    const reason = new ClaimLost();
    claim.abort(reason);
    const { outcome, steps } = applying(someEntry({ change: exceptChange([ana]) }), { signal: claim.signal });
    await expect(outcome).rejects.toBe(reason);
    expect(steps).toEqual([{ read: 'briefly' }]);
  });

  test.each<[string, Error]>([
    ['the claim is lost', new ClaimLost()],
    ['the store fails', new StoreError('no', 'ENOSPC')],
  ])('nor is it sent where what is to change could not be noted: %s', async (_why, error) => {
    const { outcome, sent } = applying(someEntry({ change: exceptChange([ana]) }), {
      noteRealChanges: () => Promise.reject(error),
    });
    await expect(outcome).rejects.toBe(error);
    expect(sent()).toEqual([]);
  });
});

describe('a failure after somebody may have made the change', () => {
  const offline = new GatewayError('disconnected', 'no', '200');

  test.each(['everyone', 'nobody'] as const)(
    'does not say that it was not made: %s leaves no trace',
    async (visibility) => {
      const change = applying(someEntry({ change: someChange(visibility) }), {
        begunBefore: true,
        answers: [offline],
      });
      await expect(change.outcome).resolves.toEqual({ kind: 'unknown', failure: 'disconnected' });
    },
  );

  test.each<[string, Partial<JournalEntry>, List, Outcome]>([
    [
      'does where the list shows that it was not',
      { change: exceptChange([ana, bruno]) },
      [carla],
      { kind: 'failed', failure: 'disconnected' },
    ],
    [
      'does not where the list holds private ids, which may be anybody',
      { change: exceptChange([ana]) },
      ['123@lid'],
      { kind: 'unknown', failure: 'disconnected' },
    ],
    [
      'does not where there was nothing to change on the list',
      { change: exceptChange([ana]), realChanges: list([]) },
      [ana],
      { kind: 'unknown', failure: 'disconnected' },
    ],
    [
      'does not where a part of it is there',
      { change: exceptChange([ana, bruno]) },
      [bruno],
      { kind: 'unknown', failure: 'disconnected' },
    ],
  ])('%s', async (_what, fields, shown, outcome) => {
    const change = applying(someEntry(fields), { begunBefore: true, lists: [shown], answers: [offline] });
    await expect(change.outcome).resolves.toEqual(outcome);
  });

  test('is tried once more where it is a refusal of the list, and stays unknown', async () => {
    const change = applying(someEntry({ change: exceptChange([]) }), {
      begunBefore: true,
      answers: [refused],
    });
    await expect(change.outcome).resolves.toEqual({ kind: 'unknown', failure: 'refused' });
    expect(change.sent()).toHaveLength(2);
  });
});

describe('a list with private ids on it', () => {
  test('does not show that a change was never made, however old it is', async () => {
    const change = applying(someEntry({ change: exceptChange([ana]), realChanges: list([ana]) }), {
      begunBefore: true,
      isTooOld: true,
      lists: [['123@lid']],
    });
    await expect(change.outcome).resolves.toEqual(interrupted);
    expect(change.sent()).toEqual([]);
  });

  test('does not show that a change whose answer was lost is missing', async () => {
    const change = applying(someEntry({ change: exceptChange([ana]) }), {
      lists: [['123@lid']],
      answers: [lost],
    });
    await expect(change.outcome).resolves.toEqual({ kind: 'unknown', failure: 'timeout' });
  });

  test('does not show that somebody was taken off it', async () => {
    const entry = someEntry({ change: exceptChange([], [ana]), realChanges: list([], [ana]) });
    const change = applying(entry, { begunBefore: true, isTooOld: true, lists: [['123@lid']] });
    await expect(change.outcome).resolves.toEqual(interrupted);
    expect(change.sent()).toEqual([]);
  });

  test('does show it where theirs is known, and where they were named by it', async () => {
    const entry = someEntry({
      change: exceptChange([], [ana, '456@lid']),
      realChanges: list([], [ana, '456@lid']),
    });
    const change = applying(entry, {
      begunBefore: true,
      isTooOld: true,
      lists: [['123@lid']],
      privateIds: { [ana]: '789@lid' },
    });
    await expect(change.outcome).resolves.toEqual(verified);
  });

  test('shows what it has as a number', async () => {
    const change = applying(someEntry({ change: exceptChange([ana]) }), {
      lists: [['123@lid'], ['123@lid', ana]],
      answers: [lost],
    });
    await expect(change.outcome).resolves.toEqual(verified);
  });
});

test('a refusal after which the list shows a part of the change does not say that nothing was changed', async () => {
  const change = applying(someEntry({ change: exceptChange([ana], [bruno]) }), {
    lists: [[bruno], [ana, bruno]],
    answers: [refused],
  });
  await expect(change.outcome).resolves.toEqual({ kind: 'unknown', failure: 'refused' });
  expect(change.sent()).toEqual([list([ana], [bruno]), list([], [bruno])]);
});

describe('a change of the list that is confirmed', () => {
  const entry = someEntry({ change: exceptChange([ana, bruno], [carla]) });
  const before = [carla];
  const notTaken = (hide: readonly string[], showAgain: readonly string[] = []) =>
    proven({ kind: 'not-taken', missing: { hide, showAgain } });

  test.each<[string, List[], Outcome, number]>([
    ['shows it', [[ana, bruno]], verified, 1],
    ['shows it in its other form', [[anaWithoutNinth, bruno]], verified, 1],
    ['shows it at the second reading', [before, [ana, bruno]], verified, 2],
    ['shows it at the third reading', [before, [ana, carla], [ana, bruno]], verified, 3],
    ['shows none of it', [before, before, before], notTaken([ana, bruno], [carla]), 3],
    ['shows it to a part', [[ana], [ana], [ana]], notTaken([bruno]), 3],
    ['shows the last part later', [before, [ana, carla], [ana]], notTaken([bruno]), 3],
    [
      'still shows who was to leave',
      [
        [ana, bruno, carla],
        [ana, bruno, carla],
        [ana, bruno, carla],
      ],
      notTaken([], [carla]),
      3,
    ],
    ['can not be read', ['unreadable'], unread, 1],
    [
      'shows none of it, and can not be read again',
      [before, 'unreadable'],
      notTaken([ana, bruno], [carla]),
      2,
    ],
  ])('is looked for on the list, which %s', async (_what, after, outcome, reads) => {
    const change = applying(entry, { lists: [before, ...after] });
    await expect(change.outcome).resolves.toEqual(outcome);
    expect(change.proofReads()).toBe(reads);
    expect(change.sent()).toHaveLength(1);
  });

  test('has what is missing in the words of the change, though it was so before', async () => {
    const change = applying(someEntry({ change: exceptChange([anaWithoutNinth, bruno]) }), {
      lists: [[ana], [bruno], [bruno], [bruno]],
    });
    await expect(change.outcome).resolves.toEqual(notTaken([anaWithoutNinth]));
    expect(change.sent()).toEqual([list([bruno])]);
  });

  test('is not looked for where it names nobody', async () => {
    const change = applying(someEntry({ change: exceptChange([]) }), { lists: [[ana]] });
    await expect(change.outcome).resolves.toEqual(applied);
    expect(change.steps).toEqual([{ checked: true }, { sent: nothing }]);
  });

  test('is looked for after a second try as well', async () => {
    const change = applying(entry, {
      lists: [before, before, [ana], [ana], [ana]],
      answers: [refused, 'done'],
    });
    await expect(change.outcome).resolves.toEqual(notTaken([bruno]));
  });

  test('is looked for again no sooner than it may have come', async () => {
    const startedMs = performance.now();
    const change = applying(entry, {
      lists: [before, before, [ana, bruno]],
      proofPausesMs: undefined,
    });
    await expect(change.outcome).resolves.toEqual(verified);
    // Timers are a little early at times.
    expect(performance.now() - startedMs).toBeGreaterThan(690);
  });

  test.each<[string, PrivacyChange, string[], Record<string, string> | undefined, Outcome]>([
    ['may be there under one', exceptChange([ana]), ['123@lid'], undefined, unread],
    ['may be there under one, not known to be on WhatsApp', exceptChange([ana]), ['123@lid'], {}, unread],
    ['is there under one', exceptChange([ana]), ['123@lid'], { [ana]: '123@lid' }, verified],
    ['is not there under theirs', exceptChange([ana]), ['123@lid'], { [ana]: '456@lid' }, notTaken([ana])],
    ['may not have left', exceptChange([], [ana]), ['123@lid'], undefined, unread],
    ['left', exceptChange([], [ana]), ['123@lid'], { [ana]: '456@lid' }, verified],
    ['did not leave', exceptChange([], [ana]), ['123@lid'], { [ana]: '123@lid' }, notTaken([], [ana])],
    ['was named by the one that left', exceptChange([], ['456@lid']), ['123@lid'], undefined, verified],
    [
      'was named by the one that did not leave',
      exceptChange([], ['123@lid']),
      ['123@lid'],
      undefined,
      notTaken([], ['123@lid']),
    ],
    [
      'may be there under one, and somebody else did not leave',
      exceptChange([ana], [bruno]),
      ['123@lid', bruno],
      undefined,
      notTaken([], [bruno]),
    ],
  ])(
    'is looked for on a list with private ids: who was named %s',
    async (_what, change, after, privateIds, outcome) => {
      const { outcome: ended } = applying(someEntry({ change }), {
        lists: [[], after, after, after],
        ...(privateIds && { privateIds }),
      });
      await expect(ended).resolves.toEqual(outcome);
    },
  );

  test.each<[string, Partial<Applying>]>([
    ['too late', { isTooOld: true }],
    ['in time', {}],
  ])('before the process died is proven by the list, %s', async (_when, fields) => {
    const change = applying(someEntry({ change: entry.change, realChanges: list([ana], [carla]) }), {
      begunBefore: true,
      lists: [[ana]],
      ...fields,
    });
    // It was there before, and is not any more.
    await expect(change.outcome).resolves.toEqual(notTaken([bruno]));
    expect(change.sent()).toEqual([]);
  });

  test('is no outcome where the claim is lost between two readings', async () => {
    const claim = new AbortController();
    const reason = new ClaimLost();
    const change = applying(entry, {
      lists: [before, before, [ana, bruno]],
      proofPausesMs: [0, 60_000],
      signal: claim.signal,
    });
    await until(() => change.proofReads() === 1, 'the first reading');
    claim.abort(reason);
    await expect(change.outcome).rejects.toBe(reason);
    expect(change.proofReads()).toBe(1);
  });
});
