import { applyChange } from './apply-change.ts';
import { createAwaitedOutcomes } from './awaited-outcomes.ts';
import type { PrivacyChange } from './change.ts';
import { createClaimedWork } from './claimed-work.ts';
import { ClaimLost, type HeldClaim } from './hold-claim.ts';
import type { JournalEntry, Outcome, Submission } from './journal-entry.ts';
import { createLinesOfWork } from './lines-of-work.ts';
import { type Meter, noMeter } from './meter.ts';
import { nameOfError } from './name-of-error.ts';
import {
  type Audit,
  type ChangeStore,
  type ClaimedChange,
  type Gateway,
  type Log,
  StoreError,
  type TooMany,
} from './ports.ts';
import type { SettingMemory } from './setting-memory.ts';
import { isStillNewest, planUndo } from './undo.ts';

/** A change that is on disk, and how it ends. `outcome` never rejects; it is undefined where the bot stops before. */
export type Promised = { entry: JournalEntry; outcome: Promise<Outcome | undefined> };

export interface ChangeApplier {
  /** What was promised to the same submission delivered before, or to one of the same form that is still under way. */
  promisedTo(submission: Pick<Submission, 'submissionId' | 'formId'>): Promise<Promised | undefined>;
  /** Records a submission; resolves when it is on disk, or with why it is one too many. Rejects with `StoreError`. */
  accept(submission: Submission): Promise<Promised | TooMany>;
  /** Looks for work that others left, or that was left before a restart. Rejects with `StoreError`. */
  lookForWork(): Promise<void>;
  /** Resolves when nothing is applied or told any more. */
  drained(): Promise<void>;
  /** Ends all work at once. What is not done stays in the journal. */
  abandon(): void;
}

/** Takes changes through the journal: accepted, applied, told. Each instance and each channel is a line of its own. */
export function createChangeApplier(options: {
  store: ChangeStore;
  gateways: ReadonlyMap<string, Gateway>;
  audit: Audit;
  settings: SettingMemory;
  log: Log;
  meter?: Meter;
  newId: (after: string | undefined) => string;
  maxAgeMs: number;
  /** By one person, and of one number; undefined: no limit. */
  mostPerHour: number | undefined;
  /** A change ended: what was read of the number before may not be so any more. */
  onEnded?: (entry: JournalEntry) => void;
  /** The store failed; what could not be done is done later. */
  onStoreError: (error: StoreError) => void;
  now?: () => number;
}): ChangeApplier {
  const { store, gateways, audit, settings, log, newId, maxAgeMs, mostPerHour } = options;
  const { meter = noMeter, onEnded, onStoreError, now = Date.now } = options;
  const abandoned = new AbortController();
  const outcomes = createAwaitedOutcomes(store, abandoned.signal);
  const claimed = createClaimedWork({ store, log, onStoreError, ending: abandoned.signal });
  const applying = createLinesOfWork((instance) => work(() => applyNext(instance)));
  const telling = createLinesOfWork((channel) => work(() => tellNext(channel)));

  /** One piece of work. Where it can't be done now, it is found again when work is looked for. */
  async function work(piece: () => Promise<boolean>): Promise<boolean> {
    if (abandoned.signal.aborted) return false;
    try {
      return await piece();
    } catch (error) {
      if (error instanceof StoreError) onStoreError(error);
      else if (!(error instanceof ClaimLost)) log.error({ error: nameOfError(error) }, 'work broken off');
      return false;
    }
  }

  function applyNext(instance: string): Promise<boolean> {
    return claimed.onNext(
      () => store.claimNext(instance),
      async (change, held) => {
        const { claim, entry } = change;
        const startedMs = now();
        log.info({ change: entry.id, waitedMs: sinceAccepted(entry) }, 'change claimed');
        const outcome = await outcomeOf(change, held);
        onEnded?.(entry);
        const endedAt = new Date(now());
        const isRecorded = await claimed.untilRecorded(() => store.end(claim, outcome, endedAt));
        if (!isRecorded) throw new ClaimLost();
        log.info({ change: entry.id, ms: now() - startedMs, ...loggedOf(outcome) }, 'change ended');
        meter.note({ what: 'change ended', outcome, ms: sinceAccepted(entry) });
        // A form that is opened from now on shows what was set.
        settings.note({ ...entry, outcome, endedAt });
        outcomes.ended(entry.id, outcome);
        telling.wake(entry.tellIn);
      },
    );
  }

  async function outcomeOf(
    { claim, entry, begunBefore }: ClaimedChange & { begunBefore: boolean },
    held: HeldClaim,
  ): Promise<Outcome> {
    const gateway = gateways.get(entry.instance);
    if (!gateway && !isTooOld(entry)) throw new ClaimLost();
    // Nobody can make it any more, or find out.
    if (!gateway) return begunBefore ? { kind: 'unknown', failure: 'interrupted' } : { kind: 'expired' };
    if (begunBefore) log.warn({ change: entry.id }, 'change was begun before, finding out how it ended');
    if (entry.undoes && !(await isStillNewest(store, entry))) return { kind: 'failed', failure: 'overtaken' };
    return applyChange(entry, {
      gateway,
      log,
      begunBefore,
      isTooOld: isTooOld(entry),
      async noteRealChanges(lists) {
        if (!(await store.noteRealChanges(claim, lists))) throw new ClaimLost();
      },
      beforeSend: held.assertHeld,
      signal: held.signal,
    });
  }

  function sinceAccepted({ acceptedAt }: JournalEntry): number {
    return now() - acceptedAt.getTime();
  }

  function isTooOld(entry: JournalEntry): boolean {
    return sinceAccepted(entry) > maxAgeMs;
  }

  /** Whether changes of an instance that this process does not know are left behind: another process may know it. */
  async function isLeftBehind(instance: string): Promise<boolean> {
    const [newest] = await store.page({ instances: [instance], limit: 1 });
    return newest !== undefined && isTooOld(newest);
  }

  function tellNext(channel: string): Promise<boolean> {
    return claimed.onNext(
      () => store.claimToTell(channel),
      async ({ claim, entry }, { assertHeld, signal }) => {
        const { outcome, endedAt } = entry;
        if (!outcome || !endedAt) throw new TypeError('a change that has not ended');
        const undo = await undoOf(entry);
        const ended = { ...entry, outcome, endedAt };
        const told = await audit.tell(ended, { undo, beforeSend: assertHeld, signal });
        await claimed.untilRecorded(() => store.noteTold(claim, told, new Date(now())));
        const line = told === 'not-told' ? log.error : log.info;
        line.call(log, { change: entry.id }, `change ${told.replace('-', ' ')}`);
        meter.note({ what: 'change told', told, ms: sinceAccepted(entry) });
      },
    );
  }

  /** The change that would undo it, as far as the journal says. */
  async function undoOf(entry: JournalEntry): Promise<PrivacyChange | undefined> {
    try {
      // What is under way may come to nothing, and the button looks again.
      const planned = await planUndo(store, entry, { underWay: false });
      return planned.ok ? planned.change : undefined;
    } catch (error) {
      if (error instanceof StoreError) return undefined;
      throw error;
    }
  }

  function promise(entry: JournalEntry): Promised {
    return { entry, outcome: outcomes.of(entry) };
  }

  return {
    async promisedTo(submission) {
      const entry = await store.promisedTo(submission);
      return entry && promise(entry);
    },
    async accept(submission) {
      const recorded = await store.record(submission, newId, { mostPerHour }).catch((error: unknown) => {
        if (error instanceof StoreError) onStoreError(error);
        throw error;
      });
      if ('tooMany' in recorded) {
        log.warn({ by: submission.by, tooMany: recorded.tooMany }, 'change not accepted');
        meter.note({ what: 'refused', why: recorded.tooMany });
        return recorded;
      }
      const { entry, isNew } = recorded;
      const promised = promise(entry);
      if (isNew) {
        const { id, by, undoes } = entry;
        const { visibility } = entry.change;
        log.info({ change: id, by, visibility, ...entry.named, undoes }, 'change accepted');
        meter.note({ what: 'change accepted' });
        if (gateways.has(entry.instance)) applying.wake(entry.instance);
      }
      return promised;
    },
    async lookForWork() {
      for (const instance of await store.claimableInstances()) {
        if (gateways.has(instance) || (await isLeftBehind(instance))) applying.wake(instance);
      }
      for (const channel of await store.channelsToTell()) telling.wake(channel);
    },
    async drained() {
      await applying.idle();
      await telling.idle();
    },
    abandon: () => abandoned.abort(),
  };
}

/** The proof of an outcome has phone numbers in it. */
function loggedOf(outcome: Outcome): object {
  return outcome.kind === 'applied' ? { kind: outcome.kind, proof: outcome.proof?.kind } : outcome;
}
