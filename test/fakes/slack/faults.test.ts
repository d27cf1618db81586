import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { startFakeSlack } from '../../../fakes/slack/fake-slack.ts';
import type { FakeSlack } from '../../../fakes/slack/types.ts';
import { WORKSPACE } from './fixtures.ts';
import { call, command, startSocketApp } from './raw-app.ts';

let slack: FakeSlack;

beforeEach(async () => {
  slack = await startFakeSlack({ workspace: WORKSPACE });
});

afterEach(() => slack.close());

const post = (text: string) => call(slack, 'chat.postMessage', { channel: 'C1', text });
const raw = () =>
  fetch(`${slack.apiUrl}auth.test`, {
    method: 'POST',
    headers: { authorization: `Bearer ${slack.botToken}` },
  });

test('answers a page with the given status', async () => {
  slack.inject({ kind: 'http-status', status: 503, times: 1 });
  const response = await raw();
  expect(response.status).toBe(503);
  expect(response.headers.get('content-type')).toBe('text/html');
  expect(slack.calls.at(-1)?.reply).toBeUndefined();
  expect((await raw()).status).toBe(200);
});

test('answers 429 with Retry-After', async () => {
  slack.inject({ kind: 'rate-limited', retryAfterSeconds: 7, method: 'auth.test' });
  const response = await raw();
  expect(response.status).toBe(429);
  expect(response.headers.get('retry-after')).toBe('7');
  expect(await response.json()).toEqual({ ok: false, error: 'ratelimited' });
});

test('answers an error of its own for one method, as often as told', async () => {
  slack.inject({ kind: 'api-error', error: 'fatal_error', method: 'chat.postMessage', times: 2 });
  const results = [];
  for (const text of ['1', '2', '3']) {
    results.push((await post(text)).ok, (await call(slack, 'auth.test')).ok);
  }
  expect(results).toEqual([false, true, false, true, true, true]);
  expect(slack.messages('C1')).toMatchObject([{ text: '3' }]);
  expect(slack.faults()).toEqual([]);
});

test.each([
  ['before', 0],
  ['after', 1],
] as const)('cuts the connection %s doing what was asked', async (when, posted) => {
  slack.inject({ kind: 'reset', when, times: 1 });
  await expect(post('hello')).rejects.toThrow();
  expect(slack.messages('C1')).toHaveLength(posted);
});

test('does what was asked and is late to say so', async () => {
  slack.inject({ kind: 'slow', delayMs: 150, times: 1 });
  const startedAtMs = performance.now();
  const posting = post('hello');
  await slack.until(() => slack.messages('C1')[0], 'the message', 100);
  expect(await posting).toMatchObject({ ok: true });
  expect(performance.now() - startedAtMs).toBeGreaterThanOrEqual(149);
});

test('is slow and wrong when both are on', async () => {
  slack.inject({ kind: 'slow', delayMs: 50 });
  slack.inject({ kind: 'api-error', error: 'fatal_error' });
  const startedAtMs = performance.now();
  expect(await post('hello')).toMatchObject({ error: 'fatal_error' });
  expect(performance.now() - startedAtMs).toBeGreaterThanOrEqual(49);
});

test('hits a response_url only when the fault names it', async () => {
  const app = await startSocketApp(slack);
  const { response_url } = await command(slack, app);
  const respond = () => fetch(response_url, { method: 'POST', body: '{"text":"hello"}', headers: JSON_TYPE });
  slack.inject({ kind: 'http-status', status: 500 });
  expect((await respond()).status).toBe(200);
  slack.inject({ kind: 'http-status', status: 502, method: 'response_url' });
  expect((await respond()).status).toBe(502);
});
const JSON_TYPE = { 'content-type': 'application/json' };

test('tells listeners of every change until they stop', async () => {
  let changes = 0;
  const stop = slack.onChange(() => {
    changes += 1;
  });
  await post('one');
  expect(changes).toBeGreaterThan(0);
  stop();
  const before = changes;
  await post('two');
  expect(changes).toBe(before);
});
