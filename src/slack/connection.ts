import { App, type CustomRoute, type webApi } from '@slack/bolt';
import type { SlackConnection } from '../config.ts';
import type { Meter } from '../privacy/meter.ts';
import type { Log } from '../privacy/ports.ts';
import { createBoltLogger } from './bolt-logger.ts';
import { createHttpTransport } from './http-transport.ts';
import { errorFields, patiently, refusesToken, slackErrorOf } from './patience.ts';
import { refusal, type SlackRefused } from './slack-refused.ts';
import { createSocketTransport } from './socket-transport.ts';
import { createWebApi, type WebApi } from './web-api.ts';

export interface Connection {
  app: App;
  client: WebApi;
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
  const transport =
    connection.mode === 'socket'
      ? createSocketTransport({ appToken: connection.appToken, apiUrl, logger, meter })
      : createHttpTransport({ ...connection, routes, logger, meter });
  const client = createWebApi({ token: botToken, apiUrl, timeoutMs: callTimeoutMs, meter });
  const self = Promise.withResolvers<Self>();
  const app = new App({
    authorize: async () => ({ botToken, ...(await self.promise) }),
    receiver: transport.receiver,
    // Bolt makes a client for each listener, which none of ours uses; it is to call nobody else.
    clientOptions: { slackApiUrl: apiUrl },
    logger: createBoltLogger(log),
    convoStore: false,
    extendedErrorHandler: true,
  });
  let authorized = false;

  async function authorize(signal: AbortSignal): Promise<void> {
    const said = await patiently(() => client.auth.test(), {
      forMs: Number.POSITIVE_INFINITY,
      passes: (error) => !refusesToken(slackErrorOf(error) ?? ''),
      signal,
      onWait: (error, pauseMs) =>
        log.warn({ ...errorFields(error), nextTryInMs: pauseMs }, 'Slack is out of reach, trying again'),
    }).catch((error: unknown) => {
      const code = slackErrorOf(error);
      throw code === undefined ? error : refusal('SLACK_BOT_TOKEN', code);
    });
    self.resolve(selfOf(said));
    authorized = true;
  }

  return {
    app,
    client,
    async start(signal) {
      await transport.listen();
      await authorize(signal);
      await transport.connect();
    },
    refused: transport.refused,
    async stop() {
      await transport.stop();
      await client.close();
    },
    isReady: () => authorized && transport.isReady(),
  };
}

/** Who the bot is at Slack, so that Bolt leaves out what the bot itself did. */
type Self = { botId?: string; botUserId?: string; teamId?: string };

function selfOf({ bot_id, user_id, team_id }: webApi.AuthTestResponse): Self {
  return {
    ...(bot_id && { botId: bot_id }),
    ...(user_id && { botUserId: user_id }),
    ...(team_id && { teamId: team_id }),
  };
}
