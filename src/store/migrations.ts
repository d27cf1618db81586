import { type Kysely, type RawBuilder, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { UnfitStore } from '../privacy/ports.ts';
import { MadeAtStart } from './made-at-start.ts';
import { refuseMoved } from './moved.ts';

/** What a migration writes differently on each database. `idType`: text that sorts by its bytes. */
export type ColumnTypes = { idType: RawBuilder<unknown> };

/** In order, and never changed once released: a database remembers by name which it has had. */
const migrations: Record<string, (db: Kysely<unknown>, types: ColumnTypes) => Promise<void>> = {
  async '0001-changes'(db, { idType }) {
    const statements = [
      sql`create table changes (
        id ${idType} not null primary key,
        submission_id text not null,
        form_id text not null,
        instance text not null,
        setting text not null,
        visibility text not null,
        hide text,
        show_again text,
        hide_count integer not null,
        show_again_count integer not null,
        by_user text not null,
        channel text not null,
        reply_url text not null,
        tell_in text not null,
        undoes text,
        accepted_at_ms bigint not null,
        status text not null,
        claim text,
        lease_until_ms bigint,
        times_claimed integer not null,
        real_changes text,
        outcome text,
        failure text,
        not_on_the_list integer,
        ended_at_ms bigint,
        told text,
        told_at_ms bigint
      )`,
      sql`create unique index changes_submission on changes (submission_id)`,
      sql`create index changes_history on changes (instance, id)`,
      sql`create index changes_queue on changes (instance, id) where status = 'accepted'`,
      sql`create index changes_form on changes (form_id) where status = 'accepted'`,
      sql`create index changes_telling on changes (tell_in, id) where status = 'ended'`,
      sql`create index changes_newest on changes (instance, setting, id)
        where (outcome is null or outcome in ('applied', 'unknown'))`,
      sql`create index changes_numbers on changes (accepted_at_ms) where hide is not null and hide_count + show_again_count > 0`,
      sql`create index changes_reply_url on changes (accepted_at_ms) where reply_url <> ''`,
      sql`create table probe (id integer not null primary key, padding text not null)`,
      sql`insert into probe (id, padding) values (1, '')`,
    ];
    for (const statement of statements) await statement.execute(db);
  },

  async '0002-proof-limits-refusals'(db, { idType }) {
    const statements = [
      sql`alter table changes add column looked_up integer`,
      sql`alter table changes add column proof text`,
      sql`alter table changes add column not_taken text`,
      sql`create index changes_by_person on changes (by_user, accepted_at_ms)`,
      sql`create index changes_of_number on changes (instance, accepted_at_ms)`,
      sql`create table refusals (
        id ${idType} not null primary key,
        at_ms bigint not null,
        by_user text not null,
        channel text not null,
        tried text not null,
        instance text,
        why text not null
      )`,
      sql`create unique index refusals_order on refusals (at_ms, id)`,
    ];
    for (const statement of statements) await statement.execute(db);
  },
};

const known = Object.keys(migrations);

/** Names of the migrations that the database has had. */
export async function readMigrations<T>(db: Kysely<T>): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === 'kysely_migration')) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  return rows.map(({ name }) => name);
}

/** Rejects a database that a newer version of the bot has brought up to date, or whose history was moved away. */
export function refuseNewer(executed: readonly string[]): void {
  refuseMoved(executed);
  if (executed.every((name) => known.includes(name))) return;
  throw new UnfitStore(
    'The database was brought up to date by a newer version of the bot. Run that version, or name another database.',
  );
}

/** Rejects a database that this version would have to bring up to date first. */
export function refuseOlder(executed: readonly string[]): void {
  if (known.every((name) => executed.includes(name))) return;
  throw new MadeAtStart(
    'The database was not brought up to date by this version of the bot. Start the bot once, then try again.',
    executed.length > 0,
  );
}

/** Brings the schema up to date. Several processes may do so at once. */
export async function migrate<T>(db: Kysely<T>, types: ColumnTypes): Promise<void> {
  refuseNewer(await readMigrations(db));
  const provider = { getMigrations: async () => migrationsWith(types) };
  const { error } = await new Migrator({ db, provider }).migrateToLatest();
  if (error === undefined) return;
  // A newer process may have been at it in between.
  refuseNewer(await readMigrations(db));
  throw error;
}

function migrationsWith(types: ColumnTypes): Record<string, Migration> {
  const entries = Object.entries(migrations);
  return Object.fromEntries(entries.map(([name, up]) => [name, { up: (db) => up(db, types) }]));
}
