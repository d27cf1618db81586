import { webApi } from '@slack/bolt';
import { pino } from 'pino';
import { createZapiGateway } from '../../src/gateways/zapi.ts';
import { createChangeApplier } from '../../src/privacy/change-applier.ts';
import { createChangeIds } from '../../src/privacy/change-id.ts';
import { createHousekeeping } from '../../src/privacy/housekeeping.ts';
import type { Submission } from '../../src/privacy/journal-entry.ts';
import { StoreError } from '../../src/privacy/ports.ts';
import { createSettingMemory } from '../../src/privacy/setting-memory.ts';
import { watchStore } from '../../src/privacy/store-watch.ts';
import { createAudit } from '../../src/slack/audit.ts';
import { createBoltLogger } from '../../src/slack/bolt-logger.ts';
import { messagesIn } from '../../src/slack/messages/messages-in.ts';
import { createPostgresStore } from '../../src/store/postgres-store.ts';

// The bot's own modules for many WhatsApp numbers, which its configuration does not offer yet: submissions come from the
// parent process in place of Slack's form. Wired as in `src/app.ts`.

export type WorkerOptions = {
  databaseUrl: string;
  slack: { apiUrl: string; botToken: string };
  zapi: { apiUrl: string; clientToken: string; instances: { instanceId: string; instanceToken: string }[] };
};

export type ToWorker = { delivery: number; submission: Submission };
export type FromWorker =
  | { kind: 'ready' }
  | { kind: 'accepted'; delivery: number }
  | { kind: 'refused'; delivery: number; written: 'no' | 'unknown' };

const options = JSON.parse(process.env.WORKER_OPTIONS ?? '') as WorkerOptions;
const log = pino({ level: process.env.LOG_LEVEL ?? 'silent', base: null });
const { apiUrl, clientToken, instances } = options.zapi;
const gateways = new Map(
  instances.map((instance) => [instance.instanceId, createZapiGateway({ apiUrl, clientToken, ...instance })]),
);
const store = createPostgresStore({ databaseUrl: options.databaseUrl });
const client = new webApi.WebClient(options.slack.botToken, {
  slackApiUrl: options.slack.apiUrl,
  timeout: 10_000,
  retryConfig: { retries: 0 },
  rejectRateLimitedCalls: true,
  logger: createBoltLogger(log),
});
const applier = createChangeApplier({
  store,
  gateways,
  audit: createAudit({
    client,
    numbers: [],
    messages: messagesIn('en'),
    log,
  }),
  settings: createSettingMemory(store),
  log,
  newId: createChangeIds(),
  maxAgeMs: 15 * 60_000,
  mostPerHour: undefined,
  onStoreError: (error) => watch.failed(error),
});
const housekeeping = createHousekeeping({ store, historyDays: 365, replyUrlLifeMs: 30 * 60_000, log });
const watch = watchStore({
  store,
  everySecond: [() => applier.lookForWork(), housekeeping],
  log,
});

process.on('message', ({ delivery, submission }: ToWorker) => {
  applier.accept(submission).then(
    () => say({ kind: 'accepted', delivery }),
    (error: unknown) => {
      if (!(error instanceof StoreError)) throw error;
      say({ kind: 'refused', delivery, written: error.written });
    },
  );
});
process.on('disconnect', () => process.exit(0));

await watch.open();
say({ kind: 'ready' });

function say(message: FromWorker): void {
  process.send?.(message);
}
