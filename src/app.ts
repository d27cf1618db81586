import { setTimeout as pause } from 'node:timers/promises';
import type { Config } from './config.ts';
import { createZapiGateway } from './gateways/zapi.ts';
import { healthRoutes, startHealthServer } from './health.ts';
import { createChangeApplier } from './privacy/apply-change.ts';
import { createChangeIds } from './privacy/change-id.ts';
import { createOwnNumberMemory } from './privacy/own-number.ts';
import type { Log } from './privacy/ports.ts';
import { createAudit } from './slack/audit.ts';
import { createConnection } from './slack/connection.ts';
import { createFormUpdates } from './slack/form-updates.ts';
import { addListeners } from './slack/listeners.ts';
import { createRunningWork } from './slack/running-work.ts';

export interface Bot {
  /**
   * Resolves when commands can come in, or when `stop` was called first. Waits for a Slack that is out of reach.
   *
   * @throws SlackRefused where Slack does not take a token; the system's error where a port is taken.
   */
  start(): Promise<void>;
  /** Resolves with what to do when Slack takes a token away while the bot runs: it is of no use any more. */
  refused: Promise<Error>;
  /** Begins nothing new, finishes what is under way (for at most 10 s), closes every connection. */
  stop(): Promise<void>;
}

/** Together less than the ten seconds that a stop may take: what is under way, then what has to be given up. */
const drainTimeoutMs = 6_000;
const abandonTimeoutMs = 2_000;

/** Wires the bot. Nothing is opened before `start`. */
export function createBot(config: Config, log: Log): Bot {
  const stopping = new AbortController();
  const abandoned = new AbortController();
  const gateway = createZapiGateway(config.zapi);
  const ownNumber = createOwnNumberMemory(gateway, log);
  const connection = createConnection({
    ...config.slack,
    routes: healthRoutes(() => isReady()),
    log,
  });
  const { client } = connection;
  const isReady = () => connection.isReady() && !stopping.signal.aborted;
  const audit = createAudit({
    client,
    auditChannel: config.auditChannel,
    ownNumber,
    log,
    signal: abandoned.signal,
  });
  const applier = createChangeApplier({ gateway, audit, log, newId: createChangeIds() });
  const work = createRunningWork();
  addListeners(
    connection.app,
    {
      client,
      applier,
      gateway,
      ownNumber,
      forms: createFormUpdates(client, log),
      auditChannel: config.auditChannel,
      defaultCountry: config.defaultCountry,
      log,
      isStopping: () => stopping.signal.aborted,
    },
    work,
  );
  let health: { close(): Promise<void> } | undefined;
  let stopped: Promise<void> | undefined;

  async function drain(): Promise<void> {
    await Promise.all([work.finished(), applier.drained()]);
  }

  async function stopNow(): Promise<void> {
    stopping.abort();
    if (!(await inTime(drain(), drainTimeoutMs))) {
      applier.abandon();
      await inTime(drain(), abandonTimeoutMs);
    }
    for (const change of applier.untold()) log.error({ change }, 'change not told');
    abandoned.abort();
    await connection.stop();
    await health?.close();
    await gateway.close();
  }

  return {
    async start() {
      if (config.health) health = await startHealthServer(config.health, healthRoutes(isReady));
      log.info({ mode: config.slack.connection.mode }, 'connecting to Slack');
      void ownNumber.read();
      await connection.start(stopping.signal).catch((error: unknown) => {
        if (!stopping.signal.aborted) throw error;
      });
      if (stopping.signal.aborted) return;
      log.info({ mode: config.slack.connection.mode }, 'ready');
    },
    refused: connection.refused,
    stop: () => {
      stopped ??= stopNow();
      return stopped;
    },
  };
}

function inTime(work: Promise<void>, timeoutMs: number): Promise<boolean> {
  return Promise.race([work.then(() => true), pause(timeoutMs, false, { ref: false })]);
}
