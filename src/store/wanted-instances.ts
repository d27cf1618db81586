import { type RawBuilder, sql } from 'kysely';

/** The instances, at least one, as a table of one column, so that one query can ask for each of them. */
export function wantedInstances(instances: readonly string[]): RawBuilder<{ instance: string }> {
  return sql`(values ${sql.join(instances.map((instance) => sql`(${instance})`))})`;
}
