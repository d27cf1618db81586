import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

/** A request that came, and when its answer left. */
export type Call = {
  /** `GET /path`. */
  line: string;
  body: string;
  receivedAtMs: number;
  answeredAtMs: number | undefined;
};

/** A cheap HTTP/1.1 server with fixed answers, so that it does not become what is measured. */
export type StandIn = {
  port: number;
  url: string;
  /** TCP connections that were accepted so far. */
  accepted(): number;
  received(): number;
  /** Called with each request, before it is answered. */
  onCall: ((call: Call) => void) | undefined;
  /** How long each answer takes. */
  delayMs: number;
  [Symbol.asyncDispose](): Promise<void>;
};

export async function startStandIn(answer: (line: string, body: string) => string): Promise<StandIn> {
  const sockets = new Set<Socket>();
  let accepted = 0;
  let received = 0;

  function take(socket: Socket, line: string, body: string): void {
    received += 1;
    const call: Call = { line, body, receivedAtMs: performance.now(), answeredAtMs: undefined };
    standIn.onCall?.(call);
    const reply = () => {
      call.answeredAtMs = performance.now();
      if (!socket.destroyed) socket.write(onWire(answer(line, body)));
    };
    if (standIn.delayMs > 0) setTimeout(reply, standIn.delayMs);
    else reply();
  }

  const server = createServer({ noDelay: true }, (socket) => {
    accepted += 1;
    sockets.add(socket);
    let pending: Buffer = Buffer.alloc(0);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    socket.on('data', (chunk: Buffer) => {
      pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
      const headEnd = pending.indexOf('\r\n\r\n');
      if (headEnd < 0) return;
      const head = pending.toString('latin1', 0, headEnd);
      const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
      const end = headEnd + 4 + length;
      if (pending.length < end) return;
      const body = pending.toString('utf8', headEnd + 4, end);
      pending = pending.subarray(end);
      take(socket, head.slice(0, head.indexOf(' HTTP/')), body);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const standIn: StandIn = {
    port,
    url: `http://127.0.0.1:${port}`,
    accepted: () => accepted,
    received: () => received,
    onCall: undefined,
    delayMs: 0,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  return standIn;
}

function onWire(body: string): string {
  const head = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}`;
  return `${head}\r\nconnection: keep-alive\r\n\r\n${body}`;
}
