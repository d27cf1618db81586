import type { FakeSlack } from '../../fakes/slack/types.ts';
import { startFakeZapi } from '../../fakes/zapi/fake-zapi.ts';
import type { FakeZapi } from '../../fakes/zapi/types.ts';
import { type BotProcess, quietPort, startProcess } from '../process.ts';
import { until } from '../until.ts';
import {
  environmentOf,
  instanceId,
  type Mode,
  ownPhone,
  publicChannel,
  secrets,
  startSlack,
  toldIn,
} from '../world.ts';
import type { Asked, Kill } from './evidence.ts';
import { judge, type Verdict } from './judge.ts';
import { type Recorded, readJournal, type Where } from './read-journal.ts';
import { type Passage, type Step, startTollgate, type Tollgate } from './tollgate.ts';

export type Gate = 'slack' | 'zapi' | 'delivery';

export type Slot = {
  /** The process that runs here now. */
  bot(): BotProcess;
  start(changed?: Record<string, string>): Promise<BotProcess>;
  startReady(changed?: Record<string, string>): Promise<BotProcess>;
  /** SIGKILL. Resolves when the process is gone. */
  kill(): Promise<void>;
  /** SIGTERM. Resolves when the process is gone: what it was handed is in the journal by then, or never will be. */
  stop(): Promise<void>;
};

/** A trap at a gate: the process that is seen there at this step is killed, and what it sent goes no further. */
export type Trap = { gate: Gate; step: Step; catches: (passage: Passage) => boolean };

export type CrashStage = AsyncDisposable & {
  mode: Mode;
  slack: FakeSlack;
  zapi: FakeZapi;
  slots: readonly Slot[];
  asked: Asked[];
  kills: readonly Kill[];
  passages(gate: Gate): readonly Passage[];
  /** Resolves when the trap has killed, and who was killed is gone. */
  set(trap: Trap): Promise<Slot>;
  /** Sends a submission again, as it came, in HTTP mode. */
  redeliver(passage: Passage): Promise<void>;
  journal(): Promise<Recorded[]>;
  /** Waits until every change has ended and is told; rejects where that takes too long. */
  settled(timeoutMs?: number): Promise<void>;
  /**
   * Stops every bot in good order, starts it again, and waits until all is settled. Before that, a press can still be on
   * its way into the journal: it is acknowledged before it is recorded.
   */
  rested(): Promise<void>;
  judged(): Promise<Verdict>;
};

const submissionPath = '/slack/events';
/** The ten seconds that a stop may take, and some for a busy machine. */
const stopTimeoutMs = 15_000;

/** Both fakes, with a tollgate before each, and the real processes between them; they share one journal. */
export async function startCrashStage({
  name,
  mode,
  where,
  bots = 1,
  env = {},
}: {
  name: string;
  mode: Mode;
  where: Where;
  bots?: number;
  env?: Record<string, string>;
}): Promise<CrashStage> {
  const account = {
    phone: ownPhone,
    name: 'Padaria Sol',
    lastSeen: 'ALL' as const,
    disallowed: [],
    connected: true,
  };
  const zapi = await startFakeZapi({
    clientToken: secrets.clientToken,
    instances: [{ instanceId, instanceToken: secrets.instanceToken, account }],
    strictListChanges: true,
  });
  const slack = await startSlack();
  const kills: Kill[] = [];
  const asked: Asked[] = [];
  const missed = new Set<string>();
  const diedByThemselves: string[] = [];
  const gates: Record<Gate, Tollgate[]> = { slack: [], zapi: [], delivery: [] };
  const slots: Slot[] = [];
  const requestUrls: string[] = [];
  let trap: (Trap & { caught: (slot: Slot) => void }) | undefined;
  let turn = 0;

  async function openGate(
    gate: Gate,
    target: () => string,
    sender: () => string,
    slotOf: () => Slot | undefined,
  ) {
    const opened = await startTollgate({
      target,
      sender,
      async toll(passage, step) {
        if (trap?.gate !== gate || trap.step !== step || !trap.catches(passage)) return undefined;
        const { caught } = trap;
        trap = undefined;
        const slot = slotOf();
        if (!slot) throw new Error('nobody to kill');
        await slot.kill();
        caught(slot);
        return 'cut';
      },
    });
    gates[gate].push(opened);
    return opened;
  }

  async function openSlot(slotName: string): Promise<Slot> {
    let bot: BotProcess | undefined;
    let count = 0;
    const toldToStop = new WeakSet<BotProcess>();
    const label = () => `${slotName}#${count}`;
    const self: { slot?: Slot } = {};
    const slackGate = await openGate(
      'slack',
      () => new URL(slack.apiUrl).origin,
      label,
      () => self.slot,
    );
    const zapiGate = await openGate(
      'zapi',
      () => zapi.url,
      label,
      () => self.slot,
    );
    const port = await quietPort();
    requestUrls.push(`http://127.0.0.1:${port}`);
    const variables = {
      ...environmentOf({
        mode,
        slack: { ...slack, apiUrl: `${slackGate.url}/api/` },
        zapi: { ...zapi, url: zapiGate.url },
        port,
      }),
      ...('dataDir' in where ? { DATA_DIR: where.dataDir } : { DATABASE_URL: where.databaseUrl }),
      ...env,
    };
    const slot: Slot = {
      bot() {
        if (!bot) throw new Error(`nothing was started in ${slotName}`);
        return bot;
      },
      async start(changed = {}) {
        await bot?.[Symbol.asyncDispose]();
        count += 1;
        const started = label();
        const running = await startProcess({ env: { ...variables, ...changed } });
        bot = running;
        void running.exited.then((code) => {
          if (code === null) kills.push({ process: started, atMs: Date.now() });
          else if (code !== 0 || !toldToStop.has(running))
            diedByThemselves.push(`${started}: ${code} ${running.stderr()}`);
        });
        return running;
      },
      async startReady(changed) {
        const ready = await slot.start(changed);
        await ready.says('"ready"');
        return ready;
      },
      async kill() {
        slot.bot().kill('SIGKILL');
        await slot.bot().exited;
      },
      async stop() {
        const stopping = slot.bot();
        let isGone = false;
        void stopping.exited.then(() => {
          isGone = true;
        });
        toldToStop.add(stopping);
        stopping.kill('SIGTERM');
        await until(() => isGone, `the stop of ${label()}`, stopTimeoutMs);
      },
    };
    self.slot = slot;
    return slot;
  }

  for (let index = 0; index < bots; index += 1) slots.push(await openSlot(`${name}-${index + 1}`));
  let slotInTurn = 0;
  const delivery = await openGate(
    'delivery',
    () => {
      turn += 1;
      slotInTurn = turn % bots;
      return requestUrls[slotInTurn] ?? '';
    },
    () => 'Slack',
    () => slots[slotInTurn],
  );
  if (mode === 'http') slack.setDelivery({ mode, requestUrl: delivery.url + submissionPath });

  const passages = (gate: Gate) => gates[gate].flatMap((opened) => opened.passages);
  const journal = () => readJournal(where);

  /** What was seen accepted must be there before another delivery can bring it there. */
  async function lookForPromises(): Promise<void> {
    const accepted = asked.filter(({ answer }) => answer === 'accepted');
    const recorded = new Set((await journal()).map(({ formId }) => formId));
    for (const { formId } of accepted) if (!recorded.has(formId)) missed.add(formId);
  }

  const stage: CrashStage = {
    mode,
    slack,
    zapi,
    slots,
    asked,
    kills,
    passages,
    journal,
    set(wanted) {
      const { promise, resolve } = Promise.withResolvers<Slot>();
      trap = { ...wanted, caught: resolve };
      return promise;
    },
    async redeliver({ path, body, headers }) {
      await lookForPromises();
      const { host: _host, connection: _connection, 'content-length': _length, ...kept } = headers;
      await fetch(delivery.url + path, { method: 'POST', headers: kept as Record<string, string>, body });
    },
    async settled(timeoutMs = 30_000) {
      await until(
        async () => (await journal()).every(({ outcome, told }) => outcome && told),
        'every change ended and told',
        timeoutMs,
      );
    },
    async rested() {
      await Promise.all(slots.map((slot) => slot.stop()));
      await Promise.all(slots.map((slot) => slot.startReady()));
      await stage.settled();
    },
    async judged() {
      return judge({
        journal: await journal(),
        asked,
        missed: [...missed],
        zapi: passages('zapi'),
        slack: passages('slack'),
        messages: toldIn({ slack }, publicChannel),
        kills,
        outages: [],
        diedByThemselves,
        accountBefore: () => account,
        account: () => zapi.account(instanceId),
      });
    },
    async [Symbol.asyncDispose]() {
      for (const slot of slots) {
        // Ended in good order where it can be, so that its kill does not count.
        await slot.bot()[Symbol.asyncDispose]();
      }
      for (const gate of Object.values(gates).flat()) await gate[Symbol.asyncDispose]();
      await slack.close();
      await zapi.close();
    },
  };
  return stage;
}
