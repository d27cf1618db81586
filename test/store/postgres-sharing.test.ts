import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { ChangeStore, Claim } from '../../src/privacy/ports.ts';
import { createPostgresStore } from '../../src/store/postgres-store.ts';
import { type PostgresServer, startPostgres } from '../postgres-server.ts';
import { until } from '../until.ts';
import {
  accepted,
  claim,
  claimToTell,
  idsOf,
  newId,
  readAll,
  record,
  recordEnded,
  submission,
} from './submissions.ts';

let server: PostgresServer;
let databaseUrl: string;
let stores: ChangeStore[] = [];

beforeAll(async () => {
  server = await startPostgres();
}, 60_000);

afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

beforeEach(async () => {
  databaseUrl = await server.createDatabase();
});

afterEach(async () => {
  for (const store of stores) await store.close();
  stores = [];
});

/** Two processes, as far as PostgreSQL can tell. */
async function openTwo(leaseMs?: number): Promise<[ChangeStore, ChangeStore]> {
  const make = () => createPostgresStore({ databaseUrl, ...(leaseMs !== undefined && { leaseMs }) });
  const pair: [ChangeStore, ChangeStore] = [make(), make()];
  stores.push(...pair);
  for (const store of pair) await store.open();
  return pair;
}

test('processes that start at once make one schema', async () => {
  for (let round = 0; round < 4; round += 1) {
    const url = await server.createDatabase();
    const starting = Array.from({ length: 6 }, () => createPostgresStore({ databaseUrl: url }));
    await Promise.all(starting.map((store) => store.open()));
    for (const store of starting) await record(store);
    expect(await server.query(url, 'select name from kysely_migration order by name')).toEqual([
      { name: '0001-changes' },
      { name: '0002-proof-limits-refusals' },
    ]);
    for (const store of starting) await store.close();
  }
});

test('what is delivered to two processes at once is one change', async () => {
  const pair = await openTwo();
  for (let round = 0; round < 10; round += 1) {
    const [one, two] = [submission(), submission()];
    two.formId = one.formId;
    const recorded = await Promise.all([
      ...pair.map((store) => store.record(one, newId)),
      ...pair.map((store) => store.record(two, newId)),
    ]);
    const results = recorded.map(accepted);
    expect(results.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(new Set(idsOf(results.map(({ entry }) => entry))).size).toBe(1);
  }
  expect(await readAll(pair[0])).toHaveLength(10);
});

test('one submission for two instances is one change all the same', async () => {
  const [one, two] = await openTwo();
  const submitted = submission();
  const results = await Promise.all([
    one.record(submitted, newId),
    two.record({ ...submitted, instance: 'another' }, newId),
  ]);
  expect(results.map(accepted).filter(({ isNew }) => isNew)).toHaveLength(1);
  expect(await readAll(one)).toHaveLength(1);
});

test('processes that record at once accept as many changes of a number as there may be, and no more', async () => {
  const pair = await openTwo();
  for (let round = 0; round < 10; round += 1) {
    const instance = `i${round}`;
    const results = await Promise.all(
      Array.from({ length: 5 }, (_, index) =>
        pair.map((store, process) =>
          store.record(submission({ instance, by: `U${index}${process}${round}` }), newId, {
            mostPerHour: 4,
          }),
        ),
      ).flat(),
    );
    expect(results.filter((result) => 'tooMany' in result)).toHaveLength(6);
    expect(await pair[0].page({ instances: [instance], limit: 10 })).toHaveLength(4);
  }
});

test('a person’s changes count wherever they were recorded', async () => {
  const [one, two] = await openTwo();
  for (const instance of ['a', 'b']) await record(one, { instance });
  const attempt = two.record(submission({ instance: 'c' }), newId, { mostPerHour: 2 });
  expect(await attempt).toMatchObject({ tooMany: 'by-person' });
});

test('no change can be claimed before one with a lower id is there', async () => {
  const pair = await openTwo();
  const claimed: string[] = [];
  let recording = true;
  const work = async (store: ChangeStore) => {
    for (;;) {
      const wasRecording = recording;
      const got = await store.claimNext('padaria');
      if (got) {
        claimed.push(got.entry.id);
        await store.end(got.claim, { kind: 'applied' }, new Date());
      } else if (!wasRecording && (await store.claimableInstances()).length === 0) return;
    }
  };
  const workers = [...pair, ...pair].map(work);
  const recorded: string[] = [];
  for (let round = 0; round < 20; round += 1) {
    const some = await Promise.all([...pair, ...pair, ...pair].map((store) => record(store)));
    recorded.push(...idsOf(some));
  }
  recording = false;
  await Promise.all(workers);
  expect(claimed).toEqual(recorded.sort());
});

test('of many that claim at once one gets the head, and nobody what is behind it', async () => {
  const pair = await openTwo();
  for (let round = 0; round < 15; round += 1) {
    const instance = `i${round}`;
    const head = await record(pair[0], { instance, tellIn: instance });
    await record(pair[0], { instance, tellIn: instance });
    const claimers = Array.from({ length: 8 }, () => pair).flat();
    const got = await Promise.all(claimers.map((store) => store.claimNext(instance)));
    expect(idsOf(got.flatMap((result) => (result ? [result.entry] : [])))).toEqual([head.id]);
  }
});

test('of many that claim to tell at once one gets the head, and nobody what is behind it', async () => {
  const pair = await openTwo();
  for (let round = 0; round < 15; round += 1) {
    const tellIn = `C${round}`;
    const head = await recordEnded(pair[0], { kind: 'applied' }, { tellIn });
    await recordEnded(pair[1], { kind: 'applied' }, { tellIn });
    const claimers = Array.from({ length: 8 }, () => pair).flat();
    const got = await Promise.all(claimers.map((store) => store.claimToTell(tellIn)));
    expect(idsOf(got.flatMap((result) => (result ? [result.entry] : [])))).toEqual([head.id]);
  }
});

test('a claim that is not renewed ends by itself, and the change goes to another process', async () => {
  const [one, two] = await openTwo(300);
  const { id } = await record(one);
  const { claim: held } = await claim(one);
  expect(await two.claimNext('padaria')).toBeUndefined();
  let taken: { claim: Claim; begunBefore: boolean } | undefined;
  await until(async () => (taken = await two.claimNext('padaria')), 'the change claimed by the other');
  expect(taken).toMatchObject({ claim: { id }, begunBefore: true });
  expect(await one.renew(held)).toBe(false);
  expect(await one.end(held, { kind: 'applied' }, new Date())).toBe(false);
});

test('a claim that is renewed stays', async () => {
  const [one, two] = await openTwo(400);
  await record(one);
  const { claim: held } = await claim(one);
  const startedMs = performance.now();
  while (performance.now() - startedMs < 1_200) {
    expect(await one.renew(held)).toBe(true);
    expect(await two.claimNext('padaria')).toBeUndefined();
  }
  expect(await one.end(held, { kind: 'applied' }, new Date())).toBe(true);
});

test('a claim that is over still counts while nobody else has the change', async () => {
  const [one, two] = await openTwo(1);
  await record(one);
  const { claim: held } = await claim(one);
  await until(async () => (await two.claimableInstances()).length === 1, 'the claim over');
  expect(await one.noteRealChanges(held, { hide: [], showAgain: [] })).toBe(true);
  expect(await one.end(held, { kind: 'applied' }, new Date())).toBe(true);
  const { claim: telling } = await claimToTell(one);
  await until(async () => (await two.channelsToTell()).length === 1, 'the claim over');
  expect(await one.noteTold(telling, 'told', new Date())).toBe(true);
});

test('the lease is counted by the clock of the database, in whole milliseconds', async () => {
  const [one] = await openTwo();
  await record(one);
  await claim(one);
  const [row] = await server.query(
    databaseUrl,
    `select lease_until_ms - extract(epoch from clock_timestamp()) * 1000 as left_ms,
            pg_typeof(lease_until_ms)::text as type from changes`,
  );
  expect(one.leaseMs).toBe(6_000);
  expect(row).toMatchObject({ type: 'bigint' });
  expect(Number(row?.left_ms)).toBeGreaterThan(3_000);
  expect(Number(row?.left_ms)).toBeLessThanOrEqual(6_000);
});
