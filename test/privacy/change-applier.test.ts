import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { PrivacyChange, Visibility } from '../../src/privacy/change.ts';
import { createChangeApplier, type Promised } from '../../src/privacy/change-applier.ts';
import { createChangeIds } from '../../src/privacy/change-id.ts';
import type {
  EndedChange,
  JournalEntry,
  Outcome,
  Submission,
  Told,
} from '../../src/privacy/journal-entry.ts';
import { type Audit, type ChangeStore, GatewayError, StoreError } from '../../src/privacy/ports.ts';
import { createSettingMemory } from '../../src/privacy/setting-memory.ts';
import { createSqliteStore } from '../../src/store/sqlite-store.ts';
import { until } from '../until.ts';
import { type FailingStore, withFaults } from './failing-store.ts';
import { createLogLines } from './log-lines.ts';
import { ana, bruno, carla, exceptChange, someChange, someSubmission } from './some-changes.ts';
import { someGateway } from './some-gateway.ts';

const minuteMs = 60_000;
const instance = '3C0FFEE';
const otherInstance = '0DDBA11';
const applied: Outcome = { kind: 'applied' };
const verified: Outcome = { kind: 'applied', proof: { kind: 'verified' } };

let dataDir: string;
const atTheEnd: (() => unknown)[] = [];
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'change-applier-'));
});
afterEach(async () => {
  for (const end of atTheEnd.splice(0).reverse()) await end();
  await rm(dataDir, { recursive: true });
});

/** Something that is under way until it is let through or made to fail. */
type UnderWay<T> = { subject: T; signal: AbortSignal | undefined; end(): void; fail(error: unknown): void };

/** A line of work that holds what comes, where it is told to, and remembers the order. Ends with the signal's reason. */
function createHold<T>(isHeld: boolean) {
  const all: UnderWay<T>[] = [];
  let running = 0;
  let mostAtOnce = 0;
  return {
    all,
    mostAtOnce: () => mostAtOnce,
    async hold(subject: T, signal?: AbortSignal): Promise<void> {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      all.push({ subject, signal, end: resolve, fail: reject });
      signal?.addEventListener('abort', () => reject(signal.reason));
      running += 1;
      mostAtOnce = Math.max(mostAtOnce, running);
      if (!isHeld) resolve();
      await promise.finally(() => {
        running -= 1;
      });
    },
    /** Waits until the given one, counted from 0, has begun. */
    begun: (index: number) => until(() => all[index], `number ${index} begun`),
  };
}

/** The WhatsApp accounts behind the gateways: they outlive every process. */
function createAccounts() {
  const hidden = new Map([instance, otherInstance].map((id) => [id, new Set<string>()]));
  const all: { instance: string; change: PrivacyChange }[] = [];
  return {
    /** Every change that arrived, in order. */
    all,
    hidden: (id = instance) => hidden.get(id) as Set<string>,
    take(id: string, change: PrivacyChange) {
      all.push({ instance: id, change });
      for (const phone of change.hide) hidden.get(id)?.add(phone);
      for (const phone of change.showAgain) hidden.get(id)?.delete(phone);
    },
  };
}

type Accounts = ReturnType<typeof createAccounts>;

/** One process: an applier on the data folder, alone until it is stopped. */
async function startProcess({
  accounts = createAccounts(),
  held = false,
  heldTelling = false,
  refusal = () => undefined,
  tell = () => 'told',
  now = Date.now,
  maxAgeMs = 15 * minuteMs,
  mostPerHour,
  wrap = (store: FailingStore): ChangeStore => store,
}: {
  accounts?: Accounts;
  held?: boolean;
  heldTelling?: boolean;
  /** What the gateway says against a change. */
  refusal?: (change: PrivacyChange) => GatewayError | undefined;
  tell?: (ended: EndedChange) => Told;
  now?: () => number;
  maxAgeMs?: number;
  mostPerHour?: number;
  wrap?: (store: FailingStore) => ChangeStore;
} = {}) {
  const applying = createHold<PrivacyChange>(held);
  const telling = createHold<EndedChange>(heldTelling);
  const offered: (PrivacyChange | undefined)[] = [];
  const { log, lines } = createLogLines();
  const whole = createSqliteStore({ dataDir });
  await whole.open();
  const store = withFaults(whole);
  const gatewayOf = (id: string) =>
    someGateway({
      async apply(change, { beforeSend, signal } = {}) {
        beforeSend?.();
        await applying.hold(change, signal);
        const refused = refusal(change);
        if (refused) throw refused;
        accounts.take(id, change);
      },
      readHidden: async () => [...accounts.hidden(id)],
    });
  const audit: Audit = {
    async tell(ended, { undo, signal }) {
      offered.push(undo);
      await telling.hold(ended, signal);
      return tell(ended);
    },
  };
  const seen = wrap(store);
  const settings = createSettingMemory(seen);
  const storeErrors: StoreError[] = [];
  const applier = createChangeApplier({
    store: seen,
    gateways: new Map([instance, otherInstance].map((id) => [id, gatewayOf(id)])),
    audit,
    settings,
    log,
    newId: createChangeIds(),
    maxAgeMs,
    mostPerHour,
    onStoreError: (error) => storeErrors.push(error),
    now,
  });
  let looking: NodeJS.Timeout | undefined;
  let isStopped = false;
  /** As a process ends that has to end now. */
  const stop = async () => {
    if (isStopped) return;
    isStopped = true;
    clearInterval(looking);
    applier.abandon();
    await applier.drained();
    await whole.close();
  };
  atTheEnd.push(stop);
  return {
    applier,
    /** Has a submission accepted that is not one too many. */
    async accept(submission: Submission): Promise<Promised> {
      const accepted = await applier.accept(submission);
      if ('tooMany' in accepted) throw new Error(`one too many: ${accepted.tooMany}`);
      return accepted;
    },
    store,
    accounts,
    settings,
    applying,
    telling,
    offered,
    lines,
    storeErrors,
    stop,
    told: () => telling.all.map(({ subject }) => subject),
    /** Looks for work again and again, as the bot does every second. */
    keepLooking() {
      looking = setInterval(() => void applier.lookForWork().catch(() => undefined), 10);
    },
    found: async (id: string): Promise<JournalEntry> => {
      const entry = await whole.find(id);
      if (!entry) throw new Error('this is not in the journal');
      return entry;
    },
    /** Waits until the journal says that a change was told. */
    wasTold: (id: string) =>
      until(async () => ((await whole.find(id))?.told ? true : undefined), `change ${id} told`),
  };
}

/** What the journal holds, oldest first. */
async function journal(store: ChangeStore): Promise<JournalEntry[]> {
  const entries: JournalEntry[] = [];
  for await (const portion of store.all()) entries.push(...portion);
  return entries;
}

describe('the changes of one number', () => {
  test('are applied one at a time, in the order accepted', async () => {
    const { applier, accept, applying } = await startProcess({ held: true });
    const order: Visibility[] = ['nobody', 'everyone', 'contacts', 'contacts-except', 'nobody'];
    for (const visibility of order) await accept(someSubmission({ change: someChange(visibility) }));
    for (const [index] of order.entries()) {
      const current = await applying.begun(index);
      await applier.lookForWork();
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
    const { accept, applying } = await startProcess({ held: true });
    const first = await accept(someSubmission());
    const second = await accept(someSubmission({ change: someChange('everyone') }));
    (await applying.begun(0)).fail(error);
    (await applying.begun(1)).end();
    await expect(first.outcome).resolves.not.toEqual(applied);
    await expect(second.outcome).resolves.toEqual(applied);
  });

  test('each have an id of their own, in the order accepted', async () => {
    const { applier, accept, store } = await startProcess();
    const promised = await Promise.all([1, 2, 3].map(() => accept(someSubmission())));
    await applier.drained();
    const ids = promised.map(({ entry }) => entry.id);
    expect(new Set(ids).size).toBe(3);
    expect((await journal(store)).map(({ id }) => id)).toEqual([...ids].sort());
  });

  test('do not wait for those of another number', async () => {
    const { applier, accept, applying } = await startProcess({ held: true });
    await accept(someSubmission());
    const other = await accept(someSubmission({ instance: otherInstance, change: someChange('everyone') }));
    await applying.begun(0);
    (await applying.begun(1)).end();
    await expect(other.outcome).resolves.toEqual(applied);
    expect(applying.mostAtOnce()).toBe(2);
    applying.all[0]?.end();
    await applier.drained();
  });

  test('of a number that this process does not serve are left alone', async () => {
    const { applier, accept, accounts, found } = await startProcess();
    const { entry } = await accept(someSubmission({ instance: 'ELSEWHERE' }));
    await applier.lookForWork();
    await applier.drained();
    expect(accounts.all).toEqual([]);
    expect(await found(entry.id)).not.toHaveProperty('outcome');
  });
});

describe('changes of a number that no process serves any more', () => {
  test('are expired when they are too old, those begun before unknown, and all are told', async () => {
    let laterMs = 0;
    const store = createSqliteStore({ dataDir });
    await store.open();
    const newId = createChangeIds();
    for (const _each of [1, 2]) await store.record(someSubmission({ instance: 'ELSEWHERE' }), newId);
    await store.claimNext('ELSEWHERE');
    await store.close();
    const { applier, accounts, told } = await startProcess({ now: () => Date.now() + laterMs });
    await applier.lookForWork();
    await applier.drained();
    expect(told()).toEqual([]);
    laterMs = 16 * minuteMs;
    await applier.lookForWork();
    await applier.drained();
    expect(told().map(({ outcome }) => outcome)).toEqual([
      { kind: 'unknown', failure: 'interrupted' },
      { kind: 'expired' },
    ]);
    expect(accounts.all).toEqual([]);
  });
});

describe('one change and no more', () => {
  test('is made of a submission that is delivered twice while it is under way', async () => {
    const { applier, accept, applying, told, lines } = await startProcess({ held: true });
    const given = someSubmission();
    const first = await accept(given);
    const second = await accept({ ...given });
    expect(second.entry.id).toBe(first.entry.id);
    (await applying.begun(0)).end();
    await expect(Promise.all([first.outcome, second.outcome])).resolves.toEqual([applied, applied]);
    await applier.drained();
    expect(applying.all).toHaveLength(1);
    expect(told()).toHaveLength(1);
    expect(lines.filter(({ event }) => event === 'change accepted')).toHaveLength(1);
  });

  test('is made of a submission that is delivered twice at the same time', async () => {
    const { applier, accept, accounts, told } = await startProcess();
    const given = someSubmission();
    const both = await Promise.all([accept(given), accept({ ...given })]);
    expect(new Set(both.map(({ entry }) => entry.id)).size).toBe(1);
    await expect(Promise.all(both.map(({ outcome }) => outcome))).resolves.toEqual([applied, applied]);
    await applier.drained();
    expect(accounts.all).toHaveLength(1);
    expect(told()).toHaveLength(1);
  });

  test('is made of a submission that is delivered again after it was applied', async () => {
    const { applier, accept, accounts } = await startProcess();
    const given = someSubmission();
    const first = await accept(given);
    await first.outcome;
    const again = await accept({ ...given });
    expect(again.entry.id).toBe(first.entry.id);
    await expect(again.outcome).resolves.toEqual(applied);
    await applier.drained();
    expect(accounts.all).toHaveLength(1);
  });

  test.each([
    ['that was applied and told', true],
    ['that was under way', false],
  ])(
    'is made of a submission that is delivered again to the next process: one %s',
    async (_what, isEnded) => {
      const accounts = createAccounts();
      const given = someSubmission();
      const before = await startProcess({ accounts, held: !isEnded });
      const first = await before.accept(given);
      if (isEnded) await before.applier.drained();
      else await before.applying.begun(0);
      await before.stop();

      const after = await startProcess({ accounts });
      const again = await after.accept({ ...given });
      expect(again.entry.id).toBe(first.entry.id);
      await after.applier.lookForWork();
      await expect(again.outcome).resolves.toEqual(applied);
      await after.applier.drained();
      expect(accounts.all).toHaveLength(1);
      expect([...before.told(), ...after.told()].map(({ id }) => id)).toEqual([first.entry.id]);
    },
  );

  test('is made of two saves of one form while the first is under way', async () => {
    const { applier, accept, applying, told } = await startProcess({ held: true });
    const first = await accept(someSubmission({ formId: 'form', change: someChange('nobody') }));
    const second = await accept(someSubmission({ formId: 'form', change: someChange('everyone') }));
    expect(second.entry).toMatchObject({ id: first.entry.id, change: { visibility: 'nobody' } });
    (await applying.begun(0)).end();
    await applier.drained();
    expect(applying.all.map(({ subject }) => subject.visibility)).toEqual(['nobody']);
    expect(told()).toHaveLength(1);
  });

  test('is made of two saves of one form at the same time', async () => {
    const { applier, accept, accounts } = await startProcess();
    const both = await Promise.all([1, 2].map(() => accept(someSubmission({ formId: 'form' }))));
    expect(new Set(both.map(({ entry }) => entry.id)).size).toBe(1);
    await applier.drained();
    expect(accounts.all).toHaveLength(1);
  });

  test('is made of a second save while the first still waits behind others', async () => {
    const { applier, accept, applying } = await startProcess({ held: true });
    await accept(someSubmission());
    const first = await accept(someSubmission({ formId: 'form' }));
    const second = await accept(someSubmission({ formId: 'form' }));
    expect(second.entry.id).toBe(first.entry.id);
    (await applying.begun(0)).end();
    (await applying.begun(1)).end();
    await applier.drained();
    expect(applying.all).toHaveLength(2);
  });
});

describe('one too many', () => {
  test('is not promised, recorded or made, and it is said when the next one can be', async () => {
    const { applier, accept, accounts, store, lines } = await startProcess({ mostPerHour: 2 });
    for (const _each of [1, 2]) await accept(someSubmission());
    const refused = await applier.accept(someSubmission({ by: 'U0ANA' }));
    expect(refused).toEqual({
      tooMany: expect.stringMatching(/^(by-person|of-number)$/),
      until: expect.any(Date),
    });
    await applier.drained();
    expect(accounts.all).toHaveLength(2);
    expect(await journal(store)).toHaveLength(2);
    expect(lines.filter(({ event }) => event === 'change accepted')).toHaveLength(2);
  });

  test('there is none without a limit', async () => {
    const { accept, applier, accounts } = await startProcess();
    for (const _each of [1, 2, 3]) await accept(someSubmission());
    await applier.drained();
    expect(accounts.all).toHaveLength(3);
  });
});

describe('what was promised', () => {
  test('is found by its submission, and by its form while it is under way', async () => {
    const { applier, accept, applying } = await startProcess({ held: true });
    const given = someSubmission();
    await expect(applier.promisedTo(given)).resolves.toBeUndefined();
    const { entry } = await accept(given);
    const current = await applying.begun(0);
    const byForm = await applier.promisedTo({ submissionId: 'another', formId: given.formId });
    expect(byForm?.entry.id).toBe(entry.id);
    current.end();
    await expect(byForm?.outcome).resolves.toEqual(applied);
    await expect(
      applier.promisedTo({ submissionId: 'another', formId: given.formId }),
    ).resolves.toBeUndefined();
    const bySubmission = await applier.promisedTo({ ...given, formId: 'another' });
    expect(bySubmission?.entry.id).toBe(entry.id);
    await expect(bySubmission?.outcome).resolves.toEqual(applied);
  });

  test('is on disk before it is promised', async () => {
    const { accept, store } = await startProcess({ held: true });
    const given = someSubmission({ change: exceptChange([ana], [bruno]) });
    const { entry } = await accept(given);
    expect(await journal(store)).toMatchObject([
      { id: entry.id, change: given.change, by: given.by, place: given.place, tellIn: given.tellIn },
    ]);
  });

  test('is nothing where it could not be recorded, and nothing is made', async () => {
    const { applier, accept, store, accounts, storeErrors, lines } = await startProcess();
    store.failAt('record');
    await expect(accept(someSubmission())).rejects.toMatchObject({ kind: 'store', written: 'no' });
    await applier.lookForWork();
    await applier.drained();
    expect(accounts.all).toEqual([]);
    expect(await journal(store)).toEqual([]);
    expect(storeErrors).toHaveLength(1);
    expect(lines).toEqual([]);
  });

  test('is made once where the answer of the store was lost, however often it is delivered', async () => {
    const { applier, accept, store, accounts, told } = await startProcess();
    const given = someSubmission();
    store.failAt('record', { written: 'unknown' });
    await expect(accept(given)).rejects.toMatchObject({ kind: 'store', written: 'unknown' });
    const { outcome } = await accept({ ...given });
    await applier.lookForWork();
    await expect(outcome).resolves.toEqual(applied);
    await applier.drained();
    expect(accounts.all).toHaveLength(1);
    expect(told()).toHaveLength(1);
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
      const { accept, applying } = await startProcess({ held: true });
      const first = await accept(someSubmission({ formId: 'form' }));
      finish(await applying.begun(0));
      await first.outcome;
      const second = await accept(someSubmission({ formId: 'form' }));
      expect(second.entry.id).not.toBe(first.entry.id);
      (await applying.begun(1)).end();
      await expect(second.outcome).resolves.toEqual(applied);
    },
  );

  test('is made of the saves of two forms', async () => {
    const { applier, accept, accounts } = await startProcess();
    const [first, second] = [await accept(someSubmission()), await accept(someSubmission())];
    expect(first?.entry.id).not.toBe(second?.entry.id);
    await applier.drained();
    expect(accounts.all).toHaveLength(2);
  });
});

describe('how it ended', () => {
  test.each<[string, unknown, Outcome]>([
    ['refused', new GatewayError('refused', 'no'), { kind: 'failed', failure: 'refused' }],
    ['lost', new GatewayError('timeout', 'unknown'), { kind: 'unknown', failure: 'timeout' }],
    ['broken', undefined, { kind: 'unknown', failure: 'unexpected-reply' }],
  ])('is recorded, promised and told alike: %s', async (_what, error, outcome) => {
    const { applier, accept, applying, told, found } = await startProcess({ held: true });
    const promised = await accept(someSubmission());
    (await applying.begun(0)).fail(error);
    await expect(promised.outcome).resolves.toEqual(outcome);
    await applier.drained();
    expect(await found(promised.entry.id)).toMatchObject({ outcome });
    expect(told()).toMatchObject([{ id: promised.entry.id, outcome }]);
  });

  test('is recorded before it is promised and told', async () => {
    const { applier, accept, store, told } = await startProcess();
    const { promise: recording, resolve: record } = Promise.withResolvers<void>();
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    store.before('end', () => {
      begin();
      return recording;
    });
    const { entry, outcome } = await accept(someSubmission());
    await begun;
    const first = await Promise.race([outcome, applier.lookForWork().then(() => 'not promised yet')]);
    expect(first).toBe('not promised yet');
    expect(told()).toEqual([]);
    record();
    await expect(outcome).resolves.toEqual(applied);
    expect(await store.find(entry.id)).toMatchObject({ outcome: applied });
    await applier.drained();
    expect(told()).toHaveLength(1);
  });

  test('is known to the memory of settings when it is promised', async () => {
    const { accept, settings } = await startProcess();
    const { entry, outcome } = await accept(someSubmission({ change: someChange('contacts') }));
    expect(settings.known(instance, 'last-seen')).toBe('unread');
    await outcome;
    expect(settings.known(instance, 'last-seen')).toMatchObject({ id: entry.id, outcome: applied });
  });

  test('is told with all that was asked for, and when', async () => {
    const { applier, accept, applying, told, found } = await startProcess({ held: true });
    const change = exceptChange([ana], [bruno]);
    const given = someSubmission({ change, by: 'U0BRUNO', tellIn: 'C0AUDIT' });
    const { entry } = await accept(given);
    (await applying.begun(0)).end();
    await applier.drained();
    const { told: _told, toldAt, ...ended } = await found(entry.id);
    // The reply URL is forgotten once it is told.
    expect(told()).toEqual([{ ...ended, place: given.place }]);
    expect(told()).toEqual([
      {
        id: entry.id,
        instance,
        change,
        by: 'U0BRUNO',
        place: given.place,
        tellIn: 'C0AUDIT',
        acceptedAt: expect.any(Date),
        endedAt: expect.any(Date),
        outcome: verified,
        realChanges: { hide: [ana], showAgain: [] },
        named: { hide: 1, showAgain: 1 },
        numbersErased: false,
      },
    ]);
    expect(toldAt?.getTime()).toBeGreaterThanOrEqual(Number(ended.endedAt));
  });

  test('is expired where it waited longer than a change may, and nothing is sent', async () => {
    let laterMs = 0;
    const { applier, accept, applying, accounts, told } = await startProcess({
      held: true,
      now: () => Date.now() + laterMs,
    });
    const first = await accept(someSubmission());
    const second = await accept(someSubmission());
    const current = await applying.begun(0);
    laterMs = 16 * minuteMs;
    current.end();
    await expect(first.outcome).resolves.toEqual(applied);
    await expect(second.outcome).resolves.toEqual({ kind: 'expired' });
    await applier.drained();
    expect(accounts.all).toHaveLength(1);
    expect(told()).toMatchObject([{ outcome: applied }, { outcome: { kind: 'expired' } }]);
  });
});

describe('the log', () => {
  test('holds nothing of an error while telling, but its class', async () => {
    const { applier, accept, telling, lines } = await startProcess({ heldTelling: true });
    await accept(someSubmission());
    (await telling.begun(0)).fail(new RangeError('posting to https://hooks.slack.test/REPLY-SECRET failed'));
    await applier.drained();
    expect(JSON.stringify(lines)).toContain('RangeError');
    expect(JSON.stringify(lines)).not.toContain('SECRET');
  });

  test('holds no number and no response_url of a change that went well, but how many numbers', async () => {
    const { applier, accept, lines } = await startProcess();
    const { entry } = await accept(someSubmission({ change: exceptChange([ana, carla], ['5521912349876']) }));
    await applier.drained();
    expect(JSON.stringify(lines).replaceAll(entry.id, '')).not.toMatch(/4321|2671|9876|SECRET/);
    expect(lines).toContainEqual(
      expect.objectContaining({
        event: 'change accepted',
        change: entry.id,
        by: 'U0ANA',
        hide: 2,
        showAgain: 1,
      }),
    );
  });

  test('says how a change was proven, and not who is missing', async () => {
    const accounts = createAccounts();
    const store = createSqliteStore({ dataDir });
    await store.open();
    const recorded = await store.record(
      someSubmission({ change: exceptChange([ana, bruno]) }),
      createChangeIds(),
    );
    const claimed = await store.claimNext(instance);
    if (!claimed || 'tooMany' in recorded) throw new Error('nothing to claim');
    await store.noteRealChanges(claimed.claim, { hide: [ana], showAgain: [] });
    await store.close();
    // What was to change is there; who was there before is not any more.
    accounts.hidden().add(ana);
    const { applier, lines, found } = await startProcess({ accounts });
    await applier.lookForWork();
    await applier.drained();
    const { id } = recorded.entry;
    const missing = { hide: [bruno], showAgain: [] };
    expect(await found(id)).toMatchObject({ outcome: { proof: { kind: 'not-taken', missing } } });
    expect(lines).toContainEqual(
      expect.objectContaining({ event: 'change ended', change: id, kind: 'applied', proof: 'not-taken' }),
    );
    expect(JSON.stringify(lines)).not.toContain(bruno);
    expect(JSON.stringify(lines)).not.toContain('missing');
  });

  test.each<[Told, string, string]>([
    ['told', 'info', 'change told'],
    ['perhaps-told', 'info', 'change perhaps told'],
    ['person-told', 'info', 'change person told'],
    ['not-told', 'error', 'change not told'],
  ])('says how the team heard of it: %s', async (told, level, event) => {
    const { applier, accept, lines, wasTold } = await startProcess({ tell: () => told });
    const { entry } = await accept(someSubmission());
    await wasTold(entry.id);
    await applier.drained();
    expect(lines).toContainEqual({ level, event, change: entry.id });
  });
});

describe('telling', () => {
  test('does not hold up applying', async () => {
    const { applier, accept, applying, telling } = await startProcess({ heldTelling: true });
    const promised = [];
    for (const submission of [someSubmission(), someSubmission(), someSubmission()])
      promised.push(await accept(submission));
    await telling.begun(0);
    await expect(Promise.all(promised.map(({ outcome }) => outcome))).resolves.toHaveLength(3);
    expect(applying.all).toHaveLength(3);
    for (const index of [0, 1, 2]) (await telling.begun(index)).end();
    await applier.drained();
  });

  test('in one channel goes in the order accepted, one after another', async () => {
    const { applier, accept, telling, told } = await startProcess({ heldTelling: true });
    const ids = [];
    for (const submission of [someSubmission(), someSubmission(), someSubmission()])
      ids.push((await accept(submission)).entry.id);
    for (const [index] of ids.entries()) {
      const current = await telling.begun(index);
      await applier.lookForWork();
      expect(telling.all).toHaveLength(index + 1);
      current.end();
    }
    await applier.drained();
    expect(told().map(({ id }) => id)).toEqual(ids);
    expect(telling.mostAtOnce()).toBe(1);
  });

  test('in one channel is not held up by another', async () => {
    const { applier, accept, telling, wasTold } = await startProcess({ heldTelling: true });
    await accept(someSubmission({ tellIn: 'C0SLOW' }));
    const fine = await accept(someSubmission({ tellIn: 'C0FINE' }));
    await telling.begun(0);
    (await telling.begun(1)).end();
    await wasTold(fine.entry.id);
    telling.all[0]?.end();
    await applier.drained();
  });

  test('that breaks does not change how it ended, and is done when work is looked for, in its turn', async () => {
    const { applier, accept, telling, told } = await startProcess({ heldTelling: true });
    const first = await accept(someSubmission());
    (await telling.begun(0)).fail(new Error('Slack is down'));
    await expect(first.outcome).resolves.toEqual(applied);
    await applier.drained();
    const second = await accept(someSubmission());
    await applier.lookForWork();
    (await telling.begun(1)).end();
    (await telling.begun(2)).end();
    await applier.drained();
    expect(told().map(({ id }) => id)).toEqual([first.entry.id, first.entry.id, second.entry.id]);
  });

  test('that is not done when the process ends is done by the next one, once', async () => {
    const before = await startProcess({ heldTelling: true });
    const ids = [];
    for (const submission of [someSubmission(), someSubmission()])
      ids.push((await before.accept(submission)).entry.id);
    await before.telling.begun(0);
    await before.stop();

    const after = await startProcess();
    await after.applier.lookForWork();
    await after.applier.drained();
    await after.applier.lookForWork();
    await after.applier.drained();
    expect(after.accounts.all).toEqual([]);
    expect(after.told().map(({ id }) => id)).toEqual(ids);
    expect((await journal(after.store)).map(({ told }) => told)).toEqual(['told', 'told']);
  });

  test('is noted with how it was done, and what it may be answered with is forgotten', async () => {
    const { accept, wasTold, found } = await startProcess({ tell: () => 'person-told' });
    const { entry } = await accept(someSubmission());
    await wasTold(entry.id);
    expect(await found(entry.id)).toMatchObject({ told: 'person-told', place: { replyUrl: '' } });
  });

  test('offers to undo what can be undone', async () => {
    const { applier, accept, offered } = await startProcess();
    await accept(someSubmission({ change: someChange('contacts') }));
    await applier.drained();
    await accept(someSubmission({ change: someChange('nobody') }));
    await applier.drained();
    expect(offered).toEqual([undefined, someChange('contacts')]);
  });
});

describe('drained', () => {
  test('comes at once where nothing was accepted', async () => {
    const { applier } = await startProcess();
    await applier.drained();
  });

  test.each([
    ['a change is applied', { held: true }, 'applying' as const],
    ['a change is told', { heldTelling: true }, 'telling' as const],
  ])('waits while %s', async (_what, options, line) => {
    const process = await startProcess(options);
    await process.accept(someSubmission());
    let isDrained = false;
    const drained = process.applier.drained().then(() => {
      isDrained = true;
    });
    const current = await process[line].begun(0);
    await process.applier.lookForWork();
    expect(isDrained).toBe(false);
    current.end();
    await drained;
  });
});

describe('abandoned', () => {
  test('what is under way is broken off, what waits is not begun, and neither has an outcome yet', async () => {
    const { applier, accept, applying, accounts, store, told } = await startProcess({ held: true });
    const underWay = await accept(someSubmission());
    const waiting = await accept(someSubmission());
    const current = await applying.begun(0);
    applier.abandon();
    expect(current.signal?.aborted).toBe(true);
    await expect(Promise.all([underWay.outcome, waiting.outcome])).resolves.toEqual([undefined, undefined]);
    await applier.drained();
    expect(applying.all).toHaveLength(1);
    expect(accounts.all).toEqual([]);
    expect(told()).toEqual([]);
    expect((await journal(store)).map(({ outcome }) => outcome)).toEqual([undefined, undefined]);
  });

  test('both are made, in order, and told by the next process', async () => {
    const accounts = createAccounts();
    const before = await startProcess({ accounts, held: true });
    const ids = [];
    for (const visibility of ['everyone', 'nobody'] as const)
      ids.push((await before.accept(someSubmission({ change: someChange(visibility) }))).entry.id);
    await before.applying.begun(0);
    await before.stop();

    const after = await startProcess({ accounts });
    await after.applier.lookForWork();
    await after.applier.drained();
    expect(accounts.all.map(({ change }) => change.visibility)).toEqual(['everyone', 'nobody']);
    expect(after.told().map(({ id }) => id)).toEqual(ids);
  });

  test('a change that is accepted afterwards is on disk, has no outcome yet, and is not begun', async () => {
    const { applier, accept, accounts, found } = await startProcess();
    applier.abandon();
    const { entry, outcome } = await accept(someSubmission());
    await expect(outcome).resolves.toBeUndefined();
    await applier.lookForWork();
    await applier.drained();
    expect(accounts.all).toEqual([]);
    expect(await found(entry.id)).not.toHaveProperty('outcome');
  });

  test('a store that fails then holds nothing up', async () => {
    const { applier, accept, store, applying } = await startProcess({ held: true });
    await accept(someSubmission());
    await applying.begun(0);
    store.failAt('release', { times: Number.POSITIVE_INFINITY });
    applier.abandon();
    await applier.drained();
    expect(store.failures()).toBe(1);
  });
});

describe('a change that a process had when it died', () => {
  /** Leaves a change behind as a process does that dies between two steps. */
  async function leftBehind(
    change: PrivacyChange,
    accounts: Accounts,
    died: 'before sending' | 'after sending',
  ) {
    const store = createSqliteStore({ dataDir });
    await store.open();
    const submission = someSubmission({ change });
    const recorded = await store.record(submission, createChangeIds());
    if ('tooMany' in recorded) throw new Error('one too many');
    const { entry } = recorded;
    const claimed = await store.claimNext(instance);
    if (!claimed) throw new Error('nothing to claim');
    if (change.hide.length > 0)
      await store.noteRealChanges(claimed.claim, { hide: change.hide, showAgain: change.showAgain });
    if (died === 'after sending') accounts.take(instance, change);
    await store.close();
    return { entry, submission };
  }

  test.each<[string, PrivacyChange, 'before sending' | 'after sending', number, Outcome]>([
    ['is made', exceptChange([ana]), 'before sending', 1, verified],
    ['is not made twice where the list shows it', exceptChange([ana]), 'after sending', 1, verified],
    ['is made where that does no harm', someChange('nobody'), 'before sending', 1, applied],
    ['is made again where that does no harm', someChange('nobody'), 'after sending', 2, applied],
  ])('%s, and told once: %j, died %s', async (_what, change, died, times, ended) => {
    const accounts = createAccounts();
    const { entry, submission } = await leftBehind(change, accounts, died);
    const { applier, accept, told, found } = await startProcess({ accounts });
    const promised = await accept(submission);
    await applier.lookForWork();
    await expect(promised.outcome).resolves.toEqual(ended);
    await applier.drained();
    expect(accounts.all).toHaveLength(times);
    expect(told()).toMatchObject([{ id: entry.id, outcome: ended }]);
    expect(await found(entry.id)).toMatchObject({ told: 'told' });
  });

  test('goes before what was accepted since', async () => {
    const accounts = createAccounts();
    await leftBehind(someChange('nobody'), accounts, 'before sending');
    const { applier, accept } = await startProcess({ accounts });
    await accept(someSubmission({ change: someChange('everyone') }));
    await applier.drained();
    expect(accounts.all.map(({ change }) => change.visibility)).toEqual(['nobody', 'everyone']);
  });
});

describe('a claim that is lost', () => {
  test('before this process hears that it has it lets nothing be sent', async () => {
    const leaseMs = 300;
    let times = 0;
    const { applier, accept, accounts, store } = await startProcess({
      wrap: (whole) =>
        new Proxy(whole, {
          get(target, name: keyof ChangeStore) {
            if (name === 'leaseMs') return leaseMs;
            if (name !== 'claimNext' || times > 0) return Reflect.get(target, name);
            return async (id: string) => {
              const claimed = await target.claimNext(id);
              times += 1;
              // The process is suspended, and runs again when the lease is over.
              const endMs = performance.now() + leaseMs;
              while (performance.now() < endMs);
              return claimed;
            };
          },
        }),
    });
    await accept(someSubmission());
    await applier.drained();
    expect(times).toBe(1);
    expect(accounts.all).toEqual([]);
    expect((await journal(store)).map(({ outcome }) => outcome)).toEqual([undefined]);
  });

  test('leaves the change to whoever has it, and the outcome is promised all the same', async () => {
    let isLost = false;
    const { applier, accept, applying, store, accounts, told, lines } = await startProcess({
      held: true,
      wrap: (whole) =>
        new Proxy(whole, {
          get(target, name: keyof ChangeStore) {
            if (name === 'leaseMs') return 400;
            if (name === 'renew') return async () => !isLost;
            return Reflect.get(target, name);
          },
        }),
    });
    const { entry, outcome } = await accept(someSubmission());
    const current = await applying.begun(0);
    isLost = true;
    await until(() => current.signal?.aborted, 'the signal');
    await applier.drained();
    expect(accounts.all).toEqual([]);
    // Another process has it now, and makes it.
    const claimed = await store.claimNext(instance);
    expect(claimed?.entry.id).toBe(entry.id);
    if (claimed) await store.end(claimed.claim, applied, new Date());
    await expect(outcome).resolves.toEqual(applied);
    await applier.lookForWork();
    await applier.drained();
    expect(told().map(({ id }) => id)).toEqual([entry.id]);
    expect(lines.map(({ event }) => event)).not.toContain('work broken off');
  });
});

describe('a store that fails', () => {
  type Method = Parameters<FailingStore['failAt']>[0];

  test.each<[Method, number, 'no' | 'unknown']>([
    ['claimNext', 1, 'no'],
    ['claimNext', 3, 'no'],
    // What is to change is noted at the first claim only.
    ['noteRealChanges', 1, 'no'],
    ['noteRealChanges', 1, 'unknown'],
    ['end', 1, 'no'],
    ['end', 3, 'no'],
    ['end', 1, 'unknown'],
    ['end', 2, 'unknown'],
    ['newest', 1, 'no'],
    ['claimToTell', 1, 'no'],
    ['claimToTell', 3, 'no'],
    ['noteTold', 1, 'no'],
    ['noteTold', 3, 'no'],
    ['noteTold', 1, 'unknown'],
    ['noteTold', 2, 'unknown'],
    ['claimableInstances', 3, 'no'],
    ['channelsToTell', 3, 'no'],
  ])(
    'at %s, %i times (written: %s), loses nothing, makes nothing twice, and tells once',
    async (method, times, written) => {
      const { accept, store, accounts, told, storeErrors, keepLooking, wasTold, found } =
        await startProcess();
      store.failAt(method, { times, written });
      const first = await accept(someSubmission({ change: exceptChange([ana]) }));
      const second = await accept(someSubmission({ change: someChange('nobody') }));
      keepLooking();
      await expect(Promise.all([first.outcome, second.outcome])).resolves.toEqual([verified, applied]);
      await wasTold(first.entry.id);
      await wasTold(second.entry.id);
      await until(() => store.failures() === times, 'every failure');
      expect(accounts.all.map(({ change }) => change.visibility)).toEqual(['contacts-except', 'nobody']);
      expect([...accounts.hidden()]).toEqual([ana]);
      expect(told().map(({ id }) => id)).toEqual([first.entry.id, second.entry.id]);
      expect(await found(first.entry.id)).toMatchObject({ outcome: verified, told: 'told' });
      for (const error of storeErrors) expect(error).toBeInstanceOf(StoreError);
    },
  );

  test.each<Method>(['claimNext', 'noteRealChanges', 'end', 'claimToTell', 'noteTold'])(
    'at %s is heard of',
    async (method) => {
      const { accept, store, storeErrors, keepLooking, wasTold } = await startProcess();
      store.failAt(method);
      const { entry } = await accept(someSubmission({ change: exceptChange([ana]) }));
      keepLooking();
      await wasTold(entry.id);
      expect(storeErrors).toEqual([expect.objectContaining({ detail: 'INJECTED' })]);
    },
  );

  test('while nobody said how it ended, is asked until it does', async () => {
    const { accept, store } = await startProcess();
    // The outcome is in the journal; that it is, nobody heard.
    store.failAt('end', { written: 'unknown' });
    store.failAt('find', { times: 2 });
    const { outcome } = await accept(someSubmission());
    await expect(outcome).resolves.toEqual(applied);
    expect(store.failures()).toBe(3);
  });

  test('before the claim is given back keeps it only until the store is there again', async () => {
    const { accept, store, accounts, keepLooking, wasTold } = await startProcess();
    store.failAt('noteRealChanges');
    store.failAt('release', { times: 2 });
    const { entry } = await accept(someSubmission({ change: exceptChange([ana]) }));
    keepLooking();
    await wasTold(entry.id);
    expect(accounts.all).toHaveLength(1);
  });

  test('after a change was made, until the process ends, leaves it to the next one, which does not make it twice', async () => {
    const accounts = createAccounts();
    const before = await startProcess({ accounts });
    before.store.failAt('end', { times: Number.POSITIVE_INFINITY });
    const { entry, outcome } = await before.accept(someSubmission({ change: exceptChange([ana]) }));
    await until(() => before.store.failures() > 0, 'a failure');
    await before.stop();
    await expect(outcome).resolves.toBeUndefined();

    const after = await startProcess({ accounts });
    await after.applier.lookForWork();
    await after.applier.drained();
    expect(accounts.all).toHaveLength(1);
    expect(after.told()).toMatchObject([{ id: entry.id, outcome: applied }]);
  });
});

describe('an undo', () => {
  /** A process where `nobody` was set after `contacts`, and both were told. */
  async function startWithTwo(options: Parameters<typeof startProcess>[0] = {}) {
    const process = await startProcess(options);
    const [, second] = [
      await process.accept(someSubmission({ change: someChange('contacts') })),
      await process.accept(someSubmission({ change: someChange('nobody') })),
    ];
    await process.applier.drained();
    const undo = () => someSubmission({ change: someChange('contacts'), undoes: second?.entry.id });
    return { ...process, undo };
  }

  test('is made while nothing came between', async () => {
    const { accept, accounts, undo } = await startWithTwo();
    const { outcome } = await accept(undo());
    await expect(outcome).resolves.toEqual(applied);
    expect(accounts.all.map(({ change }) => change.visibility)).toEqual(['contacts', 'nobody', 'contacts']);
  });

  test('is not made where another change came between, and that is told', async () => {
    const { applier, accept, accounts, told, undo, found } = await startWithTwo();
    await accept(someSubmission({ change: someChange('everyone') }));
    const { entry, outcome } = await accept(undo());
    const overtaken: Outcome = { kind: 'failed', failure: 'overtaken' };
    await expect(outcome).resolves.toEqual(overtaken);
    await applier.drained();
    expect(accounts.all.map(({ change }) => change.visibility)).toEqual(['contacts', 'nobody', 'everyone']);
    expect(told().at(-1)).toMatchObject({ id: entry.id, outcome: overtaken });
    expect(await found(entry.id)).toMatchObject({ outcome: overtaken, told: 'told' });
  });

  test('is not made where another change came between, though the store failed when it was asked', async () => {
    const { applier, accept, store, accounts, undo, keepLooking } = await startWithTwo();
    const between = await accept(someSubmission({ change: someChange('everyone') }));
    await between.outcome;
    await applier.drained();
    store.failAt('newest');
    const { outcome } = await accept(undo());
    keepLooking();
    await expect(outcome).resolves.toEqual({ kind: 'failed', failure: 'overtaken' });
    expect(accounts.all.map(({ change }) => change.visibility)).toEqual(['contacts', 'nobody', 'everyone']);
  });

  test.each<[string, GatewayError, Outcome, Visibility[]]>([
    ['is', new GatewayError('invalid-phone', 'no'), applied, ['contacts', 'nobody', 'contacts']],
    [
      'is not',
      new GatewayError('timeout', 'unknown'),
      { kind: 'failed', failure: 'overtaken' },
      ['contacts', 'nobody'],
    ],
  ])('%s made where a change came between that failed: %s', async (_is, refused, expected, visibilities) => {
    const { accept, accounts, undo } = await startWithTwo({
      refusal: ({ visibility }) => (visibility === 'everyone' ? refused : undefined),
    });
    await accept(someSubmission({ change: someChange('everyone') }));
    const { outcome } = await accept(undo());
    await expect(outcome).resolves.toEqual(expected);
    expect(accounts.all.map(({ change }) => change.visibility)).toEqual(visibilities);
  });
});
