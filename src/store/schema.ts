import { type RawBuilder, sql } from 'kysely';

/**
 * A change, from its promise to its being told. Lists are JSON, null once they are erased; times are milliseconds since
 * 1970. The columns are narrower than their types say: rows are validated where they are read.
 */
export interface ChangesTable {
  id: string;
  submission_id: string;
  form_id: string;
  instance: string;
  setting: string;
  visibility: string;
  hide: string | null;
  show_again: string | null;
  hide_count: number;
  show_again_count: number;
  by_user: string;
  channel: string;
  reply_url: string;
  tell_in: string;
  undoes: string | null;
  looked_up: number | null;
  accepted_at_ms: number;
  /** `accepted`, `ended` or `told`. Whether an accepted one was begun, `times_claimed` says. */
  status: string;
  /** The token of who has it. */
  claim: string | null;
  /** When the claim ends by itself; null is never. */
  lease_until_ms: number | null;
  /** How often it was claimed for applying. */
  times_claimed: number;
  real_changes: string | null;
  outcome: string | null;
  failure: string | null;
  not_on_the_list: number | null;
  proof: string | null;
  /** Both lists of what the list did not show after the change. Null also once it is erased. */
  not_taken: string | null;
  ended_at_ms: number | null;
  told: string | null;
  told_at_ms: number | null;
}

/** Somebody who was refused. The id only tells apart those of one millisecond. */
export interface RefusalsTable {
  id: string;
  at_ms: number;
  by_user: string;
  channel: string;
  tried: string;
  instance: string | null;
  why: string;
}

/** One row, which is written to see whether writing works. */
export interface ProbeTable {
  id: number;
  padding: string;
}

export interface Tables {
  changes: ChangesTable;
  refusals: RefusalsTable;
  probe: ProbeTable;
}

// An index on a part of a table is used only where the query repeats the words that say which part: hence literals, never
// parameters. The migrations have the same words.

/** Accepted, and not ended yet. */
export function isUnended(table: string): RawBuilder<boolean> {
  return sql`${sql.ref(`${table}.status`)} = 'accepted'`;
}

/** Ended, and not told yet. */
export function isUntold(table: string): RawBuilder<boolean> {
  return sql`${sql.ref(`${table}.status`)} = 'ended'`;
}

/** Was applied, or may have been, or may still be. */
export const mayCount: RawBuilder<boolean> = sql`(outcome is null or outcome in ('applied', 'unknown'))`;

export const hasNumbers: RawBuilder<boolean> = sql`hide is not null and hide_count + show_again_count > 0`;

export const hasReplyUrl: RawBuilder<boolean> = sql`reply_url <> ''`;
