import type { Server } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { App, type CustomRoute, HTTPReceiver, SocketModeReceiver, webApi } from '@slack/bolt';
import type { SlackConnection } from '../config.ts';
import type { Log } from '../privacy/ports.ts';
import { createBoltLogger } from './bolt-logger.ts';
import { errorFields, patiently, refusesToken, slackErrorOf } from './patience.ts';

/** Slack answered that it will not let this bot in; the message says what to do. */
export class SlackRefused extends Error {
  readonly kind = 'slack-refused';
}

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
const longestPauseMs = 30_000;
const closeTimeoutMs = 1_000;
const helloTimeoutMs = 20_000;

/** Socket Mode or HTTP, with what Bolt 5.1 needs to be told (docs/decisions/2026-11-bolt-options.md). */
export function createConnection(options: {
  botToken: string;
  apiUrl: string;
  connection: SlackConnection;
  routes: CustomRoute[];
  log: Log;
}): Connection {
  const { botToken, apiUrl, connection, routes, log } = options;
  const logger = createBoltLogger(log);
  // Whoever calls Slack says in the log what failed, and what for.
  const quietLogger = createBoltLogger(log, /^http request failed/);
  // No retries by the client: it would post a message again after an answer was lost, and so nearly for ever.
  const clientOptions = {
    slackApiUrl: apiUrl,
    timeout: callTimeoutMs,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: quietLogger,
  };
  const transport =
    connection.mode === 'socket'
      ? createSocket({ appToken: connection.appToken, apiUrl, logger })
      : createHttpServer({ ...connection, routes, logger });
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

/** What differs between the two modes. `listen` comes before Slack is asked anything, `connect` after. */
type Transport = {
  receiver: HTTPReceiver | SocketModeReceiver;
  listen(): Promise<void>;
  connect(): Promise<void>;
  refused: Promise<SlackRefused>;
  stop(): Promise<void>;
  isReady(): boolean;
};

function createSocket(options: {
  appToken: string;
  apiUrl: string;
  logger: ReturnType<typeof createBoltLogger>;
}): Transport {
  const refused = Promise.withResolvers<SlackRefused>();
  const receiver = new SocketModeReceiver({
    appToken: options.appToken,
    logger: options.logger,
    installerOptions: {
      clientOptions: {
        slackApiUrl: options.apiUrl,
        timeout: callTimeoutMs,
        // The socket client tries a refused token again for ever, except for five of Slack's many ways to refuse one.
        fetch: watchedFetch((code) => refused.resolve(refusal('SLACK_APP_TOKEN', code))),
        // For ever: where these retries end, the socket client ends the process with an unhandled rejection.
        retryConfig: { forever: true, factor: 1.5, minTimeout: 500, maxTimeout: longestPauseMs },
      },
    },
  });
  const { client } = receiver;
  let connected = false;
  let overdue: NodeJS.Timeout | undefined;
  client.on('connecting', () => {
    clearTimeout(overdue);
    // The socket client waits for ever for a Slack that takes the connection and says nothing. As if Slack had asked.
    overdue = setTimeout(() => client.emit('ws_message', '{"type":"disconnect"}', false), helloTimeoutMs);
  });
  client.on('connected', () => {
    clearTimeout(overdue);
    connected = true;
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

function createHttpServer(options: {
  signingSecret: string;
  port: number;
  host: string;
  routes: CustomRoute[];
  logger: ReturnType<typeof createBoltLogger>;
}): Transport {
  const { signingSecret, port, host, routes, logger } = options;
  const receiver = new HTTPReceiver({ signingSecret, customRoutes: routes, logger });
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

/** A fetch that reports when Slack refuses the token. */
function watchedFetch(onRefused: (code: string) => void): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    const answer: unknown = await response
      .clone()
      .json()
      .catch(() => undefined);
    const { ok, error } = { ok: true, error: '', ...(answer as object | undefined) };
    if (response.ok && !ok && refusesToken(error)) onRefused(error);
    return response;
  };
}

function refusal(variable: 'SLACK_BOT_TOKEN' | 'SLACK_APP_TOKEN', code: string): SlackRefused {
  const scope = variable === 'SLACK_APP_TOKEN' ? ', or make a new one with the scope connections:write' : '';
  return new SlackRefused(
    `Slack refused the token in ${variable} (${code}). Copy it again from your app at api.slack.com/apps${scope}, and check that the app is installed in the workspace.`,
  );
}
