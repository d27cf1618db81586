import { App, type CustomRoute, webApi } from '@slack/bolt';
import type { SlackConnection } from '../config.ts';
import type { Meter } from '../privacy/meter.ts';
import type { Log } from '../privacy/ports.ts';
import { createBoltLogger } from './bolt-logger.ts';
import { createHttpTransport } from './http-transport.ts';
import { measuredFetch } from './measured-fetch.ts';
import { errorFields, patiently, refusesToken, slackErrorOf } from './patience.ts';
import { refusal, type SlackRefused } from './slack-refused.ts';
import { createSocketTransport } from './socket-transport.ts';

export interface Connection {
  app: App;
  client: webApi.WebClient;
  /**
   * Resolves when commands can come in; waits for a Slack that is out of reach, until the signal ends it.
   *
   * @throws SlackRefused
   */
  start(signal: AbortSignal): Promise<void>;
  /** Resolves when Slack takes the app-level token away while the bot runs; then it gets no commands any more. */
  refused: Promise<SlackRefused>;
  /** Takes nothing more from Slack. Resolves when the socket, or the server, is closed. */
  stop(): Promise<void>;
  /** Whether a command typed now would arrive. */
  isReady(): boolean;
}

const callTimeoutMs = 10_000;

/** Socket Mode or HTTP, with what Bolt 5.1 needs to be told (docs/decisions/2026-11-bolt-options.md). */
export function createConnection(options: {
  botToken: string;
  apiUrl: string;
  connection: SlackConnection;
  routes: CustomRoute[];
  log: Log;
  meter: Meter;
}): Connection {
  const { botToken, apiUrl, connection, routes, log, meter } = options;
  const logger = createBoltLogger(log);
  // Whoever calls Slack says in the log what failed, and what for.
  const quietLogger = createBoltLogger(log, /^http request failed/);
  // No retries by the client: it would post a message again after an answer was lost, and so nearly for ever.
  const clientOptions = {
    slackApiUrl: apiUrl,
    timeout: callTimeoutMs,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    fetch: measuredFetch(meter),
    logger: quietLogger,
  };
  const transport =
    connection.mode === 'socket'
      ? createSocketTransport({ appToken: connection.appToken, apiUrl, logger, meter })
      : createHttpTransport({ ...connection, routes, logger, meter });
  const app = new App({
    token: botToken,
    receiver: transport.receiver,
    clientOptions,
    logger: quietLogger,
    convoStore: false,
    deferInitialization: true,
    extendedErrorHandler: true,
  });
  let authorized = false;

  async function authorize(signal: AbortSignal): Promise<void> {
    await patiently(() => app.init(), {
      forMs: Number.POSITIVE_INFINITY,
      passes: (error) => !refusesToken(slackErrorOf(error) ?? ''),
      signal,
      onWait: (error, pauseMs) =>
        log.warn({ ...errorFields(error), nextTryInMs: pauseMs }, 'Slack is out of reach, trying again'),
    }).catch((error: unknown) => {
      const code = slackErrorOf(error);
      throw code === undefined ? error : refusal('SLACK_BOT_TOKEN', code);
    });
    authorized = true;
  }

  return {
    app,
    client: new webApi.WebClient(botToken, clientOptions),
    async start(signal) {
      await transport.listen();
      await authorize(signal);
      await transport.connect();
    },
    refused: transport.refused,
    stop: () => transport.stop(),
    isReady: () => authorized && transport.isReady(),
  };
}
