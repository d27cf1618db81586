import type { RawBuilder } from 'kysely';
import type { Backlog, Waiting } from '../privacy/ports.ts';
import type { Readable } from './database.ts';
import { isUnended, isUntold } from './schema.ts';

/** What waits to be applied, and what waits to be told: two small indexes say it, however long the journal is. */
export async function readBacklog(database: Readable): Promise<Backlog> {
  return {
    toApply: await readWaiting(database, isUnended('changes'), 'accepted_at_ms'),
    toTell: await readWaiting(database, isUntold('changes'), 'ended_at_ms'),
  };
}

async function readWaiting(
  database: Readable,
  isWaiting: RawBuilder<boolean>,
  since: 'accepted_at_ms' | 'ended_at_ms',
): Promise<Waiting> {
  const row = await database.read((db) =>
    db
      .selectFrom('changes')
      .select(({ fn }) => [fn.countAll<number>().as('count'), fn.min(since).as('since')])
      .where(isWaiting)
      .executeTakeFirstOrThrow(),
  );
  return { count: Number(row.count), oldest: row.since === null ? undefined : new Date(row.since) };
}
