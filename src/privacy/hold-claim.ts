import type { ChangeStore, Claim } from './ports.ts';

/** The right to work on a change is gone: somebody else may have it, or the bot stops. */
export class ClaimLost extends Error {
  readonly kind = 'claim-lost';
}

export interface HeldClaim {
  /** Aborts, with `ClaimLost`, when the claim is lost. */
  signal: AbortSignal;
  /** @throws ClaimLost where the claim is lost by the clock, also when no timer has run since: a process can be suspended. */
  assertHeld(): void;
  /** Renews it no longer. */
  letGo(): void;
}

/** Claims count as lost a little before the database says so. */
const safety = 0.8;
const renewalsPerLease = 4;
const looksPerLease = 60;

/**
 * Renews a claim until it is let go, lost, or ended by the signal.
 *
 * `askedAtMs`, by `performance.now()`: when the claim was asked for. Its lease may have begun then, long before the answer.
 */
export function holdClaim(
  store: ChangeStore,
  claim: Claim,
  { askedAtMs, ending }: { askedAtMs: number; ending: AbortSignal },
): HeldClaim {
  const lost = new AbortController();
  const lose = () => lost.abort(new ClaimLost());
  ending.addEventListener('abort', lose, { once: true });
  if (ending.aborted) lose();
  const validMs = store.leaseMs * safety;
  let validUntilMs = askedAtMs + validMs;

  async function renew(): Promise<void> {
    const askedAtMs = performance.now();
    try {
      if (await store.renew(claim)) validUntilMs = askedAtMs + validMs;
      else lose();
    } catch {
      // The store is out of reach: the claim holds as long as it was granted.
      if (performance.now() > validUntilMs) lose();
    }
  }

  const isLimited = Number.isFinite(store.leaseMs);
  const renewing = isLimited
    ? setInterval(() => void renew(), store.leaseMs / renewalsPerLease).unref()
    : undefined;
  const watching = isLimited
    ? setInterval(() => {
        if (performance.now() > validUntilMs) lose();
      }, store.leaseMs / looksPerLease).unref()
    : undefined;

  return {
    signal: lost.signal,
    assertHeld() {
      if (performance.now() > validUntilMs) lose();
      lost.signal.throwIfAborted();
    },
    letGo() {
      clearInterval(renewing);
      clearInterval(watching);
      ending.removeEventListener('abort', lose);
    },
  };
}
