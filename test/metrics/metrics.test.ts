import { describe, expect, jest, test } from '@jest/globals';
import { saveAndTell, saveChange } from '../save-change.ts';
import type { Mode } from '../world.ts';
import {
  auditChannel,
  instanceId,
  modes,
  openForm,
  ownPhone,
  publicChannel,
  secrets,
  startWorld,
  type World,
} from '../world.ts';
import { type Figures, figuresIn, grown, metricsUrl, readMetrics } from './read-metrics.ts';

// Real waits, on a machine that may be busy.
jest.setTimeout(60_000);

/** Reads until the figures are as they are to be; the last ones then, as they are. */
async function figuresWhen(world: World, isSo: (figures: Figures) => boolean): Promise<Figures> {
  const untilMs = Date.now() + 15_000;
  for (;;) {
    const figures = await readMetrics(world);
    if (isSo(figures) || Date.now() > untilMs) return figures;
  }
}

const tellQueue = 'lastseen_queue_length{queue="tell"}';
const applyQueue = 'lastseen_queue_length{queue="apply"}';

describe.each(modes)('the figures, in %s mode', (mode: Mode) => {
  test('say what became of a change, and how long each side took', async () => {
    await using world = await startWorld({ mode });
    const before = await readMetrics(world);
    await saveAndTell(world, { option: 'Nobody' });
    const after = await figuresWhen(world, (figures) => figures.get(tellQueue) === 0);
    expect(grown(before, after, 'lastseen_changes')).toEqual({
      _accepted_total: 1,
      '_total{outcome="applied",failure=""}': 1,
      '_told_total{told="told"}': 1,
    });
    const calls = grown(before, after, 'lastseen_gateway_call_seconds_count');
    expect(calls).toMatchObject({ '{call="privacy/last-seen",result="ok"}': 1 });
    const methods = grown(before, after, 'lastseen_slack_call_seconds_count');
    expect(methods).toMatchObject({
      '{method="views.open",result="ok"}': 1,
      '{method="chat.postMessage",result="ok"}': 1,
    });
    const acks = grown(before, after, 'lastseen_ack_seconds_count');
    expect(acks).toMatchObject({ '{kind="command"}': 1, '{kind="view"}': 1 });
    expect(grown(before, after, 'lastseen_change_seconds_count')).toEqual({
      '{until="ended"}': 1,
      '{until="told"}': 1,
    });
  });

  test('count each try of a change that fails, and why it failed', async () => {
    await using world = await startWorld({ mode });
    const before = await readMetrics(world);
    world.zapi.inject({ kind: 'html', path: '/privacy/last-seen', status: 503, times: 20 });
    await saveAndTell(world, { option: 'Nobody' });
    const after = await readMetrics(world);
    expect(grown(before, after, 'lastseen_changes_total')).toEqual({
      '{outcome="unknown",failure="unavailable"}': 1,
    });
    expect(grown(before, after, 'lastseen_gateway_call_seconds_count')).toMatchObject({
      '{call="privacy/last-seen",result="unavailable"}': world.changes().length,
    });
    expect(world.changes().length).toBeGreaterThan(1);
  });

  test('count who was refused, and why', async () => {
    await using world = await startWorld({
      mode,
      env: { ALLOWED_USERS: 'U0SOMEBODY', MAX_CHANGES_PER_HOUR: '1' },
    });
    const before = await readMetrics(world);
    await world.ana.types(publicChannel, '/lastseen');
    await world.logged('"refused"');
    const after = await readMetrics(world);
    expect(grown(before, after, 'lastseen_refusals_total')).toEqual({ '{why="not-listed"}': 1 });
  });

  test('count a change too many', async () => {
    await using world = await startWorld({ mode, env: { MAX_CHANGES_PER_HOUR: '1' } });
    await saveAndTell(world, { option: 'Nobody' });
    const before = await readMetrics(world);
    await saveChange(world, { option: 'Everyone' });
    const after = await readMetrics(world);
    expect(grown(before, after, 'lastseen_refusals_total')).toEqual({ '{why="by-person"}': 1 });
    expect(grown(before, after, 'lastseen_changes')).toEqual({});
  });

  test('show what waits to be told while Slack does not take messages, and for how long', async () => {
    await using world = await startWorld({ mode });
    world.slack.inject({ kind: 'http-status', status: 503, method: 'chat.postMessage' });
    await saveChange(world, { option: 'Nobody' });
    const waiting = await figuresWhen(
      world,
      (figures) => (figures.get('lastseen_queue_oldest_age_seconds{queue="tell"}') ?? 0) > 0.2,
    );
    expect(waiting.get(tellQueue)).toBe(1);
    expect(waiting.get(applyQueue)).toBe(0);
    expect(waiting.get('lastseen_queue_oldest_age_seconds{queue="apply"}')).toBe(0);
    expect(waiting.get('lastseen_queue_oldest_age_seconds{queue="tell"}')).toBeGreaterThan(0.2);
    expect(
      waiting.get('lastseen_slack_call_seconds_count{method="chat.postMessage",result="unavailable"}'),
    ).toBeGreaterThan(0);
    world.slack.clearFaults();
    const after = await figuresWhen(world, (figures) => figures.get(tellQueue) === 0);
    expect(after.get(tellQueue)).toBe(0);
    expect(after.get('lastseen_queue_oldest_age_seconds{queue="tell"}')).toBe(0);
  });

  test('show what waits to be applied', async () => {
    await using world = await startWorld({ mode });
    world.zapi.inject({ kind: 'slow', path: '/privacy/last-seen', delayMs: 1_500, times: 1 });
    const saved = saveChange(world, { option: 'Nobody' });
    await world.accepted(1);
    const during = await figuresWhen(world, (figures) => figures.get(applyQueue) === 1);
    expect(during.get(applyQueue)).toBe(1);
    await saved;
  });

  test('say how a message that nobody in the channel got was told', async () => {
    await using world = await startWorld({ mode, env: { AUDIT_CHANNEL: auditChannel } });
    const before = await readMetrics(world);
    for (const method of ['chat.postMessage', 'conversations.open'])
      world.slack.inject({ kind: 'api-error', error: 'account_inactive', method });
    world.slack.inject({ kind: 'http-status', status: 404, method: 'response_url' });
    await saveChange(world, { option: 'Nobody' });
    const after = await figuresWhen(world, (figures) => figures.get(tellQueue) === 0);
    expect(after.get('lastseen_slack_call_seconds_count{method="chat.postMessage",result="refused"}')).toBe(
      1,
    );
    expect(
      Object.keys(grown(before, after, 'lastseen_changes_told_total')).filter(
        (key) => key !== '{told="told"}',
      ),
    ).toHaveLength(1);
  });

  test('say which bot this is, and how things stand', async () => {
    await using world = await startWorld({
      mode,
      contacts: [
        { phone: '5511988880001', name: 'Rita' },
        { phone: '5511988880002', name: 'Rui' },
      ],
    });
    const figures = await figuresWhen(world, (now) => now.get('lastseen_contacts{number="main"}') === 2);
    const info = [...figures.keys()].find((name) => name.startsWith('lastseen_info'));
    expect(info).toMatch(
      new RegExp(`^lastseen_info\\{mode="${mode}",store="sqlite",version="\\d+\\.\\d+\\.\\d+"\\}$`),
    );
    expect(figures.get('lastseen_slack_connected')).toBe(1);
    expect(figures.get('lastseen_journal_available')).toBe(1);
    expect(figures.get('lastseen_contacts{number="main"}')).toBe(2);
    expect(figures.get('process_resident_memory_bytes')).toBeGreaterThan(1e6);
    expect(figures.has('nodejs_eventloop_lag_p99_seconds')).toBe(true);
  });

  test('hold nothing of a person, a channel, a number, a change or a secret', async () => {
    await using world = await startWorld({ mode });
    const form = await openForm(world);
    await form.choose('My contacts except…');
    await form.shows('Hide from');
    await form.write('Hide from', '+55 11 98765-4321');
    await form.save();
    await world.logged('change told');
    const page = await (await fetch(metricsUrl(world))).text();
    const [change] = /(?<="change":")\w{12}/.exec(world.logs.join('')) ?? [''];
    expect(change).toHaveLength(12);
    for (const hidden of [
      change,
      ...Object.values(secrets),
      instanceId,
      ownPhone,
      '98765',
      world.ana.id,
      publicChannel,
    ])
      expect(page).not.toContain(hidden);
  });
});

describe('in Socket Mode', () => {
  test('they count each socket after the first, and say when there is none', async () => {
    await using world = await startWorld({ mode: 'socket' });
    expect((await readMetrics(world)).get('lastseen_slack_reconnects_total')).toBe(0);
    world.slack.inject({ kind: 'socket-refused' });
    world.slack.cutSockets();
    const without = await figuresWhen(world, (figures) => figures.get('lastseen_slack_connected') === 0);
    expect(without.get('lastseen_slack_connected')).toBe(0);
    world.slack.clearFaults();
    const again = await figuresWhen(world, (figures) => figures.get('lastseen_slack_connected') === 1);
    expect(again.get('lastseen_slack_connected')).toBe(1);
    expect(again.get('lastseen_slack_reconnects_total')).toBe(1);
  });
});

describe('where they are', () => {
  test('is HEALTH_PORT, and not the port that is open to the world', async () => {
    await using world = await startWorld({ mode: 'http' });
    const open = new URL('/metrics', world.requestUrl);
    expect((await fetch(open)).status).toBe(404);
    expect((await fetch(new URL('/readyz', world.requestUrl))).status).toBe(200);
    expect((await fetch(metricsUrl(world))).headers.get('content-type')).toMatch(
      /^text\/plain; version=0\.0\.4/,
    );
    expect((await fetch(metricsUrl(world), { method: 'POST' })).status).toBe(404);
  });

  test('two bots in one process have figures of their own', async () => {
    await using one = await startWorld({ mode: 'http' });
    await using other = await startWorld({ mode: 'socket' });
    await saveAndTell(one, { option: 'Nobody' });
    expect((await readMetrics(one)).get('lastseen_changes_accepted_total')).toBe(1);
    expect((await readMetrics(other)).get('lastseen_changes_accepted_total')).toBe(0);
  });
});

test('a line of the page is read as Prometheus means it', () => {
  expect([...figuresIn('# HELP a b\n# TYPE a counter\na{b="c d"} 1\n\ne 2.5\n')]).toEqual([
    ['a{b="c d"}', 1],
    ['e', 2.5],
  ]);
});
