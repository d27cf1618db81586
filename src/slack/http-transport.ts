import type { IncomingMessage, Server } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { type CustomRoute, HTTPReceiver, type Logger } from '@slack/bolt';
import { type Meter, noMeter } from '../privacy/meter.ts';
import { answerEverything, NotTaken } from './answer-everything.ts';
import { measureAcks } from './measure-acks.ts';
import type { Transport } from './transport.ts';

const closeTimeoutMs = 1_000;
/** Slack waits for three seconds, and the answer is still to be found. */
const longestStartMs = 2_000;
/** For a whole request, head and body: Slack sends both at once. Node's own limit is five minutes. */
const slowRequests = { requestTimeout: 10_000, headersTimeout: 10_000, connectionsCheckingInterval: 5_000 };
/** As far as Slack says that clocks may differ: https://docs.slack.dev/authentication/verifying-requests-from-slack */
const clockSkewSeconds = 300;

/** HTTP mode: Slack sends signed requests to `/slack/events` on an address of the bot's. */
export function createHttpTransport(options: {
  signingSecret: string;
  port: number;
  host: string;
  routes: CustomRoute[];
  logger: Logger;
  meter?: Meter;
}): Transport {
  const { signingSecret, port, host, routes, logger, meter = noMeter } = options;
  const receiver = new HTTPReceiver({
    signingSecret,
    customRoutes: routes,
    logger,
    async processEventErrorHandler({ error, response }) {
      logger.warn(`a request of Slack was not taken: ${error instanceof NotTaken ? error.kind : error.name}`);
      if (!response.headersSent) response.writeHead(statusFor(error)).end();
      return false;
    },
  });
  measureAcks(receiver, meter);
  const connected = Promise.withResolvers<void>();
  // Who comes while the bot is still finding out who it is at Slack is let in as soon as it knows.
  answerEverything(receiver, () =>
    Promise.race([connected.promise.then(() => true), pause(longestStartMs, false, { ref: false })]),
  );
  const { requestListener } = receiver;
  receiver.requestListener = (request, response) => {
    // Bolt refuses what is old, and takes what is from the future for as long as it is.
    if (isFromTheFuture(request)) response.writeHead(401).end();
    else requestListener(request, response);
  };
  let server: Server | undefined;
  return {
    receiver,
    async listen() {
      server = (await receiver.start({ port, host }, slowRequests)) as Server;
    },
    async connect() {
      connected.resolve();
    },
    refused: new Promise(() => {}),
    async stop() {
      if (!server) return;
      const stopped = receiver.stop();
      await Promise.race([stopped, pause(closeTimeoutMs, undefined, { ref: false })]);
      server.closeAllConnections();
      await stopped;
    },
    isReady: () => server !== undefined,
  };
}

function statusFor(error: Error): number {
  if (!(error instanceof NotTaken)) return 500;
  return error.kind === 'not-started' ? 503 : 400;
}

function isFromTheFuture({ headers }: IncomingMessage): boolean {
  return Number(headers['x-slack-request-timestamp']) > Date.now() / 1000 + clockSkewSeconds;
}
