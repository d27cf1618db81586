import { setTimeout as pause } from 'node:timers/promises';
import type { Config, StoreConfig } from './config.ts';
import { createZapiGateway } from './gateways/zapi.ts';
import { healthRoutes, metricsRoute, startHealthServer } from './health.ts';
import { createMetrics } from './metrics/metrics.ts';
import { createChangeApplier } from './privacy/change-applier.ts';
import { createChangeIds } from './privacy/change-id.ts';
import { createHousekeeping } from './privacy/housekeeping.ts';
import { createManagedNumber, type ManagedNumber } from './privacy/managed-number.ts';
import { noMeter } from './privacy/meter.ts';
import type { ChangeStore, Log } from './privacy/ports.ts';
import { createSettingMemory } from './privacy/setting-memory.ts';
import { watchStore } from './privacy/store-watch.ts';
import { createAdmissions } from './slack/admission.ts';
import { createAudit } from './slack/audit.ts';
import { createConnection } from './slack/connection.ts';
import { createDirectory } from './slack/directory.ts';
import { createFormUpdates } from './slack/form-updates.ts';
import { addListeners } from './slack/listeners.ts';
import { messagesIn } from './slack/messages/messages-in.ts';
import { replyUrlLifeMs } from './slack/reply-url.ts';
import { createRunningWork } from './slack/running-work.ts';
import { createPostgresStore } from './store/postgres-store.ts';
import { createSqliteStore } from './store/sqlite-store.ts';

export interface Bot {
  /**
   * Resolves when commands can come in, or when `stop` was called first. Waits for a Slack that is out of reach; a journal
   * that can't be written now is tried again meanwhile and afterwards.
   *
   * @throws SlackRefused where Slack does not take a token; UnfitStore where the journal is none that this version can
   * use; the system's error where a port is taken.
   */
  start(): Promise<void>;
  /** Resolves with what to do when the bot is of no use any more while it runs: Slack took a token away, or the journal is unfit. */
  refused: Promise<Error>;
  /** Begins nothing new, finishes what is under way (for at most 10 s), closes every connection. */
  stop(): Promise<void>;
}

/** Together less than the ten seconds that a stop may take: what is under way, then what has to be broken off. */
const drainTimeoutMs = 6_000;
const abandonTimeoutMs = 2_000;
const closeTimeoutMs = 500;
const firstReadTimeoutMs = 1_000;

/** Wires the bot. Nothing is opened before `start`. */
export function createBot(config: Config, log: Log): Bot {
  const stopping = new AbortController();
  /** After what is under way was given its time. */
  const ending = new AbortController();
  const { mode } = config.slack.connection;
  const metrics =
    config.health &&
    createMetrics({
      labels: { mode, store: config.store.kind },
      isConnected: () => connection.isReady(),
      isJournalAvailable: () => watch.isAvailable(),
      backlog: () => store.backlog(),
      contacts: () => numbers.map(({ name, contacts }) => ({ number: name, count: contacts.count() })),
    });
  const meter = metrics ?? noMeter;
  const numbers = config.numbers.map((number) => {
    const gateway = createZapiGateway({ apiUrl: config.zapiUrl, ...number, meter });
    const { instanceId: instance, name, label, access, auditChannel } = number;
    return createManagedNumber({ instance, name, label, access, auditChannel }, gateway, log);
  });
  const store = createStore(config.store);
  const messages = messagesIn(config.locale);
  const settings = createSettingMemory(store);
  const connection = createConnection({ ...config.slack, routes: healthRoutes(readiness), log, meter });
  const { client } = connection;
  const applier = createChangeApplier({
    store,
    gateways: new Map(numbers.map(({ instance, gateway }) => [instance, gateway])),
    audit: createAudit({ client, numbers, messages, log, meter }),
    settings,
    log,
    meter,
    newId: createChangeIds(),
    maxAgeMs: config.changeMaxAgeMs,
    mostPerHour: config.mostChangesPerHour,
    onEnded: ({ instance, change }) =>
      numbers.find((number) => number.instance === instance)?.list.forget(change.setting),
    onStoreError: (error) => watch.failed(error),
  });
  const housekeeping = createHousekeeping({ store, historyDays: config.historyDays, replyUrlLifeMs, log });
  const watch = watchStore({
    store,
    everySecond: [() => applier.lookForWork(), readSettings, housekeeping],
    log,
  });
  const work = createRunningWork();
  addListeners(
    connection.app,
    {
      client,
      applier,
      numbers,
      admissions: createAdmissions(numbers, createDirectory(client, log, { ending: ending.signal })),
      journal: store,
      settings,
      forms: createFormUpdates(client, log, ending.signal),
      messages,
      adminContact: config.adminContact,
      mostChangesPerHour: config.mostChangesPerHour,
      defaultCountry: config.defaultCountry,
      log,
      meter,
      isStopping: () => stopping.signal.aborted,
    },
    work,
  );

  async function readSettings(): Promise<void> {
    await settings.readAll(numbers.map(({ instance }) => instance));
  }

  /** So that the first form has what it shows. */
  function prepare({ name, access, own }: ManagedNumber): void {
    void own.read();
    const isForAll = access.users.length + access.groups.length === 0;
    if (isForAll) log.info({ number: name }, 'every full member of the workspace may change this number');
  }

  /** One number after another: each may take hundreds of requests. */
  async function readContacts(): Promise<void> {
    for (const { contacts } of numbers) await contacts.refresh();
  }

  /** Undefined: commands can come in, and changes can be recorded. */
  async function readiness(): Promise<string | undefined> {
    if (stopping.signal.aborted) return 'stopping';
    if (!connection.isReady()) return 'not connected to Slack';
    return (await watch.isAvailable()) ? undefined : 'the journal can not be written';
  }
  let health: { close(): Promise<void> } | undefined;
  let stopped: Promise<void> | undefined;

  async function drain(): Promise<void> {
    // In this order: what listeners still accept is applied and told as well.
    await work.finished();
    await applier.drained();
  }

  async function stopNow(): Promise<void> {
    stopping.abort();
    watch.stop();
    const isDone = await inTime(drain(), drainTimeoutMs);
    applier.abandon();
    if (!isDone) {
      log.warn({}, 'what is not done stays in the journal for the next start');
      await inTime(drain(), abandonTimeoutMs);
    }
    ending.abort();
    await connection.stop();
    await health?.close();
    for (const { contacts, gateway } of numbers) {
      contacts.close();
      await gateway.close();
    }
    // A database that hangs has nothing to lose any more.
    await inTime(store.close(), closeTimeoutMs);
  }

  return {
    async start() {
      if (config.health && metrics) {
        // Not on PORT, which in HTTP mode is open to the world: figures are not for everybody.
        const routes = [...healthRoutes(readiness), metricsRoute(metrics.read)];
        health = await startHealthServer(config.health, routes, log);
      }
      await watch.open();
      // So that the first form shows what was set; a journal that can't be read now is read later.
      await inTime(
        readSettings().catch(() => undefined),
        firstReadTimeoutMs,
      );
      log.info({ mode }, 'connecting to Slack');
      for (const number of numbers) prepare(number);
      void readContacts();
      await connection.start(stopping.signal).catch((error: unknown) => {
        if (!stopping.signal.aborted) throw error;
      });
      if (stopping.signal.aborted) return;
      log.info({ mode }, 'ready');
    },
    refused: Promise.race<Error>([connection.refused, watch.unfit]),
    stop: () => {
      stopped ??= stopNow();
      return stopped;
    },
  };
}

function createStore(config: StoreConfig): ChangeStore {
  return config.kind === 'sqlite' ? createSqliteStore(config) : createPostgresStore(config);
}

function inTime(work: Promise<void>, timeoutMs: number): Promise<boolean> {
  return Promise.race([work.then(() => true), pause(timeoutMs, false, { ref: false })]);
}
