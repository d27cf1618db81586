import { once } from 'node:events';
import { chmod, chown, mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { createSqliteStore } from '../../src/store/sqlite-store.ts';
import { type PostgresServer, startPostgres } from '../postgres-server.ts';
import { createRoot, postgresAt } from '../store/databases.ts';
import { record, recordEnded } from '../store/submissions.ts';
import { foundIn, type Stage, startStage } from './stage.ts';

// Side by side, on a machine that may be busy.
jest.setTimeout(60_000);

let server: PostgresServer;
const root = createRoot();

beforeAll(async () => {
  server = await startPostgres();
}, 60_000);

afterAll(async () => {
  await server[Symbol.asyncDispose]();
  root.remove();
});

/** Somebody else than root, whom no rights hold back; where the tests run as somebody else, that one. */
const nobody = 65_534;
const isRoot = process.getuid?.() === 0;
const giveToNobody = (path: string) => (isRoot ? chown(path, nobody, nobody) : undefined);

async function examineAsNobody(stage: Stage, changed: Record<string, string> = {}) {
  const { stdout } = await stage.run(changed, { options: ['--json'], ...(isRoot && { uid: nobody }) });
  return foundIn(stdout);
}

describe('the doctor names every variable that is wrong', () => {
  test('leaves out what needs them, looks at the rest, and shows no value', async () => {
    await using stage = await startStage('socket');
    const { ok, toDo, checks, find } = await stage.examine({
      SLACK_BOT_TOKEN: 'xoxp-SECRET-USER-TOKEN',
      ZAPI_INSTANCE_ID: '',
    });
    expect([ok, toDo]).toEqual([false, ['variables', 'variables']]);
    const wrong = checks.filter(({ name }) => name === 'variables').map(({ says }) => says.split(':')[0]);
    expect(wrong).toEqual(['SLACK_BOT_TOKEN', 'ZAPI_INSTANCE_ID']);
    expect(checks.filter(({ status }) => status === 'not-checked').map(({ name }) => name)).toEqual([
      'who-may',
      'slack-token',
      'slack-connection',
      'slack-manifest',
      'slack-blocks',
      'audit-channel',
      'user-groups',
      'port',
      'zapi',
      'clock',
    ]);
    expect(find('journal')?.status).toBe('ok');
    expect(JSON.stringify(checks)).not.toContain('SECRET-USER-TOKEN');
    expect(stage.slack.calls).toEqual([]);
  });

  test('and says once what is left out for it, and what to do', async () => {
    await using stage = await startStage('socket');
    const { stdout } = await stage.run({ SLACK_BOT_TOKEN: '', ZAPI_INSTANCE_ID: '' });
    expect(stdout).toContain(
      'not checked  who-may, slack-token, slack-connection, slack-manifest, slack-blocks, audit-channel, user-groups, port, zapi, clock: Left out until the variables above are right.\n',
    );
    expect(stdout.split('Left out')).toHaveLength(2);
    expect(stdout.split('in .env or in the environment')).toHaveLength(2);
  });
});

describe('the doctor looks at the ports', () => {
  test('one that somebody else has', async () => {
    await using stage = await startStage('http');
    await using other = createServer((socket) => socket.destroy()).listen(stage.port, '127.0.0.1');
    await once(other, 'listening');
    const { toDo, find } = await stage.examine();
    expect(toDo).toEqual(['port']);
    expect(find('port')?.says).toContain('is in use');
  });

  test('an address that is not here', async () => {
    await using stage = await startStage('http');
    const { toDo, find } = await stage.examine({ HOST: '203.0.113.7' });
    expect(toDo).toEqual(['port']);
    expect(find('port')?.says).toContain('HOST is not one of this machine');
  });
});

describe('the doctor looks at the journal', () => {
  test('what waits in it, while a bot has it', async () => {
    await using stage = await startStage('socket');
    const store = createSqliteStore({ dataDir: stage.dataDir });
    await store.open();
    await record(store);
    await record(store, { instance: 'another' });
    await recordEnded(store, { kind: 'applied' }, { instance: 'third' });
    const { ok, find } = await stage.examine();
    expect(find('journal')?.says).toBe(
      'The journal can be read. In it, 2 changes wait to be made, and one change waits to be told.',
    );
    expect(ok).toBe(true);
    await store.check();
    await store.close();
  });

  test('one of a newer version', async () => {
    await using stage = await startStage('socket');
    const database = root.makeSqlite();
    if (!('dataDir' in database.place)) throw new Error('no folder');
    const store = database.createStore();
    await store.open();
    await store.close();
    await database.execute("insert into kysely_migration values ('9999-later', '2027')");
    const { toDo, find } = await stage.examine({ DATA_DIR: database.place.dataDir });
    expect(toDo).toEqual(['journal']);
    expect(find('journal')).toMatchObject({
      says: 'The database was brought up to date by a newer version of the bot.',
      todo: 'Run that version, or name another database.',
    });
    await database.execute("delete from kysely_migration where name not in ('0001-changes')");
    const older = await stage.examine({ DATA_DIR: database.place.dataDir });
    expect(older.find('journal')).toMatchObject({ status: 'ok', says: expect.stringContaining('older') });
  });

  test('a file that is no database', async () => {
    await using stage = await startStage('socket');
    await writeFile(join(stage.dataDir, 'lastseen.db'), 'hello '.repeat(100));
    const { toDo, find } = await stage.examine();
    expect(toDo).toEqual(['journal']);
    expect(find('journal')?.todo).toContain('backup');
  });

  test('PostgreSQL: not made yet, then made, with its clock', async () => {
    await using stage = await startStage('socket');
    const databaseUrl = await server.createDatabase();
    const before = await stage.examine({ DATABASE_URL: databaseUrl });
    expect(before.toDo).toEqual([]);
    expect(before.find('journal')?.says).toContain('at its first start');
    expect(before.find('data-folder')).toBeUndefined();
    const store = postgresAt(databaseUrl, server).createStore();
    await store.open();
    await record(store);
    const { ok, find } = await stage.examine({ DATABASE_URL: databaseUrl });
    expect(find('journal')?.says).toContain('one change waits to be made');
    expect(find('database-clock')?.says).toBe("This machine's clock agrees with PostgreSQL's.");
    expect(ok).toBe(true);
    await store.close();
  });

  test('PostgreSQL that can not be reached, or has no such database; never its address', async () => {
    await using stage = await startStage('socket');
    const gone = `postgres://lastseen:SECRET-PASSWORD@127.0.0.1:${stage.port}/lastseen`;
    const { toDo, checks, find } = await stage.examine({ DATABASE_URL: gone });
    expect(toDo).toEqual(['journal']);
    expect(find('journal')?.says).toBe(
      "The journal in the PostgreSQL database on 127.0.0.1 can't be read (ECONNREFUSED).",
    );
    expect(find('database-clock')?.status).toBe('not-checked');
    expect(JSON.stringify(checks)).not.toContain('SECRET-PASSWORD');
    const other = new URL(await server.createDatabase());
    other.pathname = '/nothing';
    expect((await stage.examine({ DATABASE_URL: other.href })).find('journal')).toMatchObject({
      says: 'PostgreSQL has no database of that name.',
    });
  });
});

describe('the doctor looks at the data folder', () => {
  test('one that everybody can look into', async () => {
    await using stage = await startStage('socket');
    await chmod(stage.dataDir, 0o755);
    const { toDo, find } = await stage.examine();
    expect(toDo).toEqual(['data-folder']);
    expect(find('data-folder')?.todo).toBe(`Close it: chmod 700 ${stage.dataDir}`);
  });

  test('one that this user may not write', async () => {
    await using stage = await startStage('socket');
    await chmod(stage.dataDir, 0o555);
    const { toDo, find } = await examineAsNobody(stage);
    expect(toDo).toEqual(['data-folder']);
    expect(find('data-folder')?.says).toContain('may not be written by this user');
    await chmod(stage.dataDir, 0o700);
  });

  test('a file in it that another user made', async () => {
    await using stage = await startStage('socket');
    await writeFile(join(stage.dataDir, 'lock'), '', { mode: 0o400 });
    await giveToNobody(stage.dataDir);
    const { toDo, find } = await examineAsNobody(stage);
    expect(toDo).toEqual(['data-folder']);
    expect(find('data-folder')?.says).toContain('The file lock in the data folder');
  });

  test('one that is not there yet, and one that can not be made', async () => {
    await using stage = await startStage('socket');
    const later = join(stage.dataDir, 'some/where');
    expect((await stage.examine({ DATA_DIR: later })).find('data-folder')).toMatchObject({
      status: 'ok',
      says: `The data folder ${later} is not there yet; the bot makes it at its first start.`,
    });
    const file = join(stage.dataDir, 'file');
    await writeFile(file, '');
    expect((await stage.examine({ DATA_DIR: file })).toDo).toContain('data-folder');
    expect((await stage.examine({ DATA_DIR: join(file, 'under') })).toDo).toContain('data-folder');
    await mkdir(join(stage.dataDir, 'closed'), { mode: 0o555 });
    await chmod(stage.dataDir, 0o755);
    const closed = await examineAsNobody(stage, { DATA_DIR: join(stage.dataDir, 'closed/new') });
    expect(closed.find('data-folder')?.says).toContain("can't be made in");
  });
});
