import { type RawBuilder, sql, type UpdateObject } from 'kysely';
import type { ChangeStore, Claim } from '../privacy/ports.ts';
import type { Database } from './database.ts';
import { entryOf, listsText, outcomeColumns } from './journal-row.ts';
import { isUnended, isUntold, type Tables } from './schema.ts';

type Claims = Pick<
  ChangeStore,
  | 'claimNext'
  | 'claimableInstances'
  | 'renew'
  | 'release'
  | 'noteRealChanges'
  | 'end'
  | 'claimToTell'
  | 'channelsToTell'
  | 'noteTold'
>;

/**
 * The queues: of each instance for applying, of each channel for telling. Only the head of a queue can be claimed, and a
 * claim is one statement that looks at the head again when it has the row: of two that claim at once one finds it taken,
 * and gets nothing, instead of the change behind it.
 */
export function createClaims(database: Database): Claims {
  const { leaseMs, nowMs } = database;
  const leaseUntilMs: RawBuilder<number | null> =
    leaseMs === Number.POSITIVE_INFINITY ? sql`null` : sql`${nowMs} + ${leaseMs}`;

  function isFree(table: string): RawBuilder<boolean> {
    const [claim, until] = [sql.ref(`${table}.claim`), sql.ref(`${table}.lease_until_ms`)];
    return sql`(${claim} is null or ${until} <= ${nowMs})`;
  }

  /** The keys of the queues whose head is free. */
  async function keysOfFree(key: 'instance' | 'tell_in', isQueued: (table: string) => RawBuilder<boolean>) {
    const rows = await database.read((db) =>
      db
        .selectFrom('changes as head')
        .select(`head.${key} as key`)
        .where(isQueued('head'))
        .where(isFree('head'))
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('changes as earlier')
                .select('earlier.id')
                .whereRef(`earlier.${key}`, '=', `head.${key}`)
                .where(isQueued('earlier'))
                .whereRef('earlier.id', '<', 'head.id'),
            ),
          ),
        )
        .execute(),
    );
    return rows.map((row) => row.key);
  }

  async function claimHead(
    queue: { key: 'instance' | 'tell_in'; value: string; isQueued: (table: string) => RawBuilder<boolean> },
    noted: { status?: string; times_claimed?: RawBuilder<number> },
  ) {
    const token = database.newToken();
    const row = await database.write((db) =>
      db
        .updateTable('changes')
        .set({ claim: token, lease_until_ms: leaseUntilMs, ...noted })
        .where('id', '=', ({ selectFrom }) =>
          selectFrom('changes as head')
            .select('head.id')
            .where(`head.${queue.key}`, '=', queue.value)
            .where(queue.isQueued('head'))
            .orderBy('head.id')
            .limit(1),
        )
        .where(queue.isQueued('changes'))
        .where(isFree('changes'))
        .returningAll()
        .executeTakeFirst(),
    );
    if (!row) return undefined;
    const claim = { id: row.id, token };
    try {
      return { claim, entry: entryOf(row), timesClaimed: row.times_claimed };
    } catch (error) {
      // A row that this version can't read must not stay claimed: another version may.
      await updateClaimed(claim, givenBack);
      throw error;
    }
  }

  /** Whether the claim was still good. */
  async function updateClaimed(
    claim: Claim,
    columns: UpdateObject<Tables, 'changes'>,
    isInPhase: RawBuilder<boolean> = sql`true`,
  ): Promise<boolean> {
    const { numUpdatedRows } = await database.write((db) =>
      db
        .updateTable('changes')
        .set(columns)
        .where('id', '=', claim.id)
        .where('claim', '=', claim.token)
        .where(isInPhase)
        .executeTakeFirstOrThrow(),
    );
    return numUpdatedRows > 0n;
  }

  return {
    async claimNext(instance) {
      const claimed = await claimHead(
        { key: 'instance', value: instance, isQueued: isUnended },
        { times_claimed: sql`times_claimed + 1` },
      );
      return claimed && { claim: claimed.claim, entry: claimed.entry, begunBefore: claimed.timesClaimed > 1 };
    },
    claimableInstances: () => keysOfFree('instance', isUnended),

    renew: (claim) => updateClaimed(claim, { lease_until_ms: leaseUntilMs }),
    release: (claim) => updateClaimed(claim, givenBack),
    noteRealChanges: (claim, realChanges) => updateClaimed(claim, { real_changes: listsText(realChanges) }),
    end: (claim, outcome, endedAt) =>
      updateClaimed(
        claim,
        { ...givenBack, ...outcomeColumns(outcome), status: 'ended', ended_at_ms: endedAt.getTime() },
        isUnended('changes'),
      ),

    async claimToTell(channel) {
      const claimed = await claimHead({ key: 'tell_in', value: channel, isQueued: isUntold }, {});
      return claimed && { claim: claimed.claim, entry: claimed.entry };
    },
    channelsToTell: () => keysOfFree('tell_in', isUntold),
    noteTold: (claim, told, toldAt) =>
      updateClaimed(
        claim,
        { ...givenBack, status: 'told', told, told_at_ms: toldAt.getTime(), reply_url: '' },
        isUntold('changes'),
      ),
  };
}

const givenBack = { claim: null, lease_until_ms: null };
