import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BotProcess, startBotProcess } from './bot-process.ts';
import { startDemoServer } from './server.ts';
import { startWorld } from './start-world.ts';
import { ADMIN } from './workspace.ts';
import type { World } from './world.ts';

export interface Demo {
  readonly url: string;
  readonly world: World;
  close(): Promise<void>;
}

/** Few enough to be reached in a minute. */
const FEW_CHANGES = 2;
const startTimeoutMs = 30_000;

/** The real bot between the two fakes, and the page. Rejects with EADDRINUSE when the port is taken. */
export async function startDemo(options: { port: number; logLevel?: string }): Promise<Demo> {
  const opened: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const closeOne of opened.splice(0).reverse()) await closeOne();
  };
  try {
    const { world, close: closeWorld } = await startWorld();
    opened.push(closeWorld);
    let bot: BotProcess | undefined;
    const server = await startDemoServer({
      world,
      bot: { kill: () => bot?.kill(), restart: () => bot?.restart(variables()) },
      port: options.port,
    });
    opened.push(() => server.close());
    // Each demo begins with an empty journal, and leaves nothing behind.
    const dataDir = await mkdtemp(join(tmpdir(), 'lastseen-demo-'));
    opened.push(() => rm(dataDir, { recursive: true, force: true }));
    const variables = () => ({
      ...variablesFor(world),
      DATA_DIR: dataDir,
      LOG_LEVEL: options.logLevel ?? 'fatal',
    });
    bot = startBotProcess(variables());
    opened.push(bot.close);
    await world.slack.until(() => world.slack.connections() > 0, 'the bot', startTimeoutMs);
    return { url: server.url, world, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Configured through its environment, as it is in production. */
function variablesFor({ slack, zapi, numbers, bot }: World): Record<string, string> {
  const ofNumbers = numbers.flatMap(({ name, label, instanceId, instanceToken }) => {
    const prefix = `ZAPI_${name.toUpperCase()}_`;
    return [
      [`${prefix}LABEL`, label],
      [`${prefix}INSTANCE_ID`, instanceId],
      [`${prefix}INSTANCE_TOKEN`, instanceToken],
    ];
  });
  return {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    ZAPI_INSTANCES: numbers.map(({ name }) => name).join(','),
    ...Object.fromEntries(ofNumbers),
    ZAPI_CLIENT_TOKEN: zapi.clientToken,
    ZAPI_API_URL: zapi.url,
    DEFAULT_COUNTRY: 'BR',
    ADMIN_CONTACT: ADMIN,
    LOCALE: bot.locale,
    ...(bot.takesFewChanges && { MAX_CHANGES_PER_HOUR: String(FEW_CHANGES) }),
  };
}
