import { afterAll, beforeAll, describe } from '@jest/globals';
import { type PostgresServer, startPostgres } from '../postgres-server.ts';
import { describeStore } from './contract.ts';
import { postgresAt } from './databases.ts';

let server: PostgresServer;

beforeAll(async () => {
  server = await startPostgres();
}, 60_000);

afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

describe('a store in PostgreSQL', () => {
  describeStore(async () => postgresAt(await server.createDatabase(), server));
});
