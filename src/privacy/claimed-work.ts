import { setTimeout as pause } from 'node:timers/promises';
import { ClaimLost, type HeldClaim, holdClaim } from './hold-claim.ts';
import { nameOfError } from './name-of-error.ts';
import { type ChangeStore, type ClaimedChange, type Log, StoreError } from './ports.ts';

export interface ClaimedWork {
  /**
   * Claims a change and works on it while the claim is held; gives it back where the work was broken off, so that somebody
   * can go on at once. Where that was not foreseen, the log has which change it was.
   *
   * @returns whether there was a change to claim, and the work on it was done.
   */
  onNext<Claimed extends ClaimedChange>(
    claimNext: () => Promise<Claimed | undefined>,
    piece: (claimed: Claimed, held: HeldClaim) => Promise<void>,
  ): Promise<boolean>;
  /**
   * Has the journal take what was done, however often that must be tried.
   *
   * @returns what the journal answers: whether the claim was still ours.
   * @throws ClaimLost when the bot stops first.
   */
  untilRecorded(record: () => Promise<boolean>): Promise<boolean>;
}

/** Short, so that what was done is noted before another process comes to do it again. */
const retryMs = 100;

/** How a change is worked on, by whoever claimed it, until `ending` aborts. */
export function createClaimedWork({
  store,
  log,
  onStoreError,
  ending,
}: {
  store: ChangeStore;
  log: Log;
  onStoreError: (error: StoreError) => void;
  ending: AbortSignal;
}): ClaimedWork {
  async function untilRecorded(record: () => Promise<boolean>): Promise<boolean> {
    for (;;) {
      try {
        return await record();
      } catch (error) {
        if (!(error instanceof StoreError)) throw error;
        onStoreError(error);
        await pause(retryMs, undefined, { signal: ending }).catch(() => {
          throw new ClaimLost();
        });
      }
    }
  }

  return {
    untilRecorded,
    async onNext(claimNext, piece) {
      const askedAtMs = performance.now();
      const claimed = await claimNext();
      if (!claimed) return false;
      const { claim } = claimed;
      const held = holdClaim(store, claim, { askedAtMs, ending });
      try {
        await piece(claimed, held);
        return true;
      } catch (error) {
        // Nobody else may ever find a claim that does not end by itself.
        await untilRecorded(() => store.release(claim)).catch(() => undefined);
        const isForeseen = error instanceof StoreError || error instanceof ClaimLost;
        if (isForeseen) throw error;
        log.error({ change: claim.id, error: nameOfError(error) }, 'work broken off');
        return false;
      } finally {
        held.letGo();
      }
    },
  };
}
