import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { postToReplyUrl } from '../../src/slack/reply-url.ts';
import { quietPort } from '../process.ts';
import { until } from '../until.ts';

const reply = { response_type: 'ephemeral', text: 'Hello' } as const;
const servers: { close(): void }[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** Answers the first request with the first listener, and so on; the last one answers all that follow. */
async function startSlack(...listeners: RequestListener[]) {
  const requests: string[] = [];
  const bodies: unknown[] = [];
  const server = createServer(async (request, response) => {
    const listener = listeners[Math.min(requests.length, listeners.length - 1)];
    requests.push(String(request.url));
    let body = '';
    for await (const chunk of request) body += chunk;
    bodies.push(JSON.parse(body));
    listener?.(request, response);
  }).listen(0, '127.0.0.1');
  servers.push({
    close() {
      server.close();
      server.closeAllConnections();
    },
  });
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/reply`, requests, bodies };
}

const answer =
  (status: number, body: string): RequestListener =>
  (_request, response) =>
    response.writeHead(status).end(body);
const cut: RequestListener = (request) => request.socket.destroy();

test('what Slack takes is taken, and sent once', async () => {
  const slack = await startSlack(answer(200, 'ok'));
  await expect(postToReplyUrl(slack.url, reply)).resolves.toBe('taken');
  expect(slack.requests).toHaveLength(1);
});

test.each([
  ['404', answer(404, 'expired_url')],
  ['ok: false', answer(200, '{"ok": false, "error": "expired_url"}')],
])('what Slack refuses is refused, and sent once: %s', async (_what, listener) => {
  const slack = await startSlack(listener);
  await expect(postToReplyUrl(slack.url, reply)).resolves.toBe('refused');
  expect(slack.requests).toHaveLength(1);
});

test.each([301, 302, 307, 308])('a redirect with %i is not followed, and is no success', async (status) => {
  const elsewhere = await startSlack(answer(200, 'ok'));
  const slack = await startSlack((_request, response) =>
    response.writeHead(status, { location: elsewhere.url }).end(),
  );
  await expect(postToReplyUrl(slack.url, reply)).resolves.toBe('refused');
  expect(elsewhere.requests).toEqual([]);
});

test('what Slack can not take now is sent again', async () => {
  const slack = await startSlack(answer(429, ''), answer(429, ''), answer(200, 'ok'));
  await expect(postToReplyUrl(slack.url, reply)).resolves.toBe('taken');
  expect(slack.requests).toHaveLength(3);
});

test('it is sent again when Slack said, and not before', async () => {
  const atMs: number[] = [];
  const noting =
    (listener: RequestListener): RequestListener =>
    (request, response) => {
      atMs.push(performance.now());
      listener(request, response);
    };
  const later: RequestListener = (_request, response) =>
    response.writeHead(429, { 'retry-after': '2' }).end();
  const slack = await startSlack(noting(later), noting(answer(200, 'ok')));
  await expect(postToReplyUrl(slack.url, reply)).resolves.toBe('taken');
  const [first = 0, second = 0] = atMs;
  // The clock of timers may be a little ahead of this one.
  expect(second - first).toBeGreaterThan(1_950);
});

test('what Slack wants later than there is time for is not sent again', async () => {
  const later: RequestListener = (_request, response) =>
    response.writeHead(429, { 'retry-after': '20' }).end();
  const slack = await startSlack(later);
  await expect(postToReplyUrl(slack.url, reply, { forMs: 3_000 })).resolves.toBe('refused');
  expect(slack.requests).toHaveLength(1);
});

const lostAnswers: [string, RequestListener][] = [
  ['a connection that broke', cut],
  ['a 500', answer(500, '')],
  ['a page of trouble', answer(503, '<html>')],
];

// Slack takes five posts, and may have taken each of these.
test.each(lostAnswers)(
  'after %s it is sent once more, and then neither taken nor refused',
  async (_what, lost) => {
    const slack = await startSlack(lost);
    await expect(postToReplyUrl(slack.url, reply)).resolves.toBe('lost');
    expect(slack.requests).toHaveLength(2);
  },
);

test.each(lostAnswers)('after %s it is taken where the second answer says so', async (_what, lost) => {
  const slack = await startSlack(lost, answer(200, 'ok'));
  await expect(postToReplyUrl(slack.url, reply)).resolves.toBe('taken');
});

test('a Slack that is out of reach has taken nothing', async () => {
  const url = `http://127.0.0.1:${await quietPort()}/reply`;
  await expect(postToReplyUrl(url, reply)).resolves.toBe('refused');
});

test.each([
  ['stands beside the message whose button was pressed', reply, { ...reply, replace_original: false }],
  [
    'stands in its place where it is to',
    { ...reply, replace_original: true },
    { ...reply, replace_original: true },
  ],
  [
    'takes blocks along',
    { ...reply, blocks: [{ type: 'divider' as const }] },
    { ...reply, blocks: [{ type: 'divider' }], replace_original: false },
  ],
])('what is said %s', async (_how, said, body) => {
  const slack = await startSlack(answer(200, 'ok'));
  await postToReplyUrl(slack.url, said);
  expect(slack.bodies).toEqual([body]);
});

test.each<[string, number, number]>([
  ['once, where there is no time', 0, 1],
  ['as often as its time allows', 1_600, 3],
])('it is tried %s', async (_often, forMs, times) => {
  const slack = await startSlack(answer(429, ''));
  const beganMs = performance.now();
  await expect(postToReplyUrl(slack.url, reply, { forMs })).resolves.toBe('refused');
  expect(performance.now() - beganMs).toBeLessThan(forMs + 2_000);
  expect(slack.requests).toHaveLength(times);
});

test('where more pauses are given it is sent again after each, and no more', async () => {
  const slack = await startSlack(answer(503, ''));
  await expect(postToReplyUrl(slack.url, reply, { lostPausesMs: [0, 1, 2] })).resolves.toBe('lost');
  expect(slack.requests).toHaveLength(4);
});

test.each(lostAnswers)('%s stays lost, though Slack refuses it afterwards', async (_what, lost) => {
  const slack = await startSlack(lost, answer(404, 'used_url'));
  await expect(postToReplyUrl(slack.url, reply)).resolves.toBe('lost');
});

test.each(lostAnswers)('%s stays lost, though Slack takes nothing afterwards', async (_what, lost) => {
  const slack = await startSlack(lost, answer(429, ''));
  await expect(postToReplyUrl(slack.url, reply, { forMs: 700 })).resolves.toBe('lost');
});

test('its pause ends when it is to end, and no more is sent', async () => {
  const slack = await startSlack(answer(429, ''));
  const ending = new AbortController();
  const posted = postToReplyUrl(slack.url, reply, {
    forMs: Number.POSITIVE_INFINITY,
    signal: ending.signal,
  });
  await until(() => slack.requests.length === 3, 'three tries');
  const beganMs = performance.now();
  ending.abort();
  await expect(posted).rejects.toMatchObject({ name: 'AbortError' });
  expect(performance.now() - beganMs).toBeLessThan(500);
});
