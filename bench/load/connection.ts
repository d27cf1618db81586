import { once } from 'node:events';
import { connect } from 'node:net';

export type Reply = { status: number; body: string };

/** One keep-alive connection, on which one request at a time is sent. Costs little beside what is measured. */
export type Connection = {
  /** Rejects where the connection broke. */
  send(request: Buffer): Promise<Reply>;
  isOpen(): boolean;
  close(): void;
};

export async function openConnection(port: number): Promise<Connection> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  let received: Buffer = Buffer.alloc(0);
  let waiting: { resolve(reply: Reply): void; reject(error: Error): void } | undefined;
  socket.on('data', (chunk: Buffer) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    const reply = wholeReply(received);
    if (!reply) return;
    received = Buffer.alloc(0);
    const { resolve } = waiting ?? {};
    waiting = undefined;
    resolve?.(reply);
  });
  socket.on('error', () => undefined);
  socket.on('close', () => waiting?.reject(new Error('the connection broke')));
  return {
    send(request) {
      const { promise, resolve, reject } = Promise.withResolvers<Reply>();
      waiting = { resolve, reject };
      if (socket.destroyed) reject(new Error('the connection is closed'));
      else socket.write(request);
      return promise;
    },
    isOpen: () => !socket.destroyed && socket.readyState === 'open',
    close: () => socket.destroy(),
  };
}

function wholeReply(received: Buffer): Reply | undefined {
  const headEnd = received.indexOf('\r\n\r\n');
  if (headEnd < 0) return undefined;
  const head = received.toString('latin1', 0, headEnd);
  const status = Number(head.slice(9, 12));
  const body = received.subarray(headEnd + 4);
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (length !== undefined)
    return body.length >= Number(length) ? { status, body: body.toString('utf8') } : undefined;
  if (!/\r\ntransfer-encoding: *chunked/i.test(head)) return { status, body: '' };
  return body.subarray(-5).toString('latin1') === '0\r\n\r\n' ? { status, body: unchunked(body) } : undefined;
}

function unchunked(body: Buffer): string {
  const parts: Buffer[] = [];
  for (let at = 0; at < body.length; ) {
    const lineEnd = body.indexOf('\r\n', at);
    const size = Number.parseInt(body.toString('latin1', at, lineEnd), 16);
    if (!(size > 0)) break;
    parts.push(body.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
  return Buffer.concat(parts).toString('utf8');
}
