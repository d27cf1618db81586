import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';
import { healthRoutes, startHealthServer } from '../src/health.ts';
import { failingRoute } from './failing-route.ts';
import { createLogLines } from './privacy/log-lines.ts';
import { quietPort } from './process.ts';

const host = '127.0.0.1';

async function startServer() {
  const { log, lines } = createLogLines();
  const port = await quietPort();
  const server = await startHealthServer(
    { port, host },
    [...healthRoutes(async () => undefined), failingRoute],
    log,
  );
  return { port, lines, url: `http://${host}:${port}`, [Symbol.asyncDispose]: server.close };
}

test('a server that fails while it runs says so, and goes on', async () => {
  await using server = await startServer();
  for (let time = 0; time < 2; time += 1)
    expect(await (await fetch(`${server.url}/fail`)).text()).toBe('failed');
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  expect(server.lines).toEqual(
    Array(2).fill({ level: 'error', event: 'a connection was not taken', detail: 'EMFILE' }),
  );
});

test('a server does not start where its port is taken', async () => {
  await using server = await startServer();
  const another = startHealthServer({ port: server.port, host }, [], createLogLines().log);
  await expect(another).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test.each<[string, number, Buffer | string]>([
  ['a greeting of TLS', 400, Buffer.from('16030100c8010000c40303', 'hex')],
  ['words of another protocol', 400, 'SSH-2.0-scanner\r\n\r\n'],
  ['a head without end', 431, `GET / HTTP/1.1\r\nx: ${'y'.repeat(20_000)}`],
])('a server says no to what is no HTTP, hangs up, and goes on: %s', async (_what, status, bytes) => {
  await using server = await startServer();
  const socket = connect(server.port, host);
  socket.write(bytes);
  expect((await text(socket)).split(' ', 2)).toEqual(['HTTP/1.1', String(status)]);
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
});
