import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { postToReplyUrl } from '../../src/slack/reply-url.ts';
import { freePort } from '../free-port.ts';

const reply = { response_type: 'ephemeral', text: 'Hello' } as const;
const servers: { close(): void }[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** Answers the first request with the first listener, and so on; the last one answers all that follow. */
async function startSlack(...listeners: RequestListener[]) {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const listener = listeners[Math.min(requests.length, listeners.length - 1)];
    requests.push(String(request.url));
    listener?.(request, response);
  }).listen(0, '127.0.0.1');
  servers.push({
    close() {
      server.close();
      server.closeAllConnections();
    },
  });
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/reply`, requests };
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
  const slack = await startSlack(answer(500, ''), answer(429, ''), answer(200, 'ok'));
  await expect(postToReplyUrl(slack.url, reply)).resolves.toBe('taken');
  expect(slack.requests).toHaveLength(3);
});

test('after a lost answer it is sent once more, and then neither taken nor refused', async () => {
  const slack = await startSlack(cut);
  await expect(postToReplyUrl(slack.url, reply)).resolves.toBe('lost');
  expect(slack.requests).toHaveLength(2);
});

test('a Slack that is out of reach has taken nothing', async () => {
  const url = `http://127.0.0.1:${await freePort()}/reply`;
  await expect(postToReplyUrl(url, reply)).resolves.toBe('refused');
});
