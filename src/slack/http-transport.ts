import type { Server } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { type CustomRoute, HTTPReceiver, type Logger } from '@slack/bolt';
import { type Meter, noMeter } from '../privacy/meter.ts';
import { measureAcks } from './measure-acks.ts';
import type { Transport } from './transport.ts';

const closeTimeoutMs = 1_000;

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
  const receiver = new HTTPReceiver({ signingSecret, customRoutes: routes, logger });
  measureAcks(receiver, meter);
  let server: Server | undefined;
  return {
    receiver,
    async listen() {
      server = (await receiver.start({ port, host })) as Server;
    },
    async connect() {},
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
