import type { Selectable } from 'kysely';
import { z } from 'zod';
import { type ListChanges, visibilities } from '../privacy/change.ts';
import {
  failureKinds,
  type JournalEntry,
  type Outcome,
  type Proof,
  toldKinds,
} from '../privacy/journal-entry.ts';
import { StoreError } from '../privacy/ports.ts';
import { type SettingId, settings } from '../privacy/settings.ts';
import type { ChangesTable } from './schema.ts';

const phones = z.array(z.string());
const listChanges = z.object({ hide: z.array(z.string()), showAgain: z.array(z.string()) });
const timeMs = z.int().transform((ms) => new Date(ms));
const failureKind = z.enum(failureKinds);

const columns = z.object({
  id: z.string(),
  instance: z.string(),
  setting: z.custom<SettingId>((value) => typeof value === 'string' && Object.hasOwn(settings, value)),
  visibility: z.enum(visibilities),
  hide: jsonOf(phones).nullable(),
  show_again: jsonOf(phones).nullable(),
  hide_count: z.int(),
  show_again_count: z.int(),
  by_user: z.string(),
  channel: z.string(),
  reply_url: z.string(),
  tell_in: z.string(),
  undoes: z.string().nullable(),
  looked_up: z.int().nullable(),
  accepted_at_ms: timeMs,
  real_changes: jsonOf(listChanges).nullable(),
  ended_at_ms: timeMs.nullable(),
  told: z.enum(toldKinds).nullable(),
  told_at_ms: timeMs.nullable(),
});

const outcomes = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.null() }),
  z.object({
    outcome: z.literal('applied'),
    proof: z.enum(['verified', 'not-taken', 'unread']).nullable(),
    not_taken: jsonOf(listChanges).nullable(),
  }),
  z.object({ outcome: z.literal('expired') }),
  z.object({ outcome: z.literal('failed'), failure: failureKind }),
  z.object({ outcome: z.literal('unknown'), failure: failureKind, not_on_the_list: z.int().nullable() }),
]);

/** What an outcome is in the table. */
export function outcomeColumns(outcome: Outcome) {
  const noted = outcome.kind === 'unknown' ? outcome.notOnTheList : undefined;
  const proof = outcome.kind === 'applied' ? outcome.proof : undefined;
  return {
    outcome: outcome.kind,
    failure: 'failure' in outcome ? outcome.failure : null,
    not_on_the_list: noted === undefined ? null : Number(noted),
    proof: proof?.kind ?? null,
    not_taken: proof?.kind === 'not-taken' ? listsText(proof.missing) : null,
  };
}

export function listsText({ hide, showAgain }: ListChanges): string {
  return JSON.stringify({ hide, showAgain });
}

/** The change in a row. Throws `StoreError` where a row is none. */
export function entryOf(raw: Selectable<ChangesTable>): JournalEntry {
  const parsed = columns.safeParse(raw);
  const ended = outcomes.safeParse(raw);
  if (!parsed.success || !ended.success) throw new StoreError('no', 'unreadable row');
  const row = parsed.data;
  const outcome = outcomeOf(ended.data);
  return {
    id: row.id,
    instance: row.instance,
    change: {
      setting: row.setting,
      visibility: row.visibility,
      hide: row.hide ?? [],
      showAgain: row.show_again ?? [],
    },
    by: row.by_user,
    place: { channel: row.channel, replyUrl: row.reply_url },
    tellIn: row.tell_in,
    ...(row.undoes !== null && { undoes: row.undoes }),
    ...(row.looked_up !== null && { lookedUp: row.looked_up === 1 }),
    acceptedAt: row.accepted_at_ms,
    ...(outcome && { outcome }),
    ...(row.ended_at_ms && { endedAt: row.ended_at_ms }),
    ...(row.told && { told: row.told }),
    ...(row.told_at_ms && { toldAt: row.told_at_ms }),
    ...(row.real_changes && { realChanges: row.real_changes }),
    named: { hide: row.hide_count, showAgain: row.show_again_count },
    numbersErased: row.hide === null,
  };
}

function outcomeOf(row: z.output<typeof outcomes>): Outcome | undefined {
  switch (row.outcome) {
    case null:
      return undefined;
    case 'applied':
      return { kind: 'applied', ...(row.proof && { proof: proofOf(row.proof, row.not_taken) }) };
    case 'expired':
      return { kind: 'expired' };
    case 'failed':
      return { kind: 'failed', failure: row.failure };
    case 'unknown':
      return {
        kind: 'unknown',
        failure: row.failure,
        ...(row.not_on_the_list !== null && { notOnTheList: row.not_on_the_list === 1 }),
      };
  }
}

/** Without the numbers that were erased it is still known that the list did not show the change. */
function proofOf(kind: Proof['kind'], missing: ListChanges | null): Proof {
  return kind === 'not-taken' ? { kind, missing: missing ?? { hide: [], showAgain: [] } } : { kind };
}

function jsonOf<T extends z.ZodType>(schema: T) {
  return z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue('not JSON');
        return z.NEVER;
      }
    })
    .pipe(schema);
}
