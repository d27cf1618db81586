import { setTimeout as pause } from 'node:timers/promises';
import type { ListChanges } from './change.ts';
import { ClaimLost } from './hold-claim.ts';
import type { JournalEntry, Outcome } from './journal-entry.ts';
import {
  asListed,
  changesNobody,
  changesToSend,
  type HiddenList,
  isNumber,
  realChanges,
} from './list-changes.ts';
import { nameOfError } from './name-of-error.ts';
import { type Gateway, GatewayError, type Log } from './ports.ts';
import { createListReader, type ReadList } from './read-list.ts';

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
  /** The pauses before each time that the list is read to prove a change. */
  proofPausesMs?: readonly number[] | undefined;
};

/** Before a change is sent, the list may not keep the person waiting; afterwards it decides how the change ended. */
const readBeforeTimeoutMs = 1_000;
/** A change that was confirmed may come to the list a little later. */
const usualProofPausesMs = [0, 700, 2_000];
const proofTimeoutMs = 3_000;

/** What is sent in one try, and what is known of it. */
type Attempt = {
  lists: ListChanges;
  /** The list as it was read before; undefined: some of `lists` may be so already. */
  before: HiddenList | undefined;
  /** The change may have been made before: that it can't be made now does not say that it was not. */
  mayBeMade: boolean;
};

type Work = Applying & { entry: JournalEntry; readList: ReadList };

/**
 * Makes one change, or finds out how it ended where it was begun before. A change without numbers can be sent again
 * without harm. One with numbers is sent with what is still to change on the list as it is read at that moment, and the
 * list is read back afterwards.
 *
 * @throws ClaimLost, and what `noteRealChanges` rejects with: then somebody else finds out how it ended.
 */
export async function applyChange(entry: JournalEntry, applying: Applying): Promise<Outcome> {
  const work: Work = { ...applying, entry, readList: createListReader(entry.change, applying) };
  const { begunBefore, isTooOld } = applying;
  if (isTooOld && !begunBefore) return { kind: 'expired' };
  if (!changesNobody(entry.change)) return begunBefore ? settleWithList(work) : applyWithList(work);
  if (isTooOld) return interrupted;
  return send({ lists: entry.change, before: undefined, mayBeMade: begunBefore }, work);
}

const interrupted: Outcome = { kind: 'unknown', failure: 'interrupted' };

async function applyWithList(work: Work): Promise<Outcome> {
  const { entry, readList, noteRealChanges } = work;
  const before = await readList({ timeoutMs: readBeforeTimeoutMs });
  if (!before) return send({ lists: entry.change, before, mayBeMade: false }, work);
  const lists = changesToSend(entry.change, before);
  await noteRealChanges(lists);
  return send({ lists, before, mayBeMade: false }, work);
}

/** Somebody may have sent it: the list decides. What was so before that is known only if it was noted. */
async function settleWithList(work: Work): Promise<Outcome> {
  const { entry, isTooOld, readList } = work;
  const before = await readList();
  if (!before) return interrupted;
  const shown = shownBy(before, entry.realChanges ?? entry.change);
  if (shown === 'done' && entry.realChanges) return shownAs(before, entry);
  if (isTooOld) return shown === 'undone' ? { kind: 'expired' } : interrupted;
  return send({ lists: changesToSend(entry.change, before), before, mayBeMade: shown !== 'undone' }, work);
}

/** What a list says of changes to it; no changes leave no trace. */
function shownBy(list: HiddenList, lists: ListChanges): 'done' | 'undone' | 'unclear' {
  if (changesNobody(lists)) return 'unclear';
  const left = realChanges(lists, list);
  if (changesNobody(left)) return canSayWhoIsOff(list, lists) ? 'done' : 'unclear';
  return count(left) === count(lists) && list.isConclusive ? 'undone' : 'unclear';
}

async function send(attempt: Attempt, work: Work): Promise<Outcome> {
  const outcome = await sendOnce(attempt, work);
  const isOfTheList = work.entry.change.visibility === 'contacts-except';
  return isOfTheList && 'failure' in outcome && outcome.failure === 'refused'
    ? sendAfterConflict(attempt, outcome, work)
    : readBack(attempt, outcome, work);
}

/** WhatsApp refuses a change of a list that was changed on the phone meanwhile: read again, it is taken. */
async function sendAfterConflict(attempt: Attempt, refusal: Outcome, work: Work): Promise<Outcome> {
  const { entry, begunBefore, noteRealChanges, readList } = work;
  const before = await readList();
  if (!before) return refusal;
  const lists = changesToSend(attempt.lists, before);
  if (!begunBefore && !changesNobody(entry.change)) await noteRealChanges(lists);
  // What the list shows by now may have been done by the try that was refused.
  const mayBeMade = attempt.mayBeMade || count(lists) < count(attempt.lists);
  const again = { lists, before, mayBeMade };
  return readBack(again, await sendOnce(again, work), work);
}

/** What was confirmed is looked for on the list; and where it is not known whether the change was made, it may show it. */
async function readBack(attempt: Attempt, outcome: Outcome, work: Work): Promise<Outcome> {
  const { entry, readList } = work;
  if (outcome.kind === 'applied') return changesNobody(entry.change) ? outcome : prove(work);
  const { lists, before, mayBeMade } = attempt;
  if (outcome.kind !== 'unknown' || changesNobody(lists)) return outcome;
  const list = await readList();
  const shown = list && shownBy(list, lists);
  // What was on the list before says nothing.
  if (list && shown === 'done' && before) return shownAs(list, entry);
  // Not a failure: the gateway may still be at it.
  return shown === 'undone' && !mayBeMade ? { ...outcome, notOnTheList: true } : outcome;
}

/** The gateway said that it was done: so the list should say, too. */
async function prove(work: Work): Promise<Outcome> {
  const { entry, readList, signal, proofPausesMs = usualProofPausesMs } = work;
  let outcome: Outcome = { kind: 'applied', proof: { kind: 'unread' } };
  for (const pauseMs of proofPausesMs) {
    await pause(pauseMs, undefined, { signal }).catch(() => signal.throwIfAborted());
    const list = await readList({ timeoutMs: proofTimeoutMs });
    if (!list) return outcome;
    outcome = shownAs(list, entry);
    if (outcome.proof?.kind !== 'not-taken') return outcome;
  }
  return outcome;
}

/** Whoever is to be off the list may be on it under a private id. */
function canSayWhoIsOff({ isConclusive }: HiddenList, { showAgain }: ListChanges): boolean {
  return isConclusive || !showAgain.some(isNumber);
}

function shownAs(list: HiddenList, { change }: JournalEntry): Extract<Outcome, { kind: 'applied' }> {
  const { hide, showAgain } = realChanges(change, list);
  // Who is not found may be there under a private id.
  const missing = { hide: list.isConclusive ? hide : [], showAgain };
  if (!changesNobody(missing)) return { kind: 'applied', proof: { kind: 'not-taken', missing } };
  const isShown = hide.length === 0 && canSayWhoIsOff(list, change);
  return { kind: 'applied', proof: { kind: isShown ? 'verified' : 'unread' } };
}

async function sendOnce({ lists, before, mayBeMade }: Attempt, work: Work): Promise<Outcome> {
  const { entry, gateway, log, beforeSend, signal } = work;
  const { setting, visibility } = entry.change;
  const { hide } = lists;
  // Taken off is who is on the list, by the name that the list has for them.
  const showAgain = before ? asListed(lists.showAgain, before) : lists.showAgain;
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

function count({ hide, showAgain }: ListChanges): number {
  return hide.length + showAgain.length;
}
