import { sql } from 'kysely';
import type { JournalEntry } from '../privacy/journal-entry.ts';
import type { ChangeStore } from '../privacy/ports.ts';
import type { Db, Readable } from './database.ts';
import { entryOf } from './journal-row.ts';
import { readPage } from './page.ts';
import { readInPortions } from './portions.ts';
import { readRefusals } from './refusals.ts';
import { mayCount } from './schema.ts';
import { wantedInstances } from './wanted-instances.ts';

export type Journal = Pick<ChangeStore, 'find' | 'newest' | 'newestOfEach' | 'page' | 'all' | 'refusals'>;

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

    newestOfEach: ({ instances, setting }) =>
      database.read(async (db) => {
        if (instances.length === 0) return [];
        const rows = await db
          .with('wanted(instance)', () => wantedInstances(instances))
          .selectFrom('wanted')
          .innerJoin('changes', (join) =>
            join.on('changes.id', '=', ({ selectFrom }) =>
              selectFrom('changes')
                .select('id')
                .where('instance', '=', sql.ref<string>('wanted.instance'))
                .where('setting', '=', setting)
                .where(mayCount)
                .where('outcome', 'is not', null)
                .orderBy('id', 'desc')
                .limit(1),
            ),
          )
          .selectAll('changes')
          .execute();
        return rows.map(entryOf);
      }),

    page: (query) => database.read((db) => readPage(db, query)),

    all: () => readInPortions<JournalEntry>((last) => database.read((db) => readPortion(db, last?.id ?? ''))),
    refusals: () => readRefusals(database),
  };
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
