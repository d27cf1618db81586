import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseAction, perform } from './actions.ts';
import { createLiveUpdates } from './live-updates.ts';
import { contentSecurityPolicy, listPageFiles } from './page-files.ts';
import type { BotControls, World } from './world.ts';

const MAX_BODY_BYTES = 64 * 1024;

export interface DemoServer {
  /** `http://127.0.0.1:port`: not localhost, which may be another program on IPv6 */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves the page of one world on loopback. Other sites open in the same browser can't use it: the Host header has to be
 * a loopback name (against DNS rebinding), and requests that come from another origin are refused.
 * Rejects with EADDRINUSE when the port is taken; port 0 picks a free one.
 */
export async function startDemoServer(options: {
  world: World;
  bot: BotControls;
  port: number;
}): Promise<DemoServer> {
  const { world, bot } = options;
  const files = await listPageFiles();
  const page = files.get('/');
  if (!page) throw new Error('demo/page/index.html is missing');
  const policy = await contentSecurityPolicy(page);
  const updates = createLiveUpdates(world);

  const server = createServer((request, response) => {
    answer(request, response).catch(() => {
      if (!response.headersSent) reply(response, 500, 'The demo could not answer.');
      else response.destroy();
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader('content-security-policy', policy);
    response.setHeader('x-content-type-options', 'nosniff');
    response.setHeader('referrer-policy', 'no-referrer');
    response.setHeader('cross-origin-resource-policy', 'same-origin');
    response.setHeader('cache-control', 'no-store');

    if (!isLoopbackHost(request.headers.host)) return reply(response, 403, 'Open the demo at localhost.');
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
    const live = url.pathname === '/events' || url.pathname === '/actions';
    if (live && !isSameOrigin(request)) return reply(response, 403, 'Only the demo page may do that.');

    if (url.pathname === '/actions') return act(request, response);
    if (request.method !== 'GET') return reply(response, 405, 'Only GET here.', { allow: 'GET' });
    if (url.pathname === '/events') {
      const personId = url.searchParams.get('as') ?? world.slack.users[0]?.id ?? '';
      if (!world.slack.users.some(({ id }) => id === personId))
        return reply(response, 404, 'No such person.');
      return updates.subscribe(personId, response);
    }
    const file = files.get(url.pathname);
    if (!file) return reply(response, 404, 'No such file.');
    response.writeHead(200, { 'content-type': file.contentType });
    response.end(await readFile(file.path));
  }

  async function act(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST') return reply(response, 405, 'Only POST here.', { allow: 'POST' });
    // Anything but JSON could be sent by a form of another site without the browser asking first.
    if (!/^application\/json\b/.test(request.headers['content-type'] ?? '')) {
      return reply(response, 415, 'Send JSON.');
    }
    const body = await readBody(request);
    if (body === undefined) return reply(response, 413, 'That is too long.', { connection: 'close' });
    const action = parseAction(parseJson(body), world);
    if (!action) return reply(response, 400, 'The demo does not know this action.');
    try {
      const done = perform(action, world, bot);
      updates.announce();
      await done;
    } catch (error) {
      return reply(response, 409, error instanceof Error ? error.message : 'That did not work.');
    } finally {
      updates.announce();
    }
    response.writeHead(204).end();
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      updates.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function isLoopbackHost(host: string | undefined): host is string {
  return host !== undefined && /^(localhost|127\.0\.0\.1)(:\d{1,5})?$/i.test(host);
}

/** Browsers always say where a POST comes from; what sends no Origin is not a page. */
function isSameOrigin({ headers }: IncomingMessage): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  return headers.origin === undefined || headers.origin === `http://${headers.host}`;
}

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function reply(response: ServerResponse, status: number, sentence: string, headers = {}): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...headers });
  response.end(sentence);
}
