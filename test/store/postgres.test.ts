import { afterAll, beforeAll, describe } from '@jest/globals';
import { createPostgresStore } from '../../src/store/postgres-store.ts';
import { type PostgresServer, startPostgres } from '../postgres-server.ts';
import { describeStore } from './contract.ts';

let server: PostgresServer;

beforeAll(async () => {
  server = await startPostgres();
}, 60_000);

afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

describe('a store in PostgreSQL', () => {
  describeStore(async () => createPostgresStore({ databaseUrl: await server.createDatabase() }));
});
