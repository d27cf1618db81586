import type { ListChanges } from './change.ts';
import { ClaimLost } from './hold-claim.ts';
import type { JournalEntry, Outcome } from './journal-entry.ts';
import { changesNobody, realChanges } from './list-changes.ts';
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

/**
 * Makes one change, or finds out how it ended where it was begun before. A change without numbers can be sent again
 * without harm. One with numbers is sent with what is still to change on the list as it is read at that moment.
 *
 * @throws ClaimLost, and what `noteRealChanges` rejects with: then somebody else finds out how it ended.
 */
export async function applyChange(entry: JournalEntry, applying: Applying): Promise<Outcome> {
  const { begunBefore, isTooOld } = applying;
  if (isTooOld && !begunBefore) return { kind: 'expired' };
  if (!changesNobody(entry.change)) return applyWithList(entry, applying);
  return isTooOld ? { kind: 'unknown', failure: 'interrupted' } : send(entry, entry.change, applying);
}

async function applyWithList(entry: JournalEntry, applying: Applying): Promise<Outcome> {
  const { begunBefore, noteRealChanges } = applying;
  const list = await readList(entry, applying, begunBefore ? undefined : readBeforeTimeoutMs);
  if (begunBefore) {
    const found = list && outcomeByList(entry, list, applying.isTooOld);
    if (!list || found) return found ?? { kind: 'unknown', failure: 'interrupted' };
  }
  const lists = list ? realChanges(entry.change, list) : entry.change;
  // What was so before somebody else sent it is known no more.
  if (list && !begunBefore) await noteRealChanges(lists);
  return send(entry, lists, applying, list !== undefined);
}

/** How a change that was begun before ended, as the list shows it; undefined where it is to be sent (again). */
function outcomeByList(
  { change, realChanges: real }: JournalEntry,
  list: readonly string[],
  isTooOld: boolean,
): Outcome | undefined {
  // Numbers that were on the list already say nothing: only a real change shows that the request was taken.
  if (real && !changesNobody(real) && changesNobody(realChanges(real, list))) return { kind: 'applied' };
  if (!isTooOld) return undefined;
  const isUntouched = count(realChanges(real ?? change, list)) === count(real ?? change);
  return isUntouched && !changesNobody(real ?? change)
    ? { kind: 'expired' }
    : { kind: 'unknown', failure: 'interrupted' };
}

/** `areReal`: the lists hold what is to change in truth; otherwise some of it may be so already. */
async function send(
  entry: JournalEntry,
  lists: ListChanges,
  applying: Applying,
  areReal = true,
): Promise<Outcome> {
  const outcome = await sendOnce(entry, lists, applying);
  if (entry.change.visibility !== 'contacts-except' || outcome.kind === 'applied') return outcome;
  if (outcome.kind === 'failed') {
    return outcome.failure === 'refused' ? sendAfterConflict(entry, lists, applying, outcome) : outcome;
  }
  return outcome.kind === 'unknown' && !changesNobody(lists)
    ? readBack(entry, lists, applying, outcome, areReal)
    : outcome;
}

/** WhatsApp refuses a change of a list that was changed on the phone meanwhile: read again, it is taken. */
async function sendAfterConflict(
  entry: JournalEntry,
  lists: ListChanges,
  applying: Applying,
  refusal: Outcome,
): Promise<Outcome> {
  const list = await readList(entry, applying);
  if (!list) return refusal;
  const left = realChanges(lists, list);
  if (!applying.begunBefore && !changesNobody(entry.change)) await applying.noteRealChanges(left);
  const outcome = await sendOnce(entry, left, applying);
  return outcome.kind === 'unknown' && !changesNobody(left)
    ? readBack(entry, left, applying, outcome)
    : outcome;
}

/** Whether the change was made is not known: the list may show it. */
async function readBack(
  entry: JournalEntry,
  lists: ListChanges,
  applying: Applying,
  unknown: Outcome & { kind: 'unknown' },
  areReal = true,
): Promise<Outcome> {
  const list = await readList(entry, applying);
  if (!list) return unknown;
  const left = realChanges(lists, list);
  // What was on the list before says nothing.
  if (changesNobody(left)) return areReal ? { kind: 'applied' } : unknown;
  // Not a failure: the gateway may still be at it.
  return count(left) === count(lists) ? { ...unknown, notOnTheList: true } : unknown;
}

async function sendOnce(entry: JournalEntry, lists: ListChanges, applying: Applying): Promise<Outcome> {
  const { gateway, log, beforeSend, signal } = applying;
  const { setting, visibility } = entry.change;
  try {
    await gateway.apply({ setting, visibility, ...onlyLists(lists) }, { beforeSend, signal });
    return { kind: 'applied' };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof ClaimLost) throw error;
    if (!(error instanceof GatewayError)) {
      log.error({ change: entry.id, error: classOf(error) }, 'gateway broke its promise');
      return { kind: 'unknown', failure: 'unexpected-reply' };
    }
    log.warn({ change: entry.id, failure: error.kind, detail: error.detail }, 'gateway failed');
    return { kind: error.changed === 'no' ? 'failed' : 'unknown', failure: error.kind };
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

function onlyLists({ hide, showAgain }: ListChanges): ListChanges {
  return { hide, showAgain };
}

function count({ hide, showAgain }: ListChanges): number {
  return hide.length + showAgain.length;
}

/** For logs. Unknown errors may hold secrets in their message, so that only their class is logged. */
function classOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
