import type { ListChanges } from './change.ts';
import { ClaimLost } from './hold-claim.ts';
import type { JournalEntry, Outcome } from './journal-entry.ts';
import { changesNobody, realChanges } from './list-changes.ts';
import { nameOfError } from './name-of-error.ts';
import { type Gateway, GatewayError, type Log } from './ports.ts';

/** What applying one change works with. */
export type Applying = {
  gateway: Gateway;
  log: Log;
  /** Somebody had the change before, and may have sent it. */
  begunBefore: boolean;
  /** It waited longer than a change may. */
  isTooOld: boolean;
  /** Records, before anything is sent, what the lists are to change in truth. */
  noteRealChanges(lists: ListChanges): Promise<void>;
  /** Called before each request that changes something; throws `ClaimLost`. */
  beforeSend(): void;
  signal: AbortSignal;
};

/** Before a change is sent, the list may not keep the person waiting; afterwards it decides how the change ended. */
const readBeforeTimeoutMs = 1_000;

/** What is sent in one try, and what is known of it. */
type Attempt = {
  lists: ListChanges;
  /** The lists hold what is to change in truth; otherwise some of it may be so already. */
  areReal: boolean;
  /** The change may have been made before: that it can't be made now does not say that it was not. */
  mayBeMade: boolean;
};

/**
 * Makes one change, or finds out how it ended where it was begun before. A change without numbers can be sent again
 * without harm. One with numbers is sent with what is still to change on the list as it is read at that moment.
 *
 * @throws ClaimLost, and what `noteRealChanges` rejects with: then somebody else finds out how it ended.
 */
export async function applyChange(entry: JournalEntry, applying: Applying): Promise<Outcome> {
  const { begunBefore, isTooOld } = applying;
  if (isTooOld && !begunBefore) return { kind: 'expired' };
  if (!changesNobody(entry.change)) {
    return begunBefore ? settleWithList(entry, applying) : applyWithList(entry, applying);
  }
  if (isTooOld) return interrupted;
  return send(entry, { lists: entry.change, areReal: true, mayBeMade: begunBefore }, applying);
}

const interrupted: Outcome = { kind: 'unknown', failure: 'interrupted' };

async function applyWithList(entry: JournalEntry, applying: Applying): Promise<Outcome> {
  const list = await readList(entry, applying, readBeforeTimeoutMs);
  if (!list) return send(entry, { lists: entry.change, areReal: false, mayBeMade: false }, applying);
  const lists = realChanges(entry.change, list);
  await applying.noteRealChanges(lists);
  return send(entry, { lists, areReal: true, mayBeMade: false }, applying);
}

/** Somebody may have sent it: the list decides. What was so before that is known only if it was noted. */
async function settleWithList(entry: JournalEntry, applying: Applying): Promise<Outcome> {
  const list = await readList(entry, applying);
  if (!list) return interrupted;
  const shown = shownBy(list, entry.realChanges ?? entry.change);
  if (shown === 'done' && entry.realChanges) return { kind: 'applied' };
  if (applying.isTooOld) return shown === 'undone' ? { kind: 'expired' } : interrupted;
  const lists = realChanges(entry.change, list);
  return send(entry, { lists, areReal: true, mayBeMade: shown !== 'undone' }, applying);
}

/**
 * What a list says of changes to it. A private id on it may be anybody, so that nobody can be said to be missing then; and
 * no changes leave no trace.
 */
function shownBy(list: readonly string[], lists: ListChanges): 'done' | 'undone' | 'unclear' {
  if (changesNobody(lists)) return 'unclear';
  const left = realChanges(lists, list);
  if (changesNobody(left)) return 'done';
  return count(left) === count(lists) && list.every(isNumber) ? 'undone' : 'unclear';
}

async function send(entry: JournalEntry, attempt: Attempt, applying: Applying): Promise<Outcome> {
  const outcome = await sendOnce(entry, attempt, applying);
  const isOfTheList = entry.change.visibility === 'contacts-except';
  return isOfTheList && 'failure' in outcome && outcome.failure === 'refused'
    ? sendAfterConflict(entry, { attempt, refusal: outcome }, applying)
    : readBack(entry, { attempt, outcome }, applying);
}

/** WhatsApp refuses a change of a list that was changed on the phone meanwhile: read again, it is taken. */
async function sendAfterConflict(
  entry: JournalEntry,
  { attempt, refusal }: { attempt: Attempt; refusal: Outcome },
  applying: Applying,
): Promise<Outcome> {
  const list = await readList(entry, applying);
  if (!list) return refusal;
  const lists = realChanges(attempt.lists, list);
  if (!applying.begunBefore && !changesNobody(entry.change)) await applying.noteRealChanges(lists);
  // What the list shows by now may have been done by the try that was refused.
  const mayBeMade = attempt.mayBeMade || count(lists) < count(attempt.lists);
  const again = { lists, areReal: true, mayBeMade };
  return readBack(entry, { attempt: again, outcome: await sendOnce(entry, again, applying) }, applying);
}

/** Where it is not known whether the change was made, the list may show it. */
async function readBack(
  entry: JournalEntry,
  { attempt: { lists, areReal, mayBeMade }, outcome }: { attempt: Attempt; outcome: Outcome },
  applying: Applying,
): Promise<Outcome> {
  if (outcome.kind !== 'unknown' || changesNobody(lists)) return outcome;
  const list = await readList(entry, applying);
  const shown = list && shownBy(list, lists);
  // What was on the list before says nothing.
  if (shown === 'done' && areReal) return { kind: 'applied' };
  // Not a failure: the gateway may still be at it.
  return shown === 'undone' && !mayBeMade ? { ...outcome, notOnTheList: true } : outcome;
}

async function sendOnce(
  entry: JournalEntry,
  { lists, mayBeMade }: Attempt,
  applying: Applying,
): Promise<Outcome> {
  const { gateway, log, beforeSend, signal } = applying;
  const { setting, visibility } = entry.change;
  const { hide, showAgain } = lists;
  try {
    await gateway.apply({ setting, visibility, hide, showAgain }, { beforeSend, signal });
    return { kind: 'applied' };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof ClaimLost) throw error;
    if (!(error instanceof GatewayError)) {
      log.error({ change: entry.id, error: nameOfError(error) }, 'gateway broke its promise');
      return { kind: 'unknown', failure: 'unexpected-reply' };
    }
    log.warn({ change: entry.id, failure: error.kind, detail: error.detail }, 'gateway failed');
    const isUnchanged = error.changed === 'no' && !mayBeMade;
    return { kind: isUnchanged ? 'failed' : 'unknown', failure: error.kind };
  }
}

async function readList(
  { change }: JournalEntry,
  { gateway, signal }: Applying,
  timeoutMs?: number,
): Promise<string[] | undefined> {
  const list = await gateway
    .readHidden(change.setting, { signal, ...(timeoutMs !== undefined && { timeoutMs }) })
    .catch(() => undefined);
  signal.throwIfAborted();
  return list;
}

function count({ hide, showAgain }: ListChanges): number {
  return hide.length + showAgain.length;
}

function isNumber(entry: string): boolean {
  return /^\d+$/.test(entry);
}
