import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { createChangeApplier, type Submission } from '../../src/privacy/apply-change.ts';
import type { PrivacyChange, Visibility } from '../../src/privacy/change.ts';
import type { Phone } from '../../src/privacy/phone.ts';
import { type Audit, type EndedChange, type Gateway, GatewayError } from '../../src/privacy/ports.ts';

const minuteMs = 60_000;

let submissionCount = 0;
function submission(fields: Partial<Submission> & { visibility?: Visibility } = {}): Submission {
  submissionCount += 1;
  const { visibility = 'nobody', ...rest } = fields;
  return {
    submissionId: `submission-${submissionCount}`,
    formId: `form-${submissionCount}`,
    change: { setting: 'last-seen', visibility, hide: [], showAgain: [] },
    by: 'U0ANA',
    place: { channel: 'C0OPS', replyUrl: 'https://hooks.slack.test/REPLY-SECRET' },
    ...rest,
  };
}

/** Something that is under way until it is let through or made to fail. */
type UnderWay<T> = { subject: T; end(): void; fail(error: unknown): void };

/** A line of work that holds whatever comes until the test lets it through, and remembers the order. */
function createHold<T>() {
  const all: UnderWay<T>[] = [];
  let running = 0;
  let mostAtOnce = 0;
  return {
    all,
    mostAtOnce: () => mostAtOnce,
    async hold(subject: T): Promise<void> {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      all.push({ subject, end: resolve, fail: reject });
      running += 1;
      mostAtOnce = Math.max(mostAtOnce, running);
      await promise.finally(() => {
        running -= 1;
      });
    },
    /** Waits until the given one, counted from 0, has begun. */
    async begun(index: number): Promise<UnderWay<T>> {
      const deadlineMs = Date.now() + 2_000;
      for (;;) {
        const found = all[index];
        if (found) return found;
        if (Date.now() > deadlineMs) throw new Error(`number ${index} did not begin`);
        await nextTurn();
      }
    },
  };
}

function startApplier({
  held = false,
  heldTelling = false,
  now,
}: {
  held?: boolean;
  heldTelling?: boolean;
  now?: () => number;
} = {}) {
  const applying = createHold<PrivacyChange>();
  const telling = createHold<EndedChange>();
  const lines: string[] = [];
  const log = (level: string) => (fields: object, event: string) =>
    void lines.push(JSON.stringify({ level, ...fields, event }));
  const gateway: Gateway = {
    apply(change) {
      const applied = applying.hold(change);
      if (!held) applying.all.at(-1)?.end();
      return applied;
    },
    readHidden: () => Promise.resolve([]),
    readOwnNumber: () => Promise.reject(new GatewayError('unavailable', 'unknown')),
    close: () => Promise.resolve(),
  };
  const audit: Audit = {
    tell(ended) {
      const told = telling.hold(ended);
      if (!heldTelling) telling.all.at(-1)?.end();
      return told;
    },
  };
  let ids = 0;
  const applier = createChangeApplier({
    gateway,
    audit,
    log: { info: log('info'), warn: log('warn'), error: log('error') },
    newId() {
      ids += 1;
      return `id-${ids}`;
    },
    ...(now && { now }),
  });
  return { applier, applying, telling, lines, told: () => telling.all.map(({ subject }) => subject) };
}

/** Lets everything run that can run without anybody's help. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await nextTurn();
}

describe('the changes of one number', () => {
  test('are applied one at a time, in the order accepted', async () => {
    const { applier, applying } = startApplier({ held: true });
    const order: Visibility[] = ['nobody', 'everyone', 'contacts', 'contacts-except', 'nobody'];
    for (const visibility of order) applier.accept(submission({ visibility }));
    for (const [index] of order.entries()) {
      const current = await applying.begun(index);
      await settled();
      expect(applying.all).toHaveLength(index + 1);
      current.end();
    }
    await applier.drained();
    expect(applying.all.map(({ subject }) => subject.visibility)).toEqual(order);
    expect(applying.mostAtOnce()).toBe(1);
  });

  test.each([
    ['a failure', new GatewayError('refused', 'no')],
    ['an unknown outcome', new GatewayError('timeout', 'unknown')],
    ['an error that no gateway promised', new TypeError('boom')],
    ['something thrown that is no error', 'boom'],
  ])('go on after %s', async (_what, error) => {
    const { applier, applying } = startApplier({ held: true });
    const first = applier.accept(submission());
    const second = applier.accept(submission({ visibility: 'everyone' }));
    (await applying.begun(0)).fail(error);
    (await applying.begun(1)).end();
    await expect(first.outcome).resolves.not.toEqual({ kind: 'applied' });
    await expect(second.outcome).resolves.toEqual({ kind: 'applied' });
  });

  test('each have an id of their own', async () => {
    const { applier } = startApplier();
    const promises = [submission(), submission(), submission()].map((each) => applier.accept(each));
    expect(promises.map(({ id }) => id)).toEqual(['id-1', 'id-2', 'id-3']);
    await applier.drained();
  });
});

describe('one change and no more', () => {
  test('is made of a submission that is delivered twice while it is under way', async () => {
    const { applier, applying, told } = startApplier({ held: true });
    const given = submission();
    const first = applier.accept(given);
    const second = applier.accept({ ...given });
    expect(second).toBe(first);
    (await applying.begun(0)).end();
    await applier.drained();
    expect(applying.all).toHaveLength(1);
    expect(told()).toHaveLength(1);
  });

  test('is made of a submission that is delivered again after it was applied', async () => {
    const { applier, applying } = startApplier();
    const given = submission();
    const first = applier.accept(given);
    await first.outcome;
    await settled();
    expect(applier.accept({ ...given })).toBe(first);
    await applier.drained();
    expect(applying.all).toHaveLength(1);
  });

  test('is made of a submission that is delivered again within the hour, whatever came between', async () => {
    let nowMs = Date.UTC(2026, 10, 23);
    const { applier, applying } = startApplier({ now: () => nowMs });
    const given = submission();
    const first = applier.accept(given);
    await applier.drained();
    nowMs += 60 * minuteMs - 1;
    applier.accept(submission());
    expect(applier.accept({ ...given })).toBe(first);
    await applier.drained();
    expect(applying.all).toHaveLength(2);
  });

  test('is made of two saves of one form while the first is under way', async () => {
    const { applier, applying, told } = startApplier({ held: true });
    const first = applier.accept(submission({ formId: 'form', visibility: 'nobody' }));
    const second = applier.accept(submission({ formId: 'form', visibility: 'everyone' }));
    expect(second).toBe(first);
    (await applying.begun(0)).end();
    await applier.drained();
    expect(applying.all.map(({ subject }) => subject.visibility)).toEqual(['nobody']);
    expect(told()).toHaveLength(1);
  });

  test('is made of a second save while the first still waits behind others', async () => {
    const { applier, applying } = startApplier({ held: true });
    applier.accept(submission());
    const first = applier.accept(submission({ formId: 'form' }));
    expect(applier.accept(submission({ formId: 'form' }))).toBe(first);
    (await applying.begun(0)).end();
    (await applying.begun(1)).end();
    await applier.drained();
    expect(applying.all).toHaveLength(2);
  });
});

describe('a new change', () => {
  test.each([
    ['succeeded', (first: UnderWay<PrivacyChange>) => first.end()],
    ['failed', (first: UnderWay<PrivacyChange>) => first.fail(new GatewayError('refused', 'no'))],
    ['broke', (first: UnderWay<PrivacyChange>) => first.fail(new Error('boom'))],
  ])(
    'is made of a save of the same form as soon as the person can know that the first %s',
    async (_how, finish) => {
      const { applier, applying } = startApplier({ held: true });
      const first = applier.accept(submission({ formId: 'form' }));
      finish(await applying.begun(0));
      await first.outcome;
      const second = applier.accept(submission({ formId: 'form' }));
      expect(second.id).not.toBe(first.id);
      (await applying.begun(1)).end();
      await expect(second.outcome).resolves.toEqual({ kind: 'applied' });
    },
  );

  test('is made of the saves of two forms', async () => {
    const { applier, applying } = startApplier();
    expect(applier.accept(submission()).id).not.toBe(applier.accept(submission()).id);
    await applier.drained();
    expect(applying.all).toHaveLength(2);
  });

  test('forgets submissions of more than an hour ago, so that memory does not grow for ever', async () => {
    let nowMs = Date.UTC(2026, 10, 23);
    const { applier } = startApplier({ now: () => nowMs });
    const given = submission();
    const first = applier.accept(given);
    await applier.drained();
    nowMs += 60 * minuteMs;
    applier.accept(submission());
    expect(applier.accept({ ...given }).id).not.toBe(first.id);
    await applier.drained();
  });
});

describe('how it ended', () => {
  test.each([
    [new GatewayError('refused', 'no'), { kind: 'failed', failure: 'refused' }],
    [new GatewayError('credentials', 'no', '403'), { kind: 'failed', failure: 'credentials' }],
    [new GatewayError('unavailable', 'no', 'ECONNREFUSED'), { kind: 'failed', failure: 'unavailable' }],
    [new GatewayError('unavailable', 'unknown', '502'), { kind: 'unknown', failure: 'unavailable' }],
    [new GatewayError('timeout', 'unknown'), { kind: 'unknown', failure: 'timeout' }],
    [new Error('boom'), { kind: 'unknown', failure: 'unexpected-reply' }],
    [undefined, { kind: 'unknown', failure: 'unexpected-reply' }],
  ])('%s is %j, and is told so', async (error, outcome) => {
    const { applier, applying, told } = startApplier({ held: true });
    const promised = applier.accept(submission());
    (await applying.begun(0)).fail(error);
    await expect(promised.outcome).resolves.toEqual(outcome);
    await applier.drained();
    expect(told()).toMatchObject([{ id: promised.id, outcome }]);
  });

  test('is told with all that was asked for, and when', async () => {
    let nowMs = Date.UTC(2026, 10, 23, 12);
    const { applier, applying, told } = startApplier({ held: true, now: () => nowMs });
    const change: PrivacyChange = {
      setting: 'last-seen',
      visibility: 'contacts-except',
      hide: ['5511987654321' as Phone],
      showAgain: ['5521912345678' as Phone],
    };
    const given = submission({ change, by: 'U0BRUNO' });
    const { id } = applier.accept(given);
    const applied = await applying.begun(0);
    nowMs += 1_500;
    applied.end();
    await applier.drained();
    expect(told()).toEqual([
      {
        id,
        change,
        by: 'U0BRUNO',
        place: given.place,
        acceptedAt: new Date('2026-11-23T12:00:00.000Z'),
        endedAt: new Date('2026-11-23T12:00:01.500Z'),
        outcome: { kind: 'applied' },
      },
    ]);
  });
});

describe('the log', () => {
  test('holds nothing of an error that no gateway promised, but its class', async () => {
    class Leaky extends Error {
      override name = 'Leaky';
      url = 'https://api.z-api.test/token/INSTANCE-SECRET';
    }
    const { applier, applying, lines } = startApplier({ held: true });
    applier.accept(submission());
    const error = new Leaky('Client-Token CLIENT-SECRET not allowed');
    error.cause = { token: 'CAUSE-SECRET' };
    (await applying.begun(0)).fail(error);
    await applier.drained();
    expect(lines.join('\n')).toContain('Leaky');
    expect(lines.join('\n')).not.toContain('SECRET');
  });

  test('holds nothing of an error while telling, but its class', async () => {
    const { applier, telling, lines } = startApplier({ heldTelling: true });
    applier.accept(submission());
    (await telling.begun(0)).fail(new RangeError('posting to https://hooks.slack.test/REPLY-SECRET failed'));
    await applier.drained();
    expect(lines.join('\n')).toContain('RangeError');
    expect(lines.join('\n')).not.toContain('SECRET');
  });

  test('holds no number and no response_url of a change that went well, but how many numbers', async () => {
    const { applier, lines } = startApplier();
    applier.accept(
      submission({
        change: {
          setting: 'last-seen',
          visibility: 'contacts-except',
          hide: ['5511987654321' as Phone, '14155552671' as Phone],
          showAgain: ['5521912345678' as Phone],
        },
      }),
    );
    await applier.drained();
    expect(lines.join('\n')).not.toMatch(/4321|2671|5678|SECRET/);
    expect(lines.map((line): unknown => JSON.parse(line))).toContainEqual(
      expect.objectContaining({
        event: 'change accepted',
        change: 'id-1',
        by: 'U0ANA',
        hide: 2,
        showAgain: 1,
      }),
    );
  });

  test('names kind and detail of a failure of the gateway', async () => {
    const { applier, applying, lines } = startApplier({ held: true });
    applier.accept(submission());
    (await applying.begun(0)).fail(new GatewayError('unavailable', 'unknown', '502'));
    await applier.drained();
    expect(lines.map((line): unknown => JSON.parse(line))).toContainEqual(
      expect.objectContaining({ level: 'warn', change: 'id-1', failure: 'unavailable', detail: '502' }),
    );
  });
});

describe('telling', () => {
  test('does not hold up applying', async () => {
    const { applier, applying, telling } = startApplier({ heldTelling: true });
    const promises = [submission(), submission(), submission()].map((each) => applier.accept(each));
    await telling.begun(0);
    await expect(Promise.all(promises.map(({ outcome }) => outcome))).resolves.toHaveLength(3);
    expect(applying.all).toHaveLength(3);
    for (const index of [0, 1, 2]) (await telling.begun(index)).end();
    await applier.drained();
  });

  test('begins in the order applied', async () => {
    const { applier, telling, told } = startApplier({ heldTelling: true });
    const ids = [submission(), submission(), submission()].map((each) => applier.accept(each).id);
    for (const [index] of ids.entries()) {
      (await telling.begun(index)).end();
    }
    await applier.drained();
    expect(told().map(({ id }) => id)).toEqual(ids);
  });

  test('that fails does not change how it ended, nor keep the next one from being told', async () => {
    const { applier, telling, told } = startApplier({ heldTelling: true });
    const first = applier.accept(submission());
    const second = applier.accept(submission());
    (await telling.begun(0)).fail(new Error('Slack is down'));
    (await telling.begun(1)).end();
    await applier.drained();
    await expect(first.outcome).resolves.toEqual({ kind: 'applied' });
    expect(told().map(({ id }) => id)).toEqual([first.id, second.id]);
  });
});

describe('drained', () => {
  test('comes at once where nothing was accepted', async () => {
    await startApplier().applier.drained();
  });

  test.each([
    ['a change is applied', { held: true }, 'applying' as const],
    ['a change is told', { heldTelling: true }, 'telling' as const],
  ])('waits while %s', async (_what, options, line) => {
    const world = startApplier(options);
    world.applier.accept(submission());
    let isDrained = false;
    const drained = world.applier.drained().then(() => {
      isDrained = true;
    });
    const current = await world[line].begun(0);
    await settled();
    expect(isDrained).toBe(false);
    current.end();
    await drained;
  });
});

describe('abandoned', () => {
  test('a change under way ends unknown, one that waits is not made, and both are told so', async () => {
    const { applier, applying, told } = startApplier({ held: true });
    const [underWay, waiting] = [submission(), submission()].map((each) => applier.accept(each));
    await applying.begun(0);
    applier.abandon();
    await expect(underWay?.outcome).resolves.toEqual({ kind: 'unknown', failure: 'stopped' });
    await expect(waiting?.outcome).resolves.toEqual({ kind: 'failed', failure: 'stopped' });
    await applier.drained();
    expect(applying.all).toHaveLength(1);
    expect(told().map(({ id }) => id)).toEqual([underWay?.id, waiting?.id]);
  });

  test('what is not told yet is named', async () => {
    const { applier, telling } = startApplier({ heldTelling: true });
    const { id } = applier.accept(submission());
    const current = await telling.begun(0);
    expect(applier.untold()).toEqual([id]);
    current.end();
    await applier.drained();
    expect(applier.untold()).toEqual([]);
  });
});
