import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { CustomRoute, Logger } from '@slack/bolt';
import { listen } from '../listen.ts';
import { type Meter, noMeter } from '../privacy/meter.ts';
import { answerEverything } from './answer-everything.ts';
import { createHttpReceiver } from './http-receiver.ts';
import { measureAcks } from './measure-acks.ts';
import type { Transport } from './transport.ts';

const closeTimeoutMs = 1_000;
/** Slack waits for three seconds, and the answer is still to be found. */
const longestStartMs = 2_000;
/** For a whole request, head and body: Slack sends both at once. Node's own limit is five minutes. */
const slowRequests = { requestTimeout: 10_000, headersTimeout: 10_000, connectionsCheckingInterval: 5_000 };

/** HTTP mode: Slack sends signed requests to `/slack/events` on an address of the bot's. */
export function createHttpTransport(options: {
  signingSecret: string;
  port: number;
  host: string;
  routes: CustomRoute[];
  logger: Logger;
  meter?: Meter;
}): Transport {
  const { port, host, logger, meter = noMeter } = options;
  const { receiver, listener } = createHttpReceiver(options);
  const server = createServer(slowRequests, listener);
  const connected = Promise.withResolvers<true>();
  let isConnected = false;
  measureAcks(receiver, meter);
  // Who comes while the bot is still finding out who it is at Slack is let in as soon as it knows.
  answerEverything(
    receiver,
    async () =>
      isConnected || Promise.race([connected.promise, pause(longestStartMs, false, { ref: false })]),
  );
  return {
    receiver,
    listen: () =>
      listen(server, { port, host }, ({ message }) => logger.error(`a connection was not taken: ${message}`)),
    async connect() {
      isConnected = true;
      connected.resolve(true);
    },
    refused: new Promise(() => {}),
    async stop() {
      if (!server.listening) return;
      const closed = new Promise((resolve) => server.close(resolve));
      await Promise.race([closed, pause(closeTimeoutMs, undefined, { ref: false })]);
      server.closeAllConnections();
      await closed;
    },
    isReady: () => server.listening,
  };
}
