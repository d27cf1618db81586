import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { StoreError, UnfitStore } from '../../src/privacy/ports.ts';
import { createPostgresStore } from '../../src/store/postgres-store.ts';
import { type PostgresServer, startPostgres } from '../postgres-server.ts';

let server: PostgresServer;

beforeAll(async () => {
  server = await startPostgres();
}, 60_000);

afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

function change(
  databaseUrl: string,
  parts: Partial<Record<'username' | 'password' | 'pathname' | 'search', string>>,
) {
  return Object.assign(new URL(databaseUrl), parts).href;
}

async function refusalOf(databaseUrl: string): Promise<unknown> {
  const store = createPostgresStore({ databaseUrl });
  const error: unknown = await store.open().catch((reason: unknown) => reason);
  await store.close();
  return error;
}

test.each<[string, (url: string) => string, RegExp]>([
  ['a wrong password', (url) => change(url, { password: 'hunter2' }), /refused the user or the password/],
  ['an unknown user', (url) => change(url, { username: 'mallory' }), /refused the user or the password/],
  ['no password', (url) => change(url, { password: '' }), /asks for a password/],
  ['no such database', (url) => change(url, { pathname: '/atlantis' }), /no database of that name/],
  ['TLS where there is none', (url) => change(url, { search: '?sslmode=verify-full' }), /does not offer TLS/],
  ['no URL at all', () => 'postgres://user:hunter2@host:port/secret', /database URL is not one/],
])('it is said what to do about %s, and no secret is given away', async (_what, changed, words) => {
  const error = await refusalOf(changed(await server.createDatabase()));
  expect(error).toBeInstanceOf(UnfitStore);
  expect(String(error)).toMatch(words);
  expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toMatch(
    /hunter2|wide-open|mallory|atlantis|127\.0\.0\.1/,
  );
  expect(error).not.toHaveProperty('cause');
});

test('a user who may not make tables is told so', async () => {
  const url = await server.createDatabase();
  await server.query(url, `create role guest login password 'hunter2'`);
  const error = await refusalOf(change(url, { username: 'guest', password: 'hunter2' }));
  expect(error).toBeInstanceOf(UnfitStore);
  expect(String(error)).toMatch(/may not create tables/);
});

test('a database of a newer version is refused, and left as it is', async () => {
  const url = await server.createDatabase();
  const store = createPostgresStore({ databaseUrl: url });
  await store.open();
  await store.close();
  await server.query(
    url,
    `insert into kysely_migration values ('9999-later', '2030-01-01T00:00:00.000Z'); drop table changes`,
  );
  const error = await refusalOf(url);
  expect(error).toBeInstanceOf(UnfitStore);
  expect(String(error)).toMatch(/by a newer version/);
  expect(await server.query(url, `select to_regclass('changes') as found`)).toEqual([{ found: null }]);
});

test.each<[string, string, RegExp]>([
  ['nobody listens', 'postgres://user:hunter2@127.0.0.1:1/secret', /^ECONNREFUSED$/],
  ['the host is unknown', 'postgres://user:hunter2@nowhere.invalid/secret', /^(ENOTFOUND|EAI_AGAIN)$/],
])('it is told by a code that may pass where %s', async (_what, url, detail) => {
  const error = await refusalOf(url);
  expect(error).toBeInstanceOf(StoreError);
  expect(error).toMatchObject({ written: 'no', detail: expect.stringMatching(detail) });
  expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toMatch(/hunter2|secret|nowhere/);
});
