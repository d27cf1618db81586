import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { request } from 'undici';
import { startFakeZapi } from '../../fakes/zapi/fake-zapi.ts';
import type { ZapiFault } from '../../fakes/zapi/types.ts';
import { createZapiGateway } from '../../src/gateways/zapi.ts';
import { createHttp } from '../../src/http.ts';
import type { PrivacyChange } from '../../src/privacy/change.ts';
import type { Phone } from '../../src/privacy/phone.ts';
import type { Gateway } from '../../src/privacy/ports.ts';
import { quietPort } from '../process.ts';

const secrets = {
  instanceId: 'SECRET-INSTANCE-ID',
  instanceToken: 'SECRET-INSTANCE-TOKEN',
  clientToken: 'SECRET-CLIENT-TOKEN',
  phone: '5511987654321',
  name: 'SECRET-CONTACT-NAME',
};
const { phone, name, ...credentials } = secrets;
/** Not sent again: no test waits for more tries. */
const change: PrivacyChange = {
  setting: 'last-seen',
  visibility: 'contacts-except',
  hide: [phone as Phone],
  showAgain: [],
};
const path = `/instances/${secrets.instanceId}/token/${secrets.instanceToken}/privacy/last-seen`;

const opened: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close();
});

/** A server of bare bytes: it answers the first bytes of each connection with whatever the test says. */
async function startRawServer(answer: (socket: Socket, received: string) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('data', (data) => answer(socket, data.toString()));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  opened.push({
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return `http://127.0.0.1:${address.port}`;
}

function startGateway(apiUrl: string, options: Partial<typeof credentials> = {}) {
  const gateway = createZapiGateway({ apiUrl, ...credentials, ...options });
  opened.push(gateway);
  return gateway;
}

const asJson = (body: object) => ({ type: 'application/json' as const, text: JSON.stringify(body) });

async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => {
      throw new Error('this was to fail');
    },
    (error: unknown) => error,
  );
}

/** All that anybody could come to see of an error. */
function everythingIn(error: unknown): string {
  const lines: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
  log.error(error as Error);
  log.error(error as Error, 'failed');
  log.error({ err: error }, 'failed');
  log.error({ error, deeper: { error } }, 'failed');
  log.error({ kinds: [error, { cause: error }] }, `failed: ${error}`);
  return [
    String(error),
    error instanceof Error ? [error.message, error.stack, String(error.cause)] : '',
    JSON.stringify(error),
    JSON.stringify(error, Object.getOwnPropertyNames(error)),
    inspect(error, { depth: 9, showHidden: true, maxStringLength: null, maxArrayLength: null }),
    // Buffers are shown as bytes: their text is looked for too.
    ...buffersIn(error),
    ...lines,
  ].join('\n');
}

function buffersIn(value: unknown, seen = new Set<unknown>()): string[] {
  if (value instanceof Uint8Array) return [Buffer.from(value).toString()];
  if (typeof value !== 'object' || value === null || seen.has(value)) return [];
  seen.add(value);
  return Reflect.ownKeys(value).flatMap((key) => buffersIn(Reflect.get(value, key), seen));
}

function leaks(error: unknown): string[] {
  const seen = everythingIn(error);
  return Object.values(secrets).filter(
    (secret) => seen.includes(secret) || seen.includes(encodeURIComponent(secret)),
  );
}

/** Every secret at once, as a careless server would repeat them. */
const echo = `Client-Token ${secrets.clientToken} not allowed for POST ${path} with ${phone} of ${name}`;
const http = (status: string, headers: string, body: string) =>
  `HTTP/1.1 ${status}\r\n${headers}content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`;

describe('a reply that repeats every secret leaves none in the error', () => {
  const statuses = [200, 301, 400, 401, 403, 404, 405, 408, 415, 422, 429, 500, 502, 503];
  test.each(
    statuses.flatMap((status): [number, string, string][] => [
      [status, 'JSON', JSON.stringify({ error: echo, message: echo, success: false })],
      [status, 'JSON of other keys', JSON.stringify({ [echo]: echo, success: echo })],
      [status, 'text', echo],
      [status, 'HTML', `<html><h1>${echo}</h1></html>`],
    ]),
  )('%i with %s', async (status, _what, body) => {
    const url = await startRawServer((socket) =>
      socket.end(
        http(`${status} ${echo}`, `retry-after: 600\r\nx-echo: ${echo}\r\nlocation: /${echo}\r\n`, body),
      ),
    );
    const error = await rejection(startGateway(url).apply(change));
    expect(error).toMatchObject({ name: 'GatewayError', detail: String(status) });
    expect(leaks(error)).toEqual([]);
  });
});

describe('a connection that goes wrong leaves none in the error', () => {
  /** What undici itself makes of it: the same request, without our code around it. */
  const bare = (url: string, headers: Record<string, string> = {}) =>
    request(`${url}${path}`, {
      method: 'POST',
      headers: { 'client-token': secrets.clientToken, ...headers },
      body: JSON.stringify({ phone }),
    });

  test.each<[string, (socket: Socket, received: string) => void]>([
    ['an answer that is not HTTP', (socket, received) => void socket.end(`${echo}\r\n${received}`)],
    ['an answer that is almost HTTP', (socket) => void socket.end(`HTTP/1.1 200 OK\r\n${echo}\r\n\r\n`)],
    [
      'a length that is none',
      (socket) => void socket.end(`HTTP/1.1 200 OK\r\ncontent-length: ${echo}\r\n\r\n`),
    ],
    [
      'chunks that are none',
      (socket) => void socket.end(`HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${echo}\r\n`),
    ],
    [
      'headers beyond measure',
      (socket) => void socket.write(`HTTP/1.1 200 OK\r\nx: ${echo.repeat(1000)}\r\n\r\n`),
    ],
    ['a body beyond measure', (socket) => void socket.write(http('200 OK', '', echo.repeat(20_000)))],
    [
      'a body cut short',
      (socket) => void socket.end(`HTTP/1.1 200 OK\r\ncontent-length: 9999\r\n\r\n${echo}`),
    ],
    ['an end before the answer', (socket) => void socket.end()],
    ['a reset', (socket) => void socket.resetAndDestroy()],
    [
      'an upgrade',
      (socket) => void socket.end(`HTTP/1.1 101 ${echo}\r\nconnection: upgrade\r\nupgrade: ${echo}\r\n\r\n`),
    ],
  ])('%s', async (_what, answer) => {
    const url = await startRawServer(answer);
    const error = await rejection(startGateway(url).apply(change));
    expect(error).toMatchObject({ name: 'GatewayError' });
    expect(leaks(error)).toEqual([]);

    const client = createHttp(url, { 'client-token': secrets.clientToken });
    opened.push(client);
    const failure = await rejection(
      client.send({ method: 'POST', path, body: asJson({ phone }), timeoutMs: 4_000 }),
    );
    expect(failure).toMatchObject({ name: 'HttpFailure' });
    expect(leaks(failure)).toEqual([]);
  });

  test('this suite would see it: undici keeps what it could not read in its own error', async () => {
    const url = await startRawServer((socket) => void socket.end(`${echo}\r\n`));
    expect(leaks(await rejection(bare(url)))).not.toEqual([]);
  });

  test.each([
    ['in a header', { clientToken: `${secrets.clientToken}\nx` }],
    ['in the path', { instanceToken: `${secrets.instanceToken}\u0000` }],
  ])('a token that HTTP does not take: %s', async (_where, options) => {
    const url = await startRawServer((socket) => void socket.end(http('400 Bad Request', '', echo)));
    const error = await rejection(startGateway(url, options).apply(change));
    expect(error).toMatchObject({ name: 'GatewayError' });
    expect(leaks(error)).toEqual([]);
  });

  test('a timeout', async () => {
    const url = await startRawServer(() => undefined);
    const error = await rejection(startGateway(url).readHidden('last-seen', { timeoutMs: 100 }));
    expect(error).toMatchObject({ name: 'GatewayError', kind: 'timeout' });
    expect(leaks(error)).toEqual([]);
  });

  test.each([
    ['a refused connection', async () => `http://127.0.0.1:${await quietPort()}/${secrets.clientToken}`],
    ['an unknown host', async () => `http://${secrets.instanceToken}.invalid/`],
    [
      'a server without TLS',
      async () => (await startRawServer((socket) => void socket.end(echo))).replace('http', 'https'),
    ],
    [
      'a base with a password',
      async () => `http://${secrets.instanceId}:${secrets.clientToken}@127.0.0.1:${await quietPort()}`,
    ],
  ])('%s', async (_what, start) => {
    const client = createHttp(await start(), { 'client-token': secrets.clientToken });
    opened.push(client);
    const error = await rejection(
      client.send({ method: 'POST', path, body: asJson({ phone }), timeoutMs: 4_000 }),
    );
    expect(error).toMatchObject({ name: 'HttpFailure', kind: 'not-sent' });
    expect(leaks(error)).toEqual([]);
  });
});

describe('the fake Z-API, which repeats secrets on purpose, finds none in the error', () => {
  async function startFake(fault?: ZapiFault, connected = true) {
    const zapi = await startFakeZapi({
      clientToken: secrets.clientToken,
      instances: [
        {
          ...credentials,
          account: { phone, name: 'Padaria Sol', lastSeen: 'ALL', disallowed: [phone], connected },
        },
      ],
    });
    opened.push(zapi);
    if (fault) zapi.inject({ path: '/last-seen', ...fault });
    return zapi;
  }

  test('where the Client-Token is wrong', async () => {
    const zapi = await startFake();
    const error = await rejection(
      startGateway(zapi.url, { clientToken: `${secrets.clientToken}-OLD` }).apply(change),
    );
    expect(error).toMatchObject({ kind: 'credentials' });
    expect(leaks(error)).toEqual([]);
  });

  test.each<ZapiFault>([
    { kind: 'html', status: 502 },
    { kind: 'html', status: 200 },
    { kind: 'error-in-200', error: echo },
    { kind: 'json', status: 400, body: { error: echo, cause: echo } },
    { kind: 'junk', bytes: 3_000_000 },
    { kind: 'reset', applied: false },
  ])('where it fails: %j', async (fault) => {
    const zapi = await startFake(fault);
    const error = await rejection(startGateway(zapi.url).apply(change));
    expect(error).toMatchObject({ name: 'GatewayError' });
    expect(leaks(error)).toEqual([]);
  });

  test('where the phone is not connected', async () => {
    const error = await rejection(startGateway((await startFake(undefined, false)).url).apply(change));
    expect(error).toMatchObject({ kind: 'disconnected' });
    expect(leaks(error)).toEqual([]);
  });
});

test('a number that is none is not repeated', async () => {
  const body = JSON.stringify({ phone: secrets.clientToken, name: [secrets.instanceToken] });
  const url = await startRawServer((socket) => void socket.end(http('200 OK', '', body)));
  const error = await rejection(startGateway(url).readOwnNumber());
  expect(error).toMatchObject({ name: 'GatewayError', kind: 'unexpected-reply' });
  expect(leaks(error)).toEqual([]);
});

describe('people and numbers that were read leave nothing in the error', () => {
  const reads: [string, (gateway: Gateway) => Promise<unknown>][] = [
    ['contacts', (gateway) => gateway.readContacts()[Symbol.asyncIterator]().next()],
    ['a look-up', (gateway) => gateway.lookUp([phone])],
  ];
  const row = { phone, name, short: name, notify: name, vname: name, inputPhone: phone, outputPhone: phone };

  for (const [what, read] of reads) {
    test.each<[string, string, string]>([
      ['an object', '200 OK', JSON.stringify({ ...row, contacts: [row] })],
      ['a refusal', '200 OK', JSON.stringify({ error: echo, contacts: [row] })],
      ['a list that is no success', '400 Bad Request', JSON.stringify([row])],
      ['a list cut short', '200 OK', JSON.stringify([row]).slice(0, -1)],
      ['a text', '200 OK', JSON.stringify(echo)],
      ['a list beyond measure', '200 OK', JSON.stringify(Array(20_000).fill(row))],
    ])(`${what}: %s`, async (_what, status, body) => {
      const url = await startRawServer((socket) => void socket.end(http(status, '', body)));
      const error = await rejection(read(startGateway(url)));
      expect(error).toMatchObject({ name: 'GatewayError' });
      expect(leaks(error)).toEqual([]);
    });

    test(`${what}: a refused connection`, async () => {
      const error = await rejection(read(startGateway(`http://127.0.0.1:${await quietPort()}`)));
      expect(error).toMatchObject({ name: 'GatewayError', kind: 'unavailable' });
      expect(leaks(error)).toEqual([]);
    });
  }
});

test('an error of the gateway carries its kind and nothing to dig in', async () => {
  const url = await startRawServer((socket) => void socket.resetAndDestroy());
  const error = await rejection(startGateway(url).apply(change));
  expect(Object.keys(error as object).sort()).toEqual(['changed', 'detail', 'kind', 'name']);
  expect(error).not.toHaveProperty('cause');
});
