import { randomUUID } from 'node:crypto';
import { type Selectable, sql } from 'kysely';
import { z } from 'zod';
import { noAccessKinds } from '../privacy/access.ts';
import { type Refusal, triedKinds } from '../privacy/journal-entry.ts';
import { StoreError } from '../privacy/ports.ts';
import type { Database, Readable } from './database.ts';
import { readInPortions } from './portions.ts';
import type { RefusalsTable } from './schema.ts';

const portionRows = 500;

const columns = z.object({
  at_ms: z.int().transform((ms) => new Date(ms)),
  by_user: z.string(),
  channel: z.string(),
  tried: z.enum(triedKinds),
  instance: z.string().nullable(),
  why: z.enum(noAccessKinds),
});

export async function noteRefusal(database: Database, refusal: Refusal): Promise<void> {
  const row: RefusalsTable = {
    id: randomUUID(),
    at_ms: refusal.at.getTime(),
    by_user: refusal.by,
    channel: refusal.channel,
    tried: refusal.tried,
    instance: refusal.instance ?? null,
    why: refusal.why,
  };
  await database.write((db) => db.insertInto('refusals').values(row).execute());
}

/** Every refusal, oldest first, in portions. */
export async function* readRefusals(database: Readable): AsyncGenerator<Refusal[]> {
  const portions = readInPortions<Selectable<RefusalsTable>>((last) =>
    database.read((db) => {
      const query = db.selectFrom('refusals').selectAll().orderBy('at_ms').orderBy('id').limit(portionRows);
      const after = last && sql<boolean>`(at_ms, id) > (${last.at_ms}, ${last.id})`;
      return (after ? query.where(after) : query).execute();
    }),
  );
  for await (const rows of portions) yield rows.map(refusalOf);
}

/** The refusal in a row. Throws `StoreError` where a row is none. */
function refusalOf(raw: Selectable<RefusalsTable>): Refusal {
  const { success, data } = columns.safeParse(raw);
  if (!success) throw new StoreError('no', 'unreadable row');
  const { at_ms: at, by_user: by, channel, tried, instance, why } = data;
  return { at, by, channel, tried, instance: instance ?? undefined, why };
}
