import { Kysely, sql } from 'kysely';
import type { Db } from './database.ts';
import { migrate } from './migrations.ts';
import { createPostgresDialect } from './postgres-driver.ts';
import { withoutUnfit } from './postgres-failure.ts';
import { createPool, type PostgresPool } from './postgres-pool.ts';
import { storeErrorOf } from './store-failure.ts';

/** `within`: the database, for pieces of work that each end within so many milliseconds. */
export type PostgresConnection = Pick<PostgresPool, 'close'> & { within(limitMs: number): Db };

/** Another process may be bringing a large journal up to date. */
const migrationLimitMs = 30_000;

/** Opens the database and brings its schema up to date. Rejects with `StoreError` or `UnfitStore`. */
export async function openPostgresConnection(databaseUrl: string): Promise<PostgresConnection> {
  const { pool, close } = createPool(databaseUrl);
  const within = (limitMs: number): Db => new Kysely({ dialect: createPostgresDialect(pool, limitMs) });
  try {
    await migrate(within(migrationLimitMs), { idType: sql`text collate "C"` });
    return { within, close };
  } catch (error) {
    await close();
    throw storeErrorOf(withoutUnfit(error));
  }
}
