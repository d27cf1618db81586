import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request as post, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { Receiver, ReceiverEvent } from '@slack/bolt';
import type { Measured } from '../../src/privacy/meter.ts';
import type { Log } from '../../src/privacy/ports.ts';
import { createBoltLogger } from '../../src/slack/bolt-logger.ts';
import { createHttpReceiver } from '../../src/slack/http-receiver.ts';
import { createHttpTransport } from '../../src/slack/http-transport.ts';
import { measureAcks } from '../../src/slack/measure-acks.ts';
import { failingRoute } from '../failing-route.ts';
import { createLogLines } from '../privacy/log-lines.ts';
import { quietPort } from '../process.ts';
import { until } from '../until.ts';

const signingSecret = 'signing-secret';
const host = '127.0.0.1';
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

async function startServer(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, host);
  servers.push(server);
  await once(server, 'listening');
  return `http://${host}:${(server.address() as AddressInfo).port}/slack/events`;
}

/** A Bolt that does with what comes in what the test says. */
function initReceiver(receiver: Receiver, processEvent: (event: ReceiverEvent) => Promise<void>): void {
  receiver.init({ processEvent } as Parameters<Receiver['init']>[0]);
}

/** A request as Slack signs it. */
function signedRequest(url: string, body: string) {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const digest = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': Buffer.byteLength(body),
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': `v0=${digest}`,
  };
  return post(url, { method: 'POST', headers, agent: false });
}

describe('an acknowledgement', () => {
  /** The receiver on a server of its own, so that the test sees when a connection is gone. */
  async function startReceiver(processEvent: (event: ReceiverEvent, gone: Promise<void>) => Promise<void>) {
    const { receiver, listener } = createHttpReceiver({
      signingSecret,
      routes: [],
      logger: createBoltLogger(createLogLines().log),
    });
    const noted: Measured[] = [];
    measureAcks(receiver, { note: (one) => void noted.push(one) });
    const gone = Promise.withResolvers<void>();
    initReceiver(receiver, (event) => processEvent(event, gone.promise));
    const url = await startServer((request, response) => {
      response.once('close', gone.resolve);
      listener(request, response);
    });
    return { url, noted };
  }

  test.each([
    ['cut the connection', (outgoing: ReturnType<typeof post>) => void outgoing.destroy()],
    ['closed its side of it', (outgoing: ReturnType<typeof post>) => void outgoing.socket?.end()],
  ])(
    'that Slack does not wait for any more fails, and counts as one that failed: it %s',
    async (_how, hangUp) => {
      const said: unknown[] = [];
      const { url, noted } = await startReceiver(async ({ ack }, gone) => {
        hangUp(outgoing);
        await gone;
        said.push(await ack().catch((error: Error) => error.message));
      });
      const outgoing = signedRequest(url, 'type=odd').on('error', () => undefined);
      outgoing.end('type=odd');
      await until(() => said.length === 1, 'the acknowledgement');
      expect(said).toEqual(['nobody waits for it any more']);
      expect(noted).toMatchObject([{ what: 'acknowledged', sent: false }]);
    },
  );

  test('that Slack waits for is sent, once', async () => {
    const said: unknown[] = [];
    const { url, noted } = await startReceiver(async ({ ack }) => {
      said.push(await ack('hello'), await ack().catch((error: Error) => error.message));
    });
    const outgoing = signedRequest(url, 'type=odd').end('type=odd');
    const [response] = await once(outgoing, 'response');
    expect([response.statusCode, await text(response)]).toEqual([200, 'hello']);
    expect(said).toEqual([undefined, 'acknowledged before']);
    expect(noted).toMatchObject([{ sent: true }, { sent: false }]);
  });
});

/** Its server fails whenever somebody asks for `/fail`. */
async function startTransport({ port, log }: { port: number; log: Log }) {
  const transport = createHttpTransport({
    signingSecret,
    port,
    host,
    logger: createBoltLogger(log),
    routes: [failingRoute],
  });
  initReceiver(transport.receiver, async ({ ack }) => ack());
  await transport.listen();
  return { ...transport, [Symbol.asyncDispose]: transport.stop };
}

describe('the server', () => {
  test('that fails while it runs says so, and goes on', async () => {
    const { log, lines } = createLogLines();
    const port = await quietPort();
    await using _transport = await startTransport({ port, log });
    for (let time = 0; time < 2; time += 1)
      expect(await (await fetch(`http://${host}:${port}/fail`)).text()).toBe('failed');
    expect(lines).toEqual(
      Array(2).fill(
        expect.objectContaining({ level: 'error', event: 'a connection was not taken: accept EMFILE' }),
      ),
    );
  });

  test('does not start where its port is taken', async () => {
    const { log, lines } = createLogLines();
    const port = await quietPort();
    await using _transport = await startTransport({ port, log });
    await expect(startTransport({ port, log })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    expect(lines).toEqual([]);
  });

  test.each<[string, number, Buffer | string]>([
    ['a greeting of TLS', 400, Buffer.from('16030100c8010000c40303', 'hex')],
    ['bytes that are no text', 400, Buffer.from([0x00, 0xff, 0xfe, 0x0d, 0x0a, 0x0d, 0x0a])],
    ['words of another protocol', 400, 'SSH-2.0-scanner\r\n\r\n'],
    ['a length that is none', 400, 'POST /slack/events HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n'],
    ['a head without end', 431, `GET / HTTP/1.1\r\nx: ${'y'.repeat(20_000)}`],
  ])('says no to what is no HTTP, hangs up, and goes on: %s', async (_what, status, bytes) => {
    const { log, lines } = createLogLines();
    const port = await quietPort();
    await using _transport = await startTransport({ port, log });
    const socket = connect(port, host);
    socket.write(bytes);
    expect((await text(socket)).split(' ', 2)).toEqual(['HTTP/1.1', String(status)]);
    expect((await fetch(`http://${host}:${port}/nowhere`)).status).toBe(404);
    expect(lines).toEqual([]);
  });
});
