import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { ACK_WITHIN_MS, type Answer, type Deliver } from './delivery.ts';
import type { Faults } from './faults.ts';
import { asJson, isJson, parseJson } from './json.ts';

export type SocketMode = {
  deliver: Deliver;
  /** Puts anything at all on every open socket. */
  sendFrame(frame: string | Uint8Array): void;
  /** The path of a new socket address. Slack: an address is used once. [doc] */
  newPath(): string;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  connections(): number;
  recycle(reason?: 'warning' | 'refresh_requested'): void;
  cut(): void;
  close(): void;
};

const PATH = '/link/';
const PING_EVERY_MS = 10_000;

export function createSocketMode({
  appId,
  faults,
  announce,
}: {
  appId: string;
  faults: Faults;
  announce: () => void;
}): SocketMode {
  const server = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const waiting = new Map<string, (answer: Answer) => void>();
  /** Told to reconnect: gets nothing new. */
  const retired = new WeakSet<WebSocket>();
  let turn = 0;

  const open = () => [...server.clients].filter(({ readyState, OPEN }) => readyState === OPEN);

  const welcome = (socket: WebSocket) => {
    const pings = setInterval(() => socket.ping(), PING_EVERY_MS); // Slack pings too. [doc]
    socket.on('close', () => {
      clearInterval(pings);
      announce();
    });
    socket.on('error', () => socket.terminate());
    socket.on('message', (data) => {
      const ack = asJson(parseJson(String(data)));
      waiting.get(String(ack.envelope_id))?.({ kind: 'answered', payload: contentOf(ack.payload) });
    });
    // Slack: the first message says that the connection may be used. [doc]
    socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: open().length,
        debug_info: { host: 'fake-slack', build_number: 1, approximate_connection_time: 18_060 },
        connection_info: { app_id: appId },
      }),
    );
    announce();
  };

  /** Slack: with several sockets open, each payload goes to one of them. [doc] Here in turn. */
  const nextSocket = () => {
    const usable = open().filter((socket) => !retired.has(socket));
    turn += 1;
    return usable[turn % Math.max(usable.length, 1)];
  };

  return {
    deliver: ({ type, payload }) => {
      const socket = nextSocket();
      if (!socket) return Promise.resolve({ kind: 'failed', error: 'dispatch_failed' });
      const { promise, resolve } = Promise.withResolvers<Answer>();
      const envelopeId = randomUUID();
      const giveUp = () =>
        settle({ kind: 'failed', error: 'operation_timeout', isCut: socket.readyState !== socket.OPEN });
      const timer = setTimeout(giveUp, ACK_WITHIN_MS);
      const settle = (answer: Answer) => {
        clearTimeout(timer);
        waiting.delete(envelopeId);
        resolve(answer);
      };
      waiting.set(envelopeId, settle);
      socket.send(JSON.stringify({ envelope_id: envelopeId, type, accepts_response_payload: true, payload }));
      return promise;
    },
    sendFrame: (frame) => {
      for (const socket of open()) socket.send(frame);
    },
    newPath: () => {
      const ticket = randomUUID();
      tickets.add(ticket);
      return `${PATH}?ticket=${ticket}&app_id=${appId}`;
    },
    upgrade: (request, socket, head) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'ws://127.0.0.1');
      const known = pathname === PATH && tickets.delete(searchParams.get('ticket') ?? '');
      if (!known || faults.take('socket-refused')) {
        socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n', () =>
          socket.destroy(),
        );
        return;
      }
      server.handleUpgrade(request, socket, head, welcome);
    },
    connections: () => open().length,
    recycle: (reason = 'refresh_requested') => {
      // Slack: it warns about ten seconds before it ends a connection, and when it recycles one it asks the app to open
      // another. [doc]
      const message = JSON.stringify({
        type: 'disconnect',
        reason,
        debug_info: { host: 'fake-slack' },
      });
      for (const socket of open()) {
        // What a warned socket is sent until its end is told nowhere: it is used on. [inferred]
        if (reason === 'refresh_requested') retired.add(socket);
        socket.send(message);
      }
    },
    cut: () => {
      for (const socket of server.clients) socket.terminate();
    },
    close: () => {
      for (const settle of [...waiting.values()]) settle({ kind: 'failed', error: 'operation_timeout' });
      for (const socket of server.clients) socket.terminate();
      server.close();
    },
  };
}

/** Bolt sends `{}` for an acknowledgement that says nothing. [checked] */
function contentOf(payload: unknown): unknown {
  return isJson(payload) && Object.keys(payload).length === 0 ? undefined : payload;
}
