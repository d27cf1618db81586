import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import { WebSocketServer } from 'ws';
import { createBoltLogger } from '../../src/slack/bolt-logger.ts';
import { createSocketTransport } from '../../src/slack/socket-transport.ts';

const silent = createBoltLogger({ info() {}, warn() {}, error() {} });

test('a Slack that takes the socket and says nothing is asked for another one', async () => {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ ok: true, url: `ws://127.0.0.1:${port}/socket` }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const sockets = new WebSocketServer({ server });
  let taken = 0;
  sockets.on('connection', (socket) => {
    taken += 1;
    if (taken > 1) socket.send('{"type":"hello"}');
  });
  const transport = createSocketTransport({
    appToken: 'xapp-1',
    apiUrl: `http://127.0.0.1:${port}/api/`,
    logger: silent,
    helloTimeoutMs: 100,
  });
  try {
    await transport.connect();
    expect(taken).toBe(2);
    expect(transport.isReady()).toBe(true);
  } finally {
    await transport.stop();
    for (const socket of sockets.clients) socket.terminate();
    server.close();
  }
});
