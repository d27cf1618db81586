import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createHttp, type HttpRequest } from '../src/http.ts';
import { until } from './until.ts';

const opened: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close();
});

const answer = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';

/** A server that notes each request by its path, and does with the socket what the test says. */
async function startServer(respond: (socket: Socket, path: string) => void) {
  const paths: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      const path = chunk.toString().split(' ')[1] ?? '';
      paths.push(path);
      respond(socket, path);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  opened.push({
    close: async () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, port, paths, connections: () => sockets.size };
}

function startClient(url: string) {
  const http = createHttp(url, {}, 1);
  opened.push(http);
  return (path: string, options: Partial<HttpRequest> = {}) =>
    http.send({
      method: 'POST',
      path,
      body: { type: 'application/json', text: '{}' },
      timeoutMs: 5_000,
      ...options,
    });
}

/** The only connection waits for an answer; it gets one when `free` is called. */
async function startBusy() {
  const busy: Socket[] = [];
  const server = await startServer((socket, path) => {
    if (path === '/busy') busy.push(socket);
    else socket.write(answer);
  });
  const send = startClient(server.url);
  const first = send('/busy');
  await until(() => busy.length === 1, 'the connection taken');
  return { ...server, send, first, free: () => void busy[0]?.write(answer) };
}

describe('a request that waits for a connection', () => {
  test('was not sent when its time is over, and is not sent later', async () => {
    const { send, first, free, paths } = await startBusy();
    const beganMs = performance.now();
    await expect(send('/late', { timeoutMs: 100 })).rejects.toMatchObject({
      kind: 'not-sent',
      code: 'NO_CONNECTION',
    });
    expect(performance.now() - beganMs).toBeLessThan(1_500);
    free();
    await first;
    await expect(send('/after')).resolves.toMatchObject({ status: 200 });
    expect(paths).toEqual(['/busy', '/after']);
  });

  test('was not sent when its signal ends it, and is not sent later', async () => {
    const { send, first, free, paths } = await startBusy();
    const ending = new AbortController();
    const ended = expect(send('/late', { signal: ending.signal })).rejects.toMatchObject({
      kind: 'not-sent',
      code: 'NO_CONNECTION',
    });
    ending.abort();
    await ended;
    free();
    await first;
    await expect(send('/after')).resolves.toMatchObject({ status: 200 });
    expect(paths).toEqual(['/busy', '/after']);
  });

  test('was not sent while the connection is still being made', async () => {
    // Takes connections, and says nothing: TLS never begins.
    const { port, connections } = await startServer(() => undefined);
    const send = startClient(`https://127.0.0.1:${port}`);
    await expect(send('/', { timeoutMs: 200 })).rejects.toMatchObject({
      kind: 'not-sent',
      code: 'NO_CONNECTION',
    });
    expect(connections()).toBe(1);
  });
});

describe('a request that was sent', () => {
  test('may have been done when its time is over', async () => {
    const send = startClient((await startServer(() => undefined)).url);
    await expect(send('/', { timeoutMs: 100 })).rejects.toMatchObject({ kind: 'timeout' });
  });

  test('may have been done when its signal ends it', async () => {
    const { url, paths } = await startServer(() => undefined);
    const ending = new AbortController();
    const ended = expect(startClient(url)('/', { signal: ending.signal })).rejects.toMatchObject({
      kind: 'cut',
    });
    await until(() => paths.length === 1, 'the request');
    ending.abort();
    await ended;
  });
});

describe('what comes before the answer', () => {
  const hints = 'HTTP/1.1 103 Early Hints\r\nlink: </a.css>\r\nretry-after: 9\r\n\r\n';

  test.each([
    ['102', 'HTTP/1.1 102 Processing\r\n\r\n'],
    ['103', hints],
    ['103 twice', hints + hints],
    ['a number that nobody knows', 'HTTP/1.1 199 Odd\r\n\r\n'],
  ])('is not the answer: %s', async (_what, before) => {
    const together = await startServer((socket) => socket.write(before + answer));
    const apart = await startServer((socket) =>
      socket.write(before, () => setImmediate(() => socket.write(answer))),
    );
    for (const { url } of [together, apart]) {
      const send = startClient(url);
      const expected = { status: 200, text: 'ok', retryAfterMs: undefined };
      await expect(send('/')).resolves.toEqual(expected);
      await expect(send('/')).resolves.toEqual(expected);
    }
  });

  // undici itself breaks the connection off: https://github.com/nodejs/undici/blob/main/lib/dispatcher/client-h1.js
  test.each([
    ['100, which nobody asked for', 'HTTP/1.1 100 Continue\r\n\r\n'],
    ['101', 'HTTP/1.1 101 Switching\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n'],
  ])('leaves unknown whether it was done: %s', async (_what, before) => {
    const { url } = await startServer((socket) => socket.write(before + answer));
    await expect(startClient(url)('/')).rejects.toMatchObject({ kind: 'cut' });
  });
});
