import { once } from 'node:events';
import { Agent, createServer, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** One request on its way through. */
export type Passage = {
  /** Which process sent it. */
  from: string;
  method: string;
  path: string;
  body: string;
  headers: IncomingHttpHeaders;
  atMs: number;
  /** What the target answered, whether or not the answer was passed on. */
  reply?: { status: number; body: string };
  takenAtMs?: number;
  /** When the whole answer was handed over to the sender. */
  answeredAtMs?: number;
  /** When nobody waited any more. */
  endedAtMs?: number;
};

/** `received`: not passed on yet. `taken`: the target has answered, the sender has no answer yet. `answered`: it has. */
export type Step = 'received' | 'taken' | 'answered';

/** Called at each step, which waits for it; `cut` breaks the connection in place of going on. */
export type Toll = (passage: Passage, step: Step) => undefined | 'cut' | Promise<undefined | 'cut'>;

export type Tollgate = AsyncDisposable & { url: string; passages: readonly Passage[] };

/** Passes HTTP requests on to a target, and lets nothing by unseen. */
export async function startTollgate(options: {
  target: () => string;
  /** The name of the process that sends now. */
  sender: () => string;
  toll: Toll;
}): Promise<Tollgate> {
  const passages: Passage[] = [];
  const agent = new Agent({ keepAlive: true });

  async function pass(
    incoming: IncomingMessage,
    passage: Passage,
  ): Promise<{ status: number; body: string; headers: IncomingHttpHeaders }> {
    const { host: _host, connection: _connection, ...headers } = incoming.headers;
    const outgoing = request(options.target() + passage.path, { method: passage.method, headers, agent });
    outgoing.end(passage.body);
    const [reply] = (await once(outgoing, 'response')) as [IncomingMessage];
    return { status: reply.statusCode ?? 0, body: await text(reply), headers: reply.headers };
  }

  const server = createServer(async (incoming, response) => {
    const passage: Passage = {
      from: options.sender(),
      method: incoming.method ?? '',
      path: incoming.url ?? '',
      body: '',
      headers: incoming.headers,
      atMs: Date.now(),
    };
    response.on('close', () => {
      passage.endedAtMs = Date.now();
    });
    try {
      passage.body = await text(incoming);
      passages.push(passage);
      if ((await options.toll(passage, 'received')) === 'cut') throw new Error('cut');
      // Who left before the request was passed on never sent it.
      if (response.closed) return;
      const { headers, ...reply } = await pass(incoming, passage);
      passage.reply = reply;
      passage.takenAtMs = Date.now();
      if ((await options.toll(passage, 'taken')) === 'cut') throw new Error('cut');
      if (response.closed) return;
      const { 'transfer-encoding': _encoding, connection: _connection, ...kept } = headers;
      response.writeHead(reply.status, kept);
      response.end(reply.body, () => {
        passage.answeredAtMs = Date.now();
        void options.toll(passage, 'answered');
      });
    } catch {
      response.destroy();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    passages,
    async [Symbol.asyncDispose]() {
      agent.destroy();
      server.close();
      server.closeAllConnections();
    },
  };
}
