import { sql } from 'kysely';
import type { JournalEntry } from '../privacy/journal-entry.ts';
import type { ChangeStore } from '../privacy/ports.ts';
import type { Db } from './database.ts';
import { entryOf } from './journal-row.ts';
import { wantedInstances } from './wanted-instances.ts';

type PageQuery = Parameters<ChangeStore['page']>[0];

/** Newest first: of those after an id the oldest, of any others the newest. */
export async function readPage(db: Db, { instances, ...wanted }: PageQuery): Promise<JournalEntry[]> {
  const found: JournalEntry[] = [];
  // One query for each, because the index on (instance, id) gives the order of one instance only.
  for (const instance of await instancesOnPage(db, { instances: [...new Set(instances)], ...wanted })) {
    const rows = await changesOf(db, wanted)
      .selectAll()
      .where('instance', '=', instance)
      .limit(wanted.limit)
      .execute();
    found.push(...rows.map(entryOf));
  }
  const newestFirst = found.sort((a, b) => (a.id < b.id ? 1 : -1));
  return wanted.after === undefined ? newestFirst.slice(0, wanted.limit) : newestFirst.slice(-wanted.limit);
}

/** Of many instances only as many as the page has rows can be on it: those whose first change comes first. */
async function instancesOnPage(db: Db, { instances, ...wanted }: PageQuery): Promise<readonly string[]> {
  if (instances.length <= wanted.limit) return instances;
  const rows = await db
    .with('wanted(instance)', () => wantedInstances(instances))
    // Materialized: PostgreSQL would look for each first change twice, to filter and to sort.
    .with(
      (cte) => cte('firsts').materialized(),
      (given) =>
        given
          .selectFrom('wanted')
          .select([
            'instance',
            changesOf(db, wanted)
              .select('id')
              .where('instance', '=', sql.ref<string>('wanted.instance'))
              .limit(1)
              .as('first'),
          ]),
    )
    .selectFrom('firsts')
    .select('instance')
    .where('first', 'is not', null)
    .orderBy('first', orderOf(wanted))
    .limit(wanted.limit)
    .execute();
  return rows.map(({ instance }) => instance);
}

function changesOf(db: Db, wanted: Omit<PageQuery, 'instances' | 'limit'>) {
  let query = db.selectFrom('changes').orderBy('id', orderOf(wanted));
  if (wanted.setting !== undefined) query = query.where('setting', '=', wanted.setting);
  if (wanted.before !== undefined) query = query.where('id', '<', wanted.before);
  if (wanted.after !== undefined) query = query.where('id', '>', wanted.after);
  return query;
}

function orderOf({ after }: { after?: string }): 'asc' | 'desc' {
  return after === undefined ? 'desc' : 'asc';
}
