import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parse } from 'node:querystring';
import { text as textOf } from 'node:stream/consumers';
import { inspect } from 'node:util';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type types, webApi } from '@slack/bolt';
import type { Measured } from '../../src/privacy/meter.ts';
import { mayBeDone, passes, slackErrorOf } from '../../src/slack/patience.ts';
import { createWebApi, type WebApi } from '../../src/slack/web-api.ts';
import { quietPort } from '../process.ts';
import { until } from '../until.ts';

const token = 'xoxb-SECRET';
const opened: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close();
});

type Received = {
  path: string | undefined;
  headers: IncomingMessage['headers'];
  form: ReturnType<typeof parse>;
};

/** A Slack that answers everything in one way, and a client for it. */
async function slackThat(answer: RequestListener, { timeoutMs = 5_000 } = {}) {
  const received: Received[] = [];
  const measured: Measured[] = [];
  let connections = 0;
  const server = createServer(async (request, response) => {
    received.push({ path: request.url, headers: request.headers, form: parse(await textOf(request)) });
    answer(request, response);
  })
    .on('connection', () => {
      connections += 1;
    })
    .listen(0, '127.0.0.1');
  await once(server, 'listening');
  opened.push({
    close: async () => {
      server.closeAllConnections();
      server.close();
    },
  });
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`;
  const api = createWebApi({ token, apiUrl, timeoutMs, meter: { note: (one) => void measured.push(one) } });
  opened.push(api);
  return { api, received, measured, connections: () => connections };
}

const says =
  (status: number, text: string, headers = {}) =>
  (_: IncomingMessage, response: ServerResponse) =>
    void response.writeHead(status, headers).end(text);

async function failureOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => {
      throw new Error('this was to fail');
    },
    (error: unknown) => error,
  );
}

test('a call is a form with the token in the header, and what is no text is JSON', async () => {
  const { api, received } = await slackThat(says(200, '{"ok":true,"ts":"1.2"}'));
  const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: 'Olá & até 😀' } } as const];
  const posted = await api.chat.postMessage({ channel: 'C1', text: 'a=b&c', blocks, unfurl_links: false });
  expect(posted.ts).toBe('1.2');
  expect(received).toEqual([
    expect.objectContaining({
      path: '/api/chat.postMessage',
      form: { channel: 'C1', text: 'a=b&c', blocks: JSON.stringify(blocks), unfurl_links: 'false' },
      headers: expect.objectContaining({
        authorization: `Bearer ${token}`,
        'content-type': 'application/x-www-form-urlencoded',
      }),
    }),
  ]);
});

test('what is not given is not sent', async () => {
  const { api, received } = await slackThat(says(200, '{"ok":true}'));
  await api.views.update({ view_id: 'V1', view, hash: undefined as unknown as string });
  expect(Object.keys(received[0]?.form ?? {})).toEqual(['view_id', 'view']);
});

test('half of a letter, which no text can hold, is sent as a mark in its place', async () => {
  const { api, received } = await slackThat(says(200, '{"ok":true}'));
  await api.chat.postMessage({ channel: 'C1', text: 'a\ud83d b+c%20' });
  expect(received[0]?.form.text).toBe('a\ufffd b+c%20');
});

test('one call after another takes the same connections', async () => {
  const { api, connections } = await slackThat(says(200, '{"ok":true}'));
  for (let call = 0; call < 20; call += 1) await api.auth.test();
  // A call that follows at once finds the first one still being put away.
  expect(connections()).toBeLessThanOrEqual(2);
});

const view: types.ModalView = { type: 'modal', title: { type: 'plain_text', text: 'x' }, blocks: [] };
const hangs: [string, (api: WebApi) => Promise<unknown>][] = [
  ['chat.postMessage', (api) => api.chat.postMessage({ channel: 'C1', text: 'x' })],
  ['users.info', (api) => api.users.info({ user: 'U1' })],
  ['views.update', (api) => api.views.update({ view_id: 'V1', view })],
];

test.each(hangs)('a hundred calls of %s that hang hold up no form', async (method, call) => {
  const { api, received } = await slackThat((request, response) => {
    if (!request.url?.endsWith(method)) says(200, '{"ok":true}')(request, response);
  });
  const hanging = Array.from({ length: 100 }, () => failureOf(call(api)));
  // As many as there are connections for.
  await until(() => received.length >= 30, 'the calls that hang');
  const beganMs = performance.now();
  await api.views.open({ trigger_id: '1.2', view });
  // Those that hang take five seconds.
  expect(performance.now() - beganMs).toBeLessThan(1_500);
  await api.close();
  await Promise.all(hanging);
});

describe('an answer that is none of what was hoped for', () => {
  test.each<
    [string, RequestListener, { code?: string; passes: boolean; mayBeDone: boolean; result: string }]
  >([
    [
      'a no of Slack',
      says(200, '{"ok":false,"error":"channel_not_found"}'),
      { code: 'channel_not_found', passes: false, mayBeDone: false, result: 'refused' },
    ],
    ['a page', says(200, '<html>SECRET</html>'), { passes: true, mayBeDone: true, result: 'refused' }],
    ['half an answer', says(200, '{"ok":tr'), { passes: true, mayBeDone: true, result: 'refused' }],
    ['null', says(200, 'null'), { passes: true, mayBeDone: true, result: 'refused' }],
    ['an ok that is a word', says(200, '{"ok":"yes"}'), { passes: true, mayBeDone: true, result: 'refused' }],
    [
      'too often',
      says(429, '', { 'retry-after': '7' }),
      { passes: true, mayBeDone: false, result: 'rate-limited' },
    ],
    ['too often, for no time', says(429, ''), { passes: true, mayBeDone: false, result: 'rate-limited' }],
    ['trouble', says(503, 'SECRET'), { passes: true, mayBeDone: true, result: 'unavailable' }],
    ['a no of a proxy', says(403, 'SECRET'), { passes: false, mayBeDone: false, result: 'refused' }],
    [
      'sent elsewhere',
      says(302, '', { location: 'http://127.0.0.1:1/' }),
      { passes: true, mayBeDone: true, result: 'no-answer' },
    ],
    [
      'a connection that breaks',
      (request) => void request.socket.destroy(),
      { passes: true, mayBeDone: true, result: 'no-answer' },
    ],
  ])('%s', async (_what, answer, expected) => {
    const { api, measured } = await slackThat(answer);
    const error = await failureOf(api.users.info({ user: 'U1' }));
    expect(error).toBeInstanceOf(webApi.SlackError);
    expect(slackErrorOf(error)).toBe(expected.code);
    expect({ passes: passes(error), mayBeDone: mayBeDone(error) }).toEqual({
      passes: expected.passes,
      mayBeDone: expected.mayBeDone,
    });
    expect(measured).toEqual([
      { what: 'slack call', method: 'users.info', result: expected.result, ms: expect.any(Number) },
    ]);
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(token);
  });

  test('says how long to wait', async () => {
    const { api } = await slackThat(says(429, '', { 'retry-after': '7' }));
    expect(await failureOf(api.auth.test())).toMatchObject({ retryAfter: 7 });
  });

  test('that takes too long may have been done', async () => {
    const { api, measured } = await slackThat(() => undefined, { timeoutMs: 50 });
    const error = await failureOf(api.auth.test());
    expect(mayBeDone(error)).toBe(true);
    expect(measured).toMatchObject([{ result: 'no-answer' }]);
  });

  test('that there was no connection in time to ask for was not done', async () => {
    const { api, received } = await slackThat(() => undefined, { timeoutMs: 300 });
    const calls = Array.from({ length: 100 }, () => failureOf(api.users.info({ user: 'U1' })));
    const errors = await Promise.all(calls);
    const perhapsDone = errors.filter(mayBeDone);
    expect(errors.every(passes)).toBe(true);
    expect(perhapsDone.length).toBeGreaterThanOrEqual(received.length);
    expect(perhapsDone.length).toBeLessThan(100);
  });

  test('that nobody is there to give was not done', async () => {
    const apiUrl = `http://127.0.0.1:${await quietPort()}/api/`;
    const api = createWebApi({ token, apiUrl, timeoutMs: 5_000, meter: { note() {} } });
    opened.push(api);
    const error = await failureOf(api.auth.test());
    expect({ passes: passes(error), mayBeDone: mayBeDone(error) }).toEqual({
      passes: true,
      mayBeDone: false,
    });
  });
});
