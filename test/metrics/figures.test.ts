import { describe, expect, test } from '@jest/globals';
import { createMetrics } from '../../src/metrics/metrics.ts';
import type { Backlog } from '../../src/privacy/ports.ts';
import { StoreError } from '../../src/privacy/ports.ts';
import { figuresIn } from './read-metrics.ts';

const none = { count: 0, oldest: undefined };

function startMetrics({
  backlog = async () => ({ toApply: none, toTell: none }),
  isAvailable = true,
}: {
  backlog?: () => Promise<Backlog>;
  isAvailable?: boolean;
} = {}) {
  const metrics = createMetrics({
    labels: { mode: 'socket', store: 'sqlite' },
    isConnected: () => true,
    isJournalAvailable: async () => isAvailable,
    backlog,
    contacts: () => [],
  });
  return { ...metrics, figures: async () => figuresIn((await metrics.read()).text) };
}

const queueNames = ['length', 'oldest_age_seconds'].flatMap((name) =>
  ['apply', 'tell'].map((queue) => `lastseen_queue_${name}{queue="${queue}"}`),
);

describe('acknowledgements', () => {
  test.each([
    [2_499, {}],
    [2_500, { nearly: 1 }],
    [2_999, { nearly: 1 }],
    [3_000, { over: 1 }],
    [60_000, { over: 1 }],
  ])('after %i ms count as late: %j', async (ms, late) => {
    const { note, figures } = startMetrics();
    note({ what: 'acknowledged', kind: 'options', ms, sent: true });
    const read = await figures();
    expect(read.get('lastseen_ack_seconds_count{kind="options"}')).toBe(1);
    expect({
      nearly: read.get('lastseen_acks_late_total{late="nearly"}'),
      over: read.get('lastseen_acks_late_total{late="over"}'),
    }).toEqual({ nearly: 0, over: 0, ...late });
  });

  test('that could not be sent have no time, and a count of their own', async () => {
    const { note, figures } = startMetrics();
    note({ what: 'acknowledged', kind: 'view', ms: 5_000, sent: false });
    const read = await figures();
    expect(read.get('lastseen_acks_failed_total{kind="view"}')).toBe(1);
    expect(read.has('lastseen_ack_seconds_count{kind="view"}')).toBe(false);
    expect(read.get('lastseen_acks_late_total{late="over"}')).toBe(0);
  });
});

describe('the queues', () => {
  test('have the age of their oldest change', async () => {
    const { figures } = startMetrics({
      backlog: async () => ({ toApply: { count: 3, oldest: new Date(Date.now() - 90_000) }, toTell: none }),
    });
    const read = await figures();
    expect(queueNames.map((name) => Math.round(read.get(name) ?? -1))).toEqual([3, 0, 90, 0]);
    expect(read.get('lastseen_journal_available')).toBe(1);
  });

  test('have no age below zero, where the clocks differ', async () => {
    const { figures } = startMetrics({
      backlog: async () => ({ toApply: { count: 1, oldest: new Date(Date.now() + 60_000) }, toTell: none }),
    });
    expect((await figures()).get('lastseen_queue_oldest_age_seconds{queue="apply"}')).toBe(0);
  });

  test.each<[string, Parameters<typeof startMetrics>[0]]>([
    ['can not be read', { backlog: () => Promise.reject(new StoreError('no', 'ECONNREFUSED')) }],
    ['does not answer', { backlog: () => new Promise(() => undefined) }],
    ['can not be written', { isAvailable: false }],
  ])('are not there while the journal %s', async (_how, options) => {
    const startedMs = performance.now();
    const read = await startMetrics(options).figures();
    expect(performance.now() - startedMs).toBeLessThan(5_000);
    expect(read.get('lastseen_journal_available')).toBe(0);
    expect(queueNames.filter((name) => read.has(name))).toEqual([]);
    expect(read.get('lastseen_slack_connected')).toBe(1);
  });

  test('are gone when the journal went, and back when it is', async () => {
    let isThere = true;
    const { figures } = startMetrics({
      backlog: async () => {
        if (!isThere) throw new StoreError('no', 'EIO');
        return { toApply: { count: 1, oldest: new Date() }, toTell: none };
      },
    });
    const first = await figures();
    isThere = false;
    const second = await figures();
    isThere = true;
    const third = await figures();
    expect([first, second, third].map((read) => read.get('lastseen_queue_length{queue="apply"}'))).toEqual([
      1,
      undefined,
      1,
    ]);
  });
});

test('what is noted counts once, however often it is read, and for one bot alone', async () => {
  const [bot, another] = [startMetrics(), startMetrics()];
  bot.note({ what: 'change accepted' });
  await bot.figures();
  bot.note({ what: 'change accepted' });
  expect((await bot.figures()).get('lastseen_changes_accepted_total')).toBe(2);
  expect((await another.figures()).get('lastseen_changes_accepted_total')).toBe(0);
});

test('what the list said of a change that was applied is counted', async () => {
  const { note, figures } = startMetrics();
  const missing = { hide: [], showAgain: [] };
  note({ what: 'change ended', ms: 1, outcome: { kind: 'applied', proof: { kind: 'not-taken', missing } } });
  note({ what: 'change ended', ms: 1, outcome: { kind: 'applied' } });
  const read = await figures();
  expect(read.get('lastseen_changes_proved_total{proof="not-taken"}')).toBe(1);
  expect(read.get('lastseen_changes_proved_total{proof="verified"}')).toBe(0);
  expect(read.get('lastseen_changes_total{outcome="applied",failure=""}')).toBe(2);
});
