import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { WebSocket } from 'ws';
import type { FakeSlack } from '../../../fakes/slack/types.ts';

type Fields = Record<string, unknown>;

/** What came over the wire, as it came. */
// biome-ignore lint/suspicious/noExplicitAny: a test reads the wire's JSON as it is
export type Wire = Record<string, any>;

export type Sent = { token?: string; form?: boolean };

/** Calls a Web API method as an app would, with the bot token unless told otherwise. */
export async function call(
  slack: FakeSlack,
  method: string,
  body: Fields = {},
  sent: Sent = {},
): Promise<Wire> {
  const { token = slack.botToken, form = false } = sent;
  const fields = Object.entries(body).map(([key, value]): [string, string] => [
    key,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  const response = await fetch(`${slack.apiUrl}${method}`, {
    method: 'POST',
    headers: {
      'content-type': form ? 'application/x-www-form-urlencoded' : 'application/json; charset=utf-8',
      ...(token && { authorization: `Bearer ${token}` }),
    },
    body: form ? new URLSearchParams(fields).toString() : JSON.stringify(body),
  });
  return (await response.json()) as Wire;
}

/** Opens a socket address that Slack gave. Resolves with its first message. */
export async function connect(slack: FakeSlack): Promise<{ socket: WebSocket; hello: Wire }> {
  const { url } = await call(slack, 'apps.connections.open', {}, { token: slack.appToken });
  const socket = new WebSocket(url);
  const [data] = await once(socket, 'message');
  return { socket, hello: JSON.parse(String(data)) };
}

/** What an app says to an envelope: a payload, nothing (`undefined`: a bare acknowledgement), or `silence`. */
export type Reply = (payload: Wire, envelope: Wire) => unknown;
export const silence = Symbol('silence');

/** An app on a socket, with no library: keeps every envelope and replies as told. */
export async function startSocketApp(slack: FakeSlack, reply: Reply = () => undefined) {
  const envelopes: Wire[] = [];
  const { socket, hello } = await connect(slack);
  socket.on('message', (data) => {
    const envelope = JSON.parse(String(data)) as Wire;
    envelopes.push(envelope);
    if (envelope.envelope_id === undefined) return;
    const payload = reply(envelope.payload, envelope);
    if (payload !== silence)
      socket.send(JSON.stringify({ envelope_id: envelope.envelope_id, payload: payload ?? {} }));
  });
  return { socket, hello, envelopes, payloads: () => envelopes.map(({ payload }) => payload as Wire) };
}

/** An app on HTTP: keeps each request and answers as told. */
export async function startHttpApp(reply: (body: string) => { status?: number; body?: string } | undefined) {
  const requests: { headers: IncomingMessage['headers']; body: string }[] = [];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    requests.push({ headers: request.headers, body });
    const answer = reply(body);
    if (answer) response.writeHead(answer.status ?? 200).end(answer.body ?? '');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const requestUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`;
  const close = () => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  };
  return { requestUrl, requests, close };
}

export type SocketApp = Awaited<ReturnType<typeof startSocketApp>>;

/** Has a person type a command, and returns its payload. */
export async function command(
  slack: FakeSlack,
  app: SocketApp,
  channel = 'C1',
  userId = 'U1',
): Promise<Wire> {
  await slack.person(userId).types(channel, '/lastseen');
  return app.payloads().findLast(({ command }) => command !== undefined) ?? {};
}

/** Opens this view for a person, by way of a command. Returns Slack's reply. */
export async function open(slack: FakeSlack, app: SocketApp, view: Fields, userId = 'U1'): Promise<Wire> {
  const { trigger_id } = await command(slack, app, 'C1', userId);
  return call(slack, 'views.open', { trigger_id, view });
}
