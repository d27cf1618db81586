import { setTimeout as pause } from 'node:timers/promises';
import { ClaimLost, type HeldClaim, holdClaim } from './hold-claim.ts';
import { type ChangeStore, type Claim, StoreError } from './ports.ts';

export interface ClaimedWork {
  /** Works with the claim held; gives it back where the work was broken off, so that somebody can go on at once. */
  whileHeld(claim: Claim, piece: (held: HeldClaim) => Promise<void>): Promise<void>;
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
  onStoreError,
  ending,
}: {
  store: ChangeStore;
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
    async whileHeld(claim, piece) {
      const held = holdClaim(store, claim, ending);
      try {
        await piece(held);
      } catch (error) {
        // Nobody else may ever find a claim that does not end by itself.
        await untilRecorded(() => store.release(claim)).catch(() => undefined);
        throw error;
      } finally {
        held.letGo();
      }
    },
  };
}
