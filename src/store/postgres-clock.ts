import { withoutUnfit } from './postgres-failure.ts';
import { createPool } from './postgres-pool.ts';
import { openSession } from './postgres-session.ts';
import { storeErrorOf } from './store-failure.ts';

const limitMs = 5_000;

/** The clock of a PostgreSQL server. Rejects with `StoreError`, or `UnfitStore` where the server lets nobody in. */
export async function readPostgresClock(databaseUrl: string): Promise<Date> {
  try {
    const { pool, close } = createPool(databaseUrl);
    try {
      const session = await openSession(pool, limitMs);
      try {
        const { rows } = await session.send(
          'select cast(extract(epoch from clock_timestamp()) * 1000 as bigint) as now_ms',
        );
        return new Date(rows[0].now_ms);
      } finally {
        session.release();
      }
    } finally {
      await close();
    }
  } catch (error) {
    throw storeErrorOf(withoutUnfit(error), { isRead: true });
  }
}
