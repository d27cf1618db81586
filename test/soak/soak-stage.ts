import type { FakeSlack } from '../../fakes/slack/types.ts';
import { startFakeZapi } from '../../fakes/zapi/fake-zapi.ts';
import type { FakeZapi } from '../../fakes/zapi/types.ts';
import type { Asked } from '../crash/evidence.ts';
import { type Passage, startTollgate } from '../crash/tollgate.ts';
import { type BotProcess, openGate, quietPort, startProcess } from '../process.ts';
import { supportInstance } from '../two-numbers.ts';
import { until } from '../until.ts';
import { environmentOf, instanceId, type Mode, ownPhone, secrets, startSlack } from '../world.ts';
import type { JournalPlace } from './journal-place.ts';
import { createTrouble, type Trouble } from './trouble.ts';

/** One run of the bot's process. */
export type Life = { name: string; bot: BotProcess; inspectorPort: number };

export type SoakStage = AsyncDisposable & {
  slack: FakeSlack;
  zapi: FakeZapi;
  journal: JournalPlace;
  asked: Asked[];
  slackTrouble: Trouble;
  zapiTrouble: Trouble;
  /** Connections to Slack's API are refused, until they are taken again. */
  refuseSlack(): Promise<void>;
  admitSlack(): Promise<void>;
  passages: Record<'slack' | 'zapi', readonly Passage[]>;
  /** All runs of the process; the last one is the one that runs, unless it was stopped. */
  lives: readonly Life[];
  healthUrl: string;
  /** Where the bot believes Z-API to be. */
  zapiUrl: string;
  startBot(): Promise<void>;
  /** SIGTERM. Resolves with how long it took to end. */
  stopBot(): Promise<number>;
  diedByThemselves: readonly string[];
  isReady(): Promise<boolean>;
};

export const accounts = [
  { instanceId, label: 'Sales', phone: ownPhone, name: 'Padaria Sol' },
  { instanceId: supportInstance, label: 'Support', phone: '5511940002000', name: 'Padaria Lua' },
] as const;

const contacts = Array.from({ length: 300 }, (_, index) => ({
  phone: `55219${80_000_000 + index}`,
  name: `Ana of shop ${index}`,
}));

/** Both stand-ins with gates before them, and one real bot process between them. */
export async function startSoakStage(mode: Mode, journal: JournalPlace): Promise<SoakStage> {
  const slack = await startSlack();
  const zapi = await startFakeZapi({
    clientToken: secrets.clientToken,
    instances: accounts.map(({ instanceId: id, phone, name }) => ({
      instanceId: id,
      instanceToken: secrets.instanceToken,
      account: { phone, name, lastSeen: 'ALL', disallowed: [], connected: true, contacts },
    })),
    strictListChanges: true,
  });
  const lives: Life[] = [];
  const diedByThemselves: string[] = [];
  let toldToStop: BotProcess | undefined;
  const sender = () => lives.at(-1)?.name ?? 'nobody';
  const [slackTrouble, zapiTrouble] = [createTrouble(), createTrouble()];
  const slackGate = await startTollgate({
    target: () => new URL(slack.apiUrl).origin,
    sender,
    toll: slackTrouble.toll,
  });
  const zapiGate = await startTollgate({ target: () => zapi.url, sender, toll: zapiTrouble.toll });
  const [doorPort, port, healthPort] = [await quietPort(), await quietPort(), await quietPort()];
  let door: AsyncDisposable = await openGate(doorPort, slackGate.url);
  if (mode === 'http') slack.setDelivery({ mode, requestUrl: `http://127.0.0.1:${port}/slack/events` });
  const healthUrl = `http://127.0.0.1:${healthPort}`;
  const env = {
    ...environmentOf({
      mode,
      slack: { ...slack, apiUrl: `http://127.0.0.1:${doorPort}/api/` },
      zapi: { ...zapi, url: zapiGate.url },
      port,
    }),
    ...numbersInEnvironment(),
    ...journal.env,
    HEALTH_PORT: String(healthPort),
  };

  async function isReady(): Promise<boolean> {
    return fetch(`${healthUrl}/readyz`, { signal: AbortSignal.timeout(5_000) }).then(
      async (response) => {
        await response.body?.cancel();
        return response.status === 200;
      },
      () => false,
    );
  }

  async function stopBot(): Promise<number> {
    const life = lives.at(-1);
    if (!life) throw new Error('nothing runs');
    toldToStop = life.bot;
    const fromMs = performance.now();
    life.bot.kill('SIGTERM');
    await life.bot.exited;
    return performance.now() - fromMs;
  }

  return {
    slack,
    zapi,
    journal,
    asked: [],
    slackTrouble,
    zapiTrouble,
    refuseSlack: async () => door[Symbol.asyncDispose](),
    async admitSlack() {
      door = await openGate(doorPort, slackGate.url);
    },
    passages: { slack: slackGate.passages, zapi: zapiGate.passages },
    lives,
    healthUrl,
    zapiUrl: zapiGate.url,
    async startBot() {
      const inspectorPort = await quietPort();
      const bot = await startProcess({
        env: { ...env, NODE_OPTIONS: `--inspect=127.0.0.1:${inspectorPort}` },
      });
      const name = `bot#${lives.length + 1}`;
      lives.push({ name, bot, inspectorPort });
      void bot.exited.then((code) => {
        if (code !== 0 || toldToStop !== bot) diedByThemselves.push(`${name}: ${code} ${bot.stderr()}`);
      });
      await until(isReady, 'the bot ready', 60_000);
    },
    stopBot,
    diedByThemselves,
    isReady,
    async [Symbol.asyncDispose]() {
      for (const { bot } of lives) await bot[Symbol.asyncDispose]();
      await door[Symbol.asyncDispose]();
      await slackGate[Symbol.asyncDispose]();
      await zapiGate[Symbol.asyncDispose]();
      await slack.close();
      await zapi.close();
    },
  };
}

function numbersInEnvironment(): Record<string, string> {
  const rows = accounts.flatMap(({ instanceId: id, label }) => {
    const prefix = `ZAPI_${label.toUpperCase()}`;
    return [
      [`${prefix}_INSTANCE_ID`, id],
      [`${prefix}_INSTANCE_TOKEN`, secrets.instanceToken],
      [`${prefix}_LABEL`, label],
    ];
  });
  return {
    ZAPI_INSTANCES: accounts.map(({ label }) => label.toLowerCase()).join(),
    ...Object.fromEntries(rows),
  };
}
