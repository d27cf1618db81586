import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { createChangeApplier } from '../../src/privacy/change-applier.ts';
import { createChangeIds } from '../../src/privacy/change-id.ts';
import { StoreError } from '../../src/privacy/ports.ts';
import { createSettingMemory } from '../../src/privacy/setting-memory.ts';
import { watchStore } from '../../src/privacy/store-watch.ts';
import { createPostgresStore } from '../../src/store/postgres-store.ts';
import { createSqliteStore } from '../../src/store/sqlite-store.ts';
import { someGateway } from '../../test/privacy/some-gateway.ts';

// The journal and the applier as `src/app.ts` wires them, with a gateway and a channel that take a fixed time and no
// processor: what is left is the journal.

export type JournalWork = {
  store: { kind: 'sqlite'; dataDir: string } | { kind: 'postgres'; databaseUrl: string };
  instances: number;
  /** So many changes wait for their outcome at once. */
  atOnce: number;
  gatewayMs: number;
};

const {
  store: kept,
  instances,
  atOnce,
  gatewayMs,
} = JSON.parse(process.env.JOURNAL_WORK ?? '') as JournalWork;
const store = kept.kind === 'sqlite' ? createSqliteStore(kept) : createPostgresStore(kept);
const log = { info() {}, warn() {}, error: (fields: object, event: string) => console.error(event, fields) };
const gateway = someGateway({
  async apply(_change, { beforeSend } = {}) {
    beforeSend?.();
    await pause(gatewayMs);
  },
});
const names = Array.from({ length: instances }, (_, index) => `instance-${index}`);
const applier = createChangeApplier({
  store,
  gateways: new Map(names.map((name) => [name, gateway])),
  audit: {
    async tell() {
      await pause(gatewayMs);
      return 'told';
    },
  },
  settings: createSettingMemory(store),
  log,
  newId: createChangeIds(),
  maxAgeMs: 15 * 60_000,
  mostPerHour: undefined,
  onStoreError: () => undefined,
});
const watch = watchStore({ store, everySecond: [() => applier.lookForWork()], log });

/** @returns whether it was accepted: a journal that is too slow for a person refuses. */
async function makeChange(): Promise<boolean> {
  const instance = names[Math.floor(Math.random() * names.length)] ?? '';
  const submission = {
    submissionId: randomUUID(),
    formId: randomUUID(),
    instance,
    change: { setting: 'last-seen', visibility: 'nobody', hide: [], showAgain: [] } as const,
    by: 'U0ANA',
    place: { channel: 'C0OPS', replyUrl: '' },
    tellIn: `C0${instance}`,
  };
  const promised = await applier.accept(submission).catch((error: unknown) => {
    if (!(error instanceof StoreError)) throw error;
    return undefined;
  });
  if (!promised) return false;
  if ('tooMany' in promised) throw new Error('a change was not accepted');
  const outcome = await promised.outcome;
  if (outcome?.kind !== 'applied') throw new Error(`a change ended as ${outcome?.kind}`);
  return true;
}

export type Made = { made: number; refused: number };

/** Makes changes until the time is over, and until they are told. */
async function work(forMs: number): Promise<Made> {
  const endsAtMs = performance.now() + forMs;
  const count = { made: 0, refused: 0 };
  const people = Array.from({ length: atOnce }, async () => {
    while (performance.now() < endsAtMs) {
      if (await makeChange()) count.made += 1;
      else count.refused += 1;
    }
  });
  await Promise.all(people);
  await applier.drained();
  return count;
}

process.on('message', (forMs: number) => {
  void work(forMs).then((made) => process.send?.(made));
});
process.on('disconnect', () => process.exit(0));
await watch.open();
process.send?.('ready');
