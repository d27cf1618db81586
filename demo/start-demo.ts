import { pino } from 'pino';
import { createBot } from '../src/app.ts';
import { readConfig } from '../src/config.ts';
import { startDemoServer } from './server.ts';
import { startWorld } from './start-world.ts';
import { INSTANCE } from './workspace.ts';
import type { World } from './world.ts';

export interface Demo {
  readonly url: string;
  readonly world: World;
  close(): Promise<void>;
}

/** The real bot between the two fakes, and the page. Rejects with EADDRINUSE when the port is taken. */
export async function startDemo(options: { port: number; logLevel?: string }): Promise<Demo> {
  const { world, close: closeWorld } = await startWorld();
  const server = await startDemoServer({ world, port: options.port }).catch(async (error: unknown) => {
    await closeWorld();
    throw error;
  });
  const bot = createDemoBot(world, options.logLevel ?? 'fatal');
  await bot.start();
  return {
    url: server.url,
    world,
    async close() {
      await server.close();
      await bot.stop();
      await closeWorld();
    },
  };
}

/** Configured through its environment, as it is in production. */
function createDemoBot({ slack, zapi }: World, logLevel: string) {
  const read = readConfig({
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    ZAPI_INSTANCE_ID: INSTANCE.instanceId,
    ZAPI_INSTANCE_TOKEN: INSTANCE.instanceToken,
    ZAPI_CLIENT_TOKEN: zapi.clientToken,
    ZAPI_API_URL: zapi.url,
    DEFAULT_COUNTRY: 'BR',
    LOG_LEVEL: logLevel,
  });
  if (!read.ok) throw new Error(`The demo's own configuration is wrong: ${JSON.stringify(read.problems)}`);
  return createBot(read.config, pino({ level: read.config.logLevel }, pino.destination(2)));
}
