import type { JournalEntry } from '../privacy/journal-entry.ts';
import type { ChangeStore } from '../privacy/ports.ts';
import type { SettingId } from '../privacy/settings.ts';
import type { Db, Readable } from './database.ts';
import { entryOf } from './journal-row.ts';
import { readInPortions } from './portions.ts';
import { readRefusals } from './refusals.ts';
import { mayCount } from './schema.ts';

export type Journal = Pick<ChangeStore, 'find' | 'newest' | 'page' | 'all' | 'refusals'>;

const portionRows = 500;

/** The journal as it is read: nothing here writes. */
export function createJournal(database: Readable): Journal {
  return {
    find: (id) =>
      database.read(async (db) => {
        const row = await db.selectFrom('changes').selectAll().where('id', '=', id).executeTakeFirst();
        return row && entryOf(row);
      }),

    newest: ({ instance, setting, before, underWay = false }) =>
      database.read(async (db) => {
        let query = db
          .selectFrom('changes')
          .selectAll()
          .where('instance', '=', instance)
          .where('setting', '=', setting)
          .where(mayCount)
          .orderBy('id', 'desc')
          .limit(1);
        if (before !== undefined) query = query.where('id', '<', before);
        if (!underWay) query = query.where('outcome', 'is not', null);
        const row = await query.executeTakeFirst();
        return row && entryOf(row);
      }),

    page: ({ instances, ...wanted }) =>
      database.read(async (db) => {
        const found: JournalEntry[] = [];
        // One query for each, because the index on (instance, id) gives the order of one instance only.
        for (const instance of new Set(instances)) found.push(...(await pageOf(db, { instance, ...wanted })));
        const newestFirst = found.sort((a, b) => (a.id < b.id ? 1 : -1));
        return wanted.after === undefined
          ? newestFirst.slice(0, wanted.limit)
          : newestFirst.slice(-wanted.limit);
      }),

    all: () => readInPortions<JournalEntry>((last) => database.read((db) => readPortion(db, last?.id ?? ''))),
    refusals: () => readRefusals(database),
  };
}

/** Of those after an id the oldest, of any others the newest. */
async function pageOf(
  db: Db,
  wanted: { instance: string; setting?: SettingId; before?: string; after?: string; limit: number },
): Promise<JournalEntry[]> {
  let query = db.selectFrom('changes').selectAll().where('instance', '=', wanted.instance);
  if (wanted.setting !== undefined) query = query.where('setting', '=', wanted.setting);
  if (wanted.before !== undefined) query = query.where('id', '<', wanted.before);
  if (wanted.after !== undefined) query = query.where('id', '>', wanted.after);
  const direction = wanted.after === undefined ? 'desc' : 'asc';
  return (await query.orderBy('id', direction).limit(wanted.limit).execute()).map(entryOf);
}

async function readPortion(db: Db, after: string): Promise<JournalEntry[]> {
  const rows = await db
    .selectFrom('changes')
    .selectAll()
    .where('id', '>', after)
    .orderBy('id')
    .limit(portionRows)
    .execute();
  return rows.map(entryOf);
}
