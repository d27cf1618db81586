import type { JournalEntry, Submission } from '../privacy/journal-entry.ts';
import { type Recorded, StoreError } from '../privacy/ports.ts';
import type { Database, Db } from './database.ts';
import { entryOf } from './journal-row.ts';
import { findTooMany } from './rate-limit.ts';
import { isUnended } from './schema.ts';

/** Ids of other instances that an id may meet before something is wrong with how ids are made. */
const mostCollisions = 10;

/** What was promised to the submission, or to another of its form that is not ended yet. */
export async function findPromised(
  db: Db,
  { submissionId, formId }: Pick<Submission, 'submissionId' | 'formId'>,
): Promise<JournalEntry | undefined> {
  const rows = await db
    .selectFrom('changes')
    .selectAll()
    .where('submission_id', '=', submissionId)
    .unionAll(db.selectFrom('changes').selectAll().where('form_id', '=', formId).where(isUnended('changes')))
    .execute();
  const row = rows.find((found) => found.submission_id === submissionId) ?? rows[0];
  return row && entryOf(row);
}

/** Records a submission in a transaction that no other of the instance overlaps, so that the last id stays the last. */
export async function recordIn(
  db: Db,
  { nowMs }: Pick<Database, 'nowMs'>,
  submission: Submission,
  { newId, mostPerHour }: { newId: (after: string | undefined) => string; mostPerHour: number | undefined },
): Promise<Recorded> {
  for (let collisions = 0; collisions <= mostCollisions; collisions += 1) {
    const known = await findPromised(db, submission);
    if (known) return { entry: known, isNew: false };
    const tooMany = await findTooMany(db, nowMs, submission, mostPerHour);
    if (tooMany) return tooMany;
    const last = await db
      .selectFrom('changes')
      .select('id')
      .where('instance', '=', submission.instance)
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst();
    const id = newId(last?.id);
    if (last && id <= last.id) throw new StoreError('no', 'an id that does not follow the last one');
    const row = await db
      .insertInto('changes')
      .values({ ...columnsOf(submission), id, accepted_at_ms: nowMs })
      // The id is another instance's; or the submission was recorded meanwhile, for another instance.
      .onConflict((conflict) => conflict.doNothing())
      .returningAll()
      .executeTakeFirst();
    if (row) return { entry: entryOf(row), isNew: true };
  }
  throw new StoreError('no', 'no free id');
}

function columnsOf(submission: Submission) {
  const { change, place } = submission;
  return {
    submission_id: submission.submissionId,
    form_id: submission.formId,
    instance: submission.instance,
    setting: change.setting,
    visibility: change.visibility,
    hide: JSON.stringify(change.hide),
    show_again: JSON.stringify(change.showAgain),
    hide_count: change.hide.length,
    show_again_count: change.showAgain.length,
    by_user: submission.by,
    channel: place.channel,
    reply_url: place.replyUrl,
    tell_in: submission.tellIn,
    undoes: submission.undoes ?? null,
    looked_up: submission.lookedUp === undefined ? null : Number(submission.lookedUp),
    status: 'accepted',
    times_claimed: 0,
  };
}
