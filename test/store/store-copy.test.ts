import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { createPostgresStore } from '../../src/store/postgres-store.ts';
import { createSqliteStore } from '../../src/store/sqlite-store.ts';
import { type PostgresServer, startPostgres } from '../postgres-server.ts';
import { quietPort } from '../process.ts';
import { createRoot } from './databases.ts';
import {
  claim,
  listChange,
  readAll,
  readRefusals,
  record,
  recordEnded,
  recordTold,
  refusal,
} from './submissions.ts';

const root = createRoot();
let server: PostgresServer;

jest.setTimeout(60_000);

beforeAll(async () => {
  server = await startPostgres();
}, 60_000);

afterAll(async () => {
  await server[Symbol.asyncDispose]();
  root.remove();
});

const project = join(import.meta.dirname, '../..');
const node = join(project, 'node_modules/.bin/node');

/** `npm run store:copy`, without npm. */
async function copy(env: { DATA_DIR: string; DATABASE_URL?: string }, ...options: string[]) {
  const run = promisify(execFile)(node, [join(project, 'src/store-copy.ts'), ...options], {
    cwd: root.makeFolder(),
    env,
  });
  const { stdout, stderr, code } = await run.then(
    (said) => ({ ...said, code: 0 }),
    (error: { stdout: string; stderr: string; code: number }) => error,
  );
  if (env.DATABASE_URL) expect(stdout + stderr).not.toContain('wide-open');
  expect(stdout + stderr).not.toContain('5511987654321');
  return { said: stdout + stderr, code };
}

/** A folder with a change in each state, and a claim that a process left. */
async function fillFolder(): Promise<string> {
  const dataDir = root.makeFolder();
  const store = createSqliteStore({ dataDir });
  await store.open();
  await recordTold(store, { change: listChange(['5511987654321']), lookedUp: true });
  await store.erase({
    numbersOf: new Date(Date.now() + 60_000),
    replyUrlsOf: new Date(0),
    refusalsOf: new Date(0),
  });
  await recordTold(store, { change: listChange(['5511987654321'], ['5511900000000']), undoes: 'a change' });
  await recordEnded(store, { kind: 'unknown', failure: 'timeout', notOnTheList: true });
  await recordEnded(store, {
    kind: 'applied',
    proof: { kind: 'not-taken', missing: { hide: ['1@lid'], showAgain: [] } },
  });
  for (const by of ['U0ANA', 'U0BEA']) await record(store, { by, change: listChange(['5511987654321']) });
  await store.noteRealChanges((await claim(store)).claim, { hide: ['5511987654321'], showAgain: [] });
  for (const by of ['U0ÇAO “quoted” \\ 🙈', 'U0TWO']) await store.noteRefusal(refusal({ by }));
  await store.close();
  return dataDir;
}

const columns = `select * from changes order by id`;

function rowsIn(dataDir: string): Record<string, unknown>[] {
  const file = new DatabaseSync(join(dataDir, 'lastseen.db'), { readOnly: true });
  try {
    return file
      .prepare(columns)
      .all()
      .map((row) => ({ ...row }));
  } finally {
    file.close();
  }
}

/** Rows as SQLite gives them. */
async function rowsAt(databaseUrl: string): Promise<Record<string, unknown>[]> {
  const rows = await server.query(databaseUrl, columns);
  const numbers = ['accepted_at_ms', 'ended_at_ms', 'told_at_ms', 'lease_until_ms'];
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name,
        numbers.includes(name) && value !== null ? Number(value) : value,
      ]),
    ),
  );
}

async function countAt(databaseUrl: string): Promise<number> {
  const [row] = await server.query(databaseUrl, 'select count(*)::int as count from changes');
  return Number(row?.count);
}

test('everything is copied as it was, but for the claims of the process that ended, and goes on', async () => {
  const dataDir = await fillFolder();
  const before = rowsIn(dataDir);
  const DATABASE_URL = await server.createDatabase();
  const { said, code } = await copy({ DATA_DIR: dataDir, DATABASE_URL });
  expect(said).toContain('Copied 6 changes and 2 refusals, and compared every value.');
  expect(said).toContain('2 of them wait to be made');
  expect(said).toContain('2 of them wait to be told');
  expect(said).toContain('Next: start the bot with the same DATABASE_URL.');
  expect(code).toBe(0);
  expect(before.filter(({ claim: held }) => held !== null)).toHaveLength(1);
  expect(await rowsAt(DATABASE_URL)).toEqual(before.map((row) => ({ ...row, claim: null })));

  const store = createPostgresStore({ databaseUrl: DATABASE_URL });
  await store.open();
  expect(await readAll(store)).toHaveLength(6);
  expect((await readRefusals(store)).map(({ by }) => by)).toEqual(
    expect.arrayContaining(['U0ÇAO “quoted” \\ 🙈', 'U0TWO']),
  );
  expect(await store.claimNext('padaria')).toMatchObject({ begunBefore: true, entry: { id: before[4]?.id } });
  expect(await store.claimToTell('C0TEAM')).toMatchObject({ entry: { id: before[2]?.id } });
  await store.close();
});

test('the folder is closed to every bot afterwards, until it is taken back', async () => {
  const dataDir = await fillFolder();
  const DATABASE_URL = await server.createDatabase();
  await copy({ DATA_DIR: dataDir, DATABASE_URL });
  const store = createSqliteStore({ dataDir });
  await expect(store.open()).rejects.toThrow(/was copied to PostgreSQL.*DATABASE_URL.*--take-back/);
  const { said } = await copy({ DATA_DIR: '/nowhere' }, '--take-back', '--from', dataDir);
  expect(said).toMatch(/can start on the data folder again/);
  await store.open();
  expect(await readAll(store)).toHaveLength(6);
  await store.close();
  expect((await copy({ DATA_DIR: dataDir }, '--take-back')).said).toMatch(/was not moved/);
});

test('copied again, it finds that all is there; when the bot went on meanwhile, it changes nothing', async () => {
  const dataDir = await fillFolder();
  const DATABASE_URL = await server.createDatabase();
  await copy({ DATA_DIR: dataDir, DATABASE_URL });
  expect(await copy({ DATA_DIR: dataDir, DATABASE_URL })).toMatchObject({
    code: 0,
    said: expect.stringContaining('Everything was copied before: 6 changes and 2 refusals'),
  });
  await server.query(
    DATABASE_URL,
    `update changes set told = 'told', status = 'told' where status = 'ended'`,
  );
  const before = await rowsAt(DATABASE_URL);
  expect(await copy({ DATA_DIR: dataDir, DATABASE_URL })).toMatchObject({
    code: 1,
    said: expect.stringContaining('has a history of its own already. Nothing was copied.'),
  });
  expect(await rowsAt(DATABASE_URL)).toEqual(before);
});

test('it refuses, with a sentence, what it can not do, and the folder stays open', async () => {
  const dataDir = await fillFolder();
  const full = await server.createDatabase();
  const other = createPostgresStore({ databaseUrl: full });
  await other.open();
  await record(other);
  await other.close();
  const [DATA_DIR, DATABASE_URL] = [dataDir, await server.createDatabase()];
  const gone = DATABASE_URL.replace(/:\d+\//, `:${await quietPort()}/`);
  const whence = `the data folder ${DATA_DIR}`;
  const attempts: [Parameters<typeof copy>[0], string[], RegExp][] = [
    [{ DATA_DIR, DATABASE_URL: full }, [], /has a history of its own already. .* Name an empty database/],
    [{ DATA_DIR }, [], /DATABASE_URL is missing/],
    [{ DATA_DIR, DATABASE_URL: 'mysql://x' }, [], /DATABASE_URL: expected: the address of a PostgreSQL/],
    [
      { DATA_DIR: root.makeFolder(), DATABASE_URL },
      [],
      /There is no history in this data folder.* \(From the data folder \/.+ to the PostgreSQL database on \S+\.\)$/m,
    ],
    [
      { DATA_DIR, DATABASE_URL: gone },
      [],
      new RegExp(
        `^Nothing was copied from ${whence} to the PostgreSQL database on \\S+ \\(ECONNREFUSED\\)\\. Check that the database runs`,
      ),
    ],
    [{ DATA_DIR: join(DATA_DIR, 'none') }, ['--take-back'], /\(It is about the data folder \/.+\/none\.\)$/m],
    [{ DATA_DIR, DATABASE_URL: `${DATABASE_URL}x` }, [], /PostgreSQL has no database of that name/],
    [
      { DATA_DIR, DATABASE_URL },
      ['--database', 'x'],
      /^Only --from FOLDER, --take-back and --help.*\n\nMoves/,
    ],
  ];
  for (const [env, options, sentence] of attempts) {
    const { said, code } = await copy(env, ...options);
    expect(said).toMatch(sentence);
    expect(code).not.toBe(0);
  }
  const running = createSqliteStore({ dataDir });
  await running.open();
  for (const options of [[], ['--take-back']])
    expect((await copy({ DATA_DIR, DATABASE_URL }, ...options)).said).toMatch(
      new RegExp(`^The bot is running on ${whence}\\. Stop it, then try again\\. Nothing was c`),
    );
  await running.close();
  expect(await countAt(full)).toBe(1);
});

/** Rows enough for several portions. */
async function fillMany(count: number): Promise<string> {
  const dataDir = await fillFolder();
  const file = new DatabaseSync(join(dataDir, 'lastseen.db'));
  file.exec(`with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < ${count})
    insert into changes (id, submission_id, form_id, instance, setting, visibility, hide, show_again, hide_count,
      show_again_count, by_user, channel, reply_url, tell_in, accepted_at_ms, status, times_claimed, outcome, told)
    select printf('0%011d', n), 's' || n, 'f' || n, 'padaria', 'last-seen', 'nobody', '[]', '[]', 0, 0, 'U0ANA',
      'C0SHOP', '', 'C0TEAM', n, 'told', 1, 'applied', 'told' from numbers`);
  file.close();
  return dataDir;
}

function startCopyToKill(dataDir: string, databaseUrl: string, most: number) {
  const child = spawn(node, [join(import.meta.dirname, 'kill-copy.ts'), dataDir, databaseUrl, String(most)], {
    stdio: 'ignore',
  });
  return { child, exited: once(child, 'exit') };
}

test.each([1_000, 3_000, 5_006])(
  'killed after %i of 5,006 changes, the database is empty, and copied anew it is whole',
  async (most) => {
    const dataDir = await fillMany(5_000);
    const DATABASE_URL = await server.createDatabase();
    expect(await startCopyToKill(dataDir, DATABASE_URL, most).exited).toEqual([null, 'SIGKILL']);
    expect(await countAt(DATABASE_URL)).toBe(0);
    const store = createSqliteStore({ dataDir });
    await store.open();
    await store.close();
    expect((await copy({ DATA_DIR: dataDir, DATABASE_URL })).said).toContain('Copied 5006 changes');
    expect(await countAt(DATABASE_URL)).toBe(5_006);
  },
);

test('killed while it commits, the folder is closed, and copied again it finds that all is there', async () => {
  const dataDir = await fillFolder();
  const DATABASE_URL = await server.createDatabase();
  const target = createPostgresStore({ databaseUrl: DATABASE_URL });
  await target.open();
  await target.close();
  await server.query(
    DATABASE_URL,
    `create function wait() returns trigger language plpgsql as 'begin perform pg_sleep(1.5); return null; end';
     create constraint trigger wait after insert on refusals deferrable initially deferred for each row execute function wait()`,
  );
  const { child, exited } = startCopyToKill(dataDir, DATABASE_URL, Number.POSITIVE_INFINITY);
  const isCommitting = `select 1 from pg_stat_activity where query = 'commit' and state = 'active'`;
  const untilMs = Date.now() + 20_000;
  while ((await server.query(DATABASE_URL, isCommitting)).length === 0)
    expect(Date.now()).toBeLessThan(untilMs);
  child.kill('SIGKILL');
  await exited;
  await expect(createSqliteStore({ dataDir }).open()).rejects.toThrow(/was copied to PostgreSQL/);
  // The copy waits for the transaction that the server goes on with.
  expect(await copy({ DATA_DIR: dataDir, DATABASE_URL })).toMatchObject({
    code: 0,
    said: expect.stringContaining('Everything was copied before: 6 changes and 2 refusals'),
  });
});
