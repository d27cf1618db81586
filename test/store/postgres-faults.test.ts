import { setImmediate } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { Kysely, sql } from 'kysely';
import { Client } from 'pg';
import { type ChangeStore, StoreError } from '../../src/privacy/ports.ts';
import { createPostgresDialect } from '../../src/store/postgres-driver.ts';
import { createPool } from '../../src/store/postgres-pool.ts';
import { openSession } from '../../src/store/postgres-session.ts';
import { createPostgresStore } from '../../src/store/postgres-store.ts';
import { type PostgresServer, startPostgres } from '../postgres-server.ts';
import { until } from '../until.ts';
import { openPostgresGate } from './postgres-gate.ts';
import { newId, readAll, record, submission } from './submissions.ts';

let server: PostgresServer;
let databaseUrl: string;
let store: ChangeStore;

beforeAll(async () => {
  server = await startPostgres();
}, 60_000);

afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

beforeEach(async () => {
  databaseUrl = await server.createDatabase();
  store = createPostgresStore({ databaseUrl });
  await store.open();
});

afterEach(async () => {
  await store.close();
});

/** Every attempt settles in the time that is promised; answers why none succeeded. */
async function refusals(attempts: Promise<unknown>[], withinMs = 2_500): Promise<StoreError[]> {
  const startedMs = performance.now();
  const results = await Promise.allSettled(attempts);
  expect(performance.now() - startedMs).toBeLessThan(withinMs);
  return results.map((result) => {
    if (result.status === 'fulfilled') throw new Error('it succeeded');
    expect(result.reason).toBeInstanceOf(StoreError);
    return result.reason;
  });
}

const fromBot = `application_name = 'lastseen-bot' and datname = current_database()`;

async function countBackends(condition: string): Promise<number> {
  const rows = await server.query(
    databaseUrl,
    `select 1 from pg_stat_activity where ${fromBot} and ${condition}`,
  );
  return rows.length;
}

/** Holds what `record` waits for, so that its transactions stop half-way. */
async function holdInstance(instance: string) {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(`begin; select pg_advisory_xact_lock(${0x6c736274}, hashtext('${instance}'))`);
  return { [Symbol.asyncDispose]: () => client.end() };
}

test('where PostgreSQL hangs, recording ends in time, and nothing is recorded afterwards', async () => {
  await record(store, { instance: 'warm' });
  server.pause();
  try {
    // More than there are connections: some wait for an answer, some for a connection, some for a place.
    const attempts = Array.from({ length: 14 }, (_, index) =>
      store.record(submission({ instance: `i${index}` }), newId),
    );
    for (const error of await refusals(attempts)) {
      expect(error).toMatchObject({
        written: 'no',
        detail: expect.stringMatching(/^(timeout|connection lost)$/),
      });
    }
  } finally {
    server.resume();
  }
  await until(async () => (await countBackends(`state <> 'idle'`)) === 0, 'no transaction left');
  const { id } = await record(store);
  expect((await readAll(store)).map(({ instance }) => instance)).toEqual(['warm', 'padaria']);
  expect(await store.find(id)).toBeDefined();
});

test('where PostgreSQL hangs, every other method ends as well', async () => {
  server.pause();
  try {
    const errors = await refusals([store.find('x'), store.claimNext('padaria'), store.check()], 6_000);
    expect(errors.map(({ written }) => written)).toEqual(['no', expect.anything(), expect.anything()]);
  } finally {
    server.resume();
  }
  await until(async () => store.check().then(() => true), 'a check that succeeds');
});

test('a store is closed in time while PostgreSQL hangs', async () => {
  server.pause();
  try {
    const recording = refusals([store.record(submission(), newId)]);
    await setImmediate();
    const [error] = await Promise.all([recording, store.close()]);
    expect(error).toMatchObject([{ written: 'no' }]);
  } finally {
    server.resume();
  }
});

test('where somebody holds the instance, recording ends in time, and nothing is recorded afterwards', async () => {
  {
    await using _held = await holdInstance('padaria');
    const attempts = Array.from({ length: 14 }, () => store.record(submission(), newId));
    for (const error of await refusals(attempts)) expect(error).toMatchObject({ written: 'no' });
    const isWaiting = `state = 'active' and wait_event_type = 'Lock'`;
    await until(async () => (await countBackends(isWaiting)) === 0, 'nothing waits for it any more');
  }
  await until(async () => (await countBackends(`state <> 'idle'`)) === 0, 'no transaction left');
  const entry = await record(store);
  expect(await readAll(store)).toEqual([entry]);
});

test('a connection that the server ends half-way records nothing, and the next one does', async () => {
  const submitted = submission();
  {
    await using _held = await holdInstance('padaria');
    const recording = refusals([store.record(submitted, newId)]);
    await until(async () => (await countBackends(`wait_event_type = 'Lock'`)) === 1, 'the transaction waits');
    await server.query(
      databaseUrl,
      `select pg_terminate_backend(pid) from pg_stat_activity where ${fromBot}`,
    );
    expect(await recording).toMatchObject([{ written: 'no', detail: '57P01' }]);
  }
  expect(await readAll(store)).toEqual([]);
  expect(await store.record(submitted, newId)).toMatchObject({ isNew: true });
});

test('a connection that breaks between two statements sends no more, and ends nothing but its work', async () => {
  const { pool, close } = createPool(databaseUrl);
  const session = await openSession(pool, 5_000);
  const { rows } = await session.send('select pg_backend_pid() as pid');
  await server.query(databaseUrl, `select pg_terminate_backend(${rows[0].pid})`);
  const isLost = () =>
    session.send('select 1').then(
      () => false,
      () => true,
    );
  await until(isLost, 'the loss');
  await expect(session.send('select 1')).rejects.toMatchObject({ code: '57P01', mayBeDone: false });
  session.release();
  await close();
});

test('a statement that the server ends half-way may have been done', async () => {
  const { id } = await record(store);
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(`begin; select 1 from changes where id = '${id}' for update`);
  const claiming = refusals([store.claimNext('padaria')]);
  await until(async () => (await countBackends(`wait_event_type = 'Lock'`)) === 1, 'the claim waits');
  await server.query(databaseUrl, `select pg_terminate_backend(pid) from pg_stat_activity where ${fromBot}`);
  expect(await claiming).toMatchObject([{ written: 'unknown', detail: '57P01' }]);
  await client.end();
  expect(await store.claimNext('padaria')).toBeDefined();
});

test('a process that is frozen half-way keeps the others waiting for a moment only', async () => {
  await using gate = await openPostgresGate(databaseUrl);
  const frozen = createPostgresStore({ databaseUrl: gate.url });
  await frozen.open();
  gate.mode = 'frozen';
  await refusals([frozen.record(submission(), newId)]);
  const submitted = submission();
  await until(async () => store.record(submitted, newId), 'a change of the same instance', 3_000);
  expect(await readAll(store)).toHaveLength(1);
  await frozen.close();
});

test('idle connections that the server ends do no harm', async () => {
  await Promise.all(Array.from({ length: 10 }, (_, index) => record(store, { instance: `i${index}` })));
  await server.query(databaseUrl, `select pg_terminate_backend(pid) from pg_stat_activity where ${fromBot}`);
  await until(async () => (await countBackends('true')) === 0, 'no connection left');
  await until(async () => store.check().then(() => true), 'a check that succeeds');
  await record(store);
});

test('while PostgreSQL is down nothing is promised, and it goes on when PostgreSQL is back', async () => {
  const before = await record(store);
  const late = createPostgresStore({ databaseUrl });
  await server.stop();
  const refused = { kind: 'store', written: 'no', detail: 'ECONNREFUSED' };
  await until(async () => store.find('x').catch((error) => error.detail === 'ECONNREFUSED'), 'it is down');
  await expect(record(store)).rejects.toMatchObject(refused);
  await expect(store.claimNext('padaria')).rejects.toMatchObject(refused);
  await expect(store.check()).rejects.toMatchObject(refused);
  await expect(late.open()).rejects.toMatchObject(refused);
  await expect(late.check()).rejects.toMatchObject(refused);
  await expect(late.find('x')).rejects.toMatchObject({ detail: 'not open' });
  await server.start();
  await store.check();
  await late.check();
  const after = await record(late);
  expect(await readAll(store)).toEqual([before, after]);
  await late.close();
});

test('what was acknowledged is there after PostgreSQL crashed', async () => {
  const acknowledged: string[] = [];
  const recording = async () => {
    for (;;) acknowledged.push((await record(store)).id);
  };
  const crashed = expect(recording()).rejects.toBeInstanceOf(StoreError);
  await until(async () => acknowledged.length >= 20, '20 changes');
  await server.kill();
  await crashed;
  await server.start();
  await store.check();
  const ids = (await readAll(store)).map(({ id }) => id);
  expect(acknowledged.filter((id) => !ids.includes(id))).toEqual([]);
  // One more at most, whose answer was lost.
  expect(ids.length - acknowledged.length).toBeLessThanOrEqual(1);
});

test('a store that was opened again in vain is opened by a check', async () => {
  await server.stop();
  await expect(store.open()).rejects.toMatchObject({ detail: 'ECONNREFUSED' });
  await server.start();
  await store.check();
  await record(store);
});

test.each(['answer-lost', 'commit-lost'] as const)(
  'where a commit is not answered, it is said that the change may be recorded: %s',
  async (mode) => {
    await using gate = await openPostgresGate(databaseUrl);
    const behind = createPostgresStore({ databaseUrl: gate.url });
    await behind.open();
    const submitted = submission();
    gate.mode = mode;
    expect(await refusals([behind.record(submitted, newId)])).toMatchObject([
      { written: 'unknown', detail: 'timeout' },
    ]);
    gate.mode = 'open';
    await until(async () => (await countBackends(`state <> 'idle'`)) === 0, 'no transaction left');
    const isRecorded = mode === 'answer-lost';
    expect(await behind.promisedTo(submitted)).toEqual(isRecorded ? expect.anything() : undefined);
    expect(await behind.record(submitted, newId)).toMatchObject({ isNew: !isRecorded });
    expect(await readAll(behind)).toHaveLength(1);
    await behind.close();
  },
);

test('a transaction in which a statement failed is not taken for committed, whatever its work makes of it', async () => {
  const { pool, close } = createPool(databaseUrl);
  const db = new Kysely<unknown>({ dialect: createPostgresDialect(pool, 5_000) });
  const committing = db
    .transaction()
    .execute((inside) => sql`select 1 / 0`.execute(inside).catch(() => 'never mind'));
  await expect(committing).rejects.toMatchObject({ code: 'rolled back', mayBeDone: false });
  await close();
});

test('a statement that PostgreSQL refuses is not done', async () => {
  await server.query(databaseUrl, 'alter table changes add constraint none check (false) not valid');
  await expect(record(store)).rejects.toMatchObject({ written: 'no', detail: '23514' });
  await server.query(databaseUrl, 'alter table changes drop constraint none');
  await server.query(
    databaseUrl,
    `create function refuse() returns trigger language plpgsql as $$ begin raise exception 'secret'; end $$;
     create constraint trigger refuse after insert on changes deferrable initially deferred
       for each row execute function refuse()`,
  );
  const error: unknown = await record(store).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ written: 'no', detail: 'P0001', message: 'store: P0001' });
  expect(await readAll(store)).toEqual([]);
});
