import { setTimeout as pause } from 'node:timers/promises';
import { type Logger, SocketModeReceiver } from '@slack/bolt';
import { type Meter, noMeter } from '../privacy/meter.ts';
import { answerEverything } from './answer-everything.ts';
import { measureAcks } from './measure-acks.ts';
import { measuredFetch } from './measured-fetch.ts';
import { refusesToken } from './patience.ts';
import { refusal, type SlackRefused } from './slack-refused.ts';
import { passOnFrames } from './socket-frames.ts';
import type { Transport } from './transport.ts';

const callTimeoutMs = 10_000;
const longestPauseMs = 30_000;
const closeTimeoutMs = 1_000;

/** Socket Mode: the bot opens the connection, so that it needs no public address. */
export function createSocketTransport(options: {
  appToken: string;
  apiUrl: string;
  logger: Logger;
  meter?: Meter;
  /** How long a new socket may stay without Slack's hello. */
  helloTimeoutMs?: number;
}): Transport {
  const { helloTimeoutMs = 20_000, meter = noMeter } = options;
  const refused = Promise.withResolvers<SlackRefused>();
  const receiver = new SocketModeReceiver({
    appToken: options.appToken,
    logger: options.logger,
    installerOptions: {
      clientOptions: {
        slackApiUrl: options.apiUrl,
        timeout: callTimeoutMs,
        // The socket client tries a refused token again for ever, except for five of Slack's many ways to refuse one.
        fetch: watchedFetch(measuredFetch(meter), (code) =>
          refused.resolve(refusal('SLACK_APP_TOKEN', code)),
        ),
        // For ever: where these retries end, the socket client ends the process with an unhandled rejection.
        retryConfig: { forever: true, factor: 1.5, minTimeout: 500, maxTimeout: longestPauseMs },
      },
    },
  });
  const { client } = receiver;
  measureAcks(receiver, meter);
  answerEverything(receiver);
  passOnFrames(client, options.logger);
  let connected = false;
  let overdue: NodeJS.Timeout | undefined;
  client.on('connecting', () => {
    clearTimeout(overdue);
    // The socket client waits for ever for a Slack that takes the connection and says nothing. As if Slack had asked.
    overdue = setTimeout(
      () => client.emit('ws_message', '{"type":"disconnect"}', false),
      helloTimeoutMs,
    ).unref();
  });
  client.on('connected', () => {
    clearTimeout(overdue);
    connected = true;
    meter.note({ what: 'slack connected' });
  });
  client.on('close', () => {
    clearTimeout(overdue);
    connected = false;
  });
  return {
    receiver,
    async listen() {},
    async connect() {
      const refusal = await Promise.race([client.start().then(() => undefined), refused.promise]);
      if (refusal) throw refusal;
    },
    refused: refused.promise,
    // The receiver's own stop does not wait for the socket to close; this one waits for ever for one that broke.
    stop: () => Promise.race([client.disconnect(), pause(closeTimeoutMs, undefined, { ref: false })]),
    isReady: () => connected,
  };
}

/** A fetch that reports when Slack refuses the token. */
function watchedFetch(send: typeof fetch, onRefused: (code: string) => void): typeof fetch {
  return async (input, init) => {
    const response = await send(input, init);
    const answer: unknown = await response
      .clone()
      .json()
      .catch(() => undefined);
    const { ok, error } = { ok: true, error: '', ...(answer as object | undefined) };
    if (response.ok && !ok && refusesToken(error)) onRefused(error);
    return response;
  };
}
