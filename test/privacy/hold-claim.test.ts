import { afterEach, describe, expect, test } from '@jest/globals';
import { ClaimLost, type HeldClaim, holdClaim } from '../../src/privacy/hold-claim.ts';
import { type ChangeStore, type Claim, StoreError } from '../../src/privacy/ports.ts';
import { until } from '../until.ts';

const claim: Claim = { id: '0d2fh7k3mabc', token: 'token' };
const held: HeldClaim[] = [];
afterEach(() => {
  for (const each of held.splice(0)) each.letGo();
});

/** A claim on a store that answers a renewal as the test says, and counts them. */
function hold({
  leaseMs = 200,
  renew = async () => true,
  ending = new AbortController().signal,
}: {
  leaseMs?: number;
  renew?: () => Promise<boolean>;
  ending?: AbortSignal;
} = {}) {
  let renewals = 0;
  const store = {
    leaseMs,
    renew(renewed: Claim) {
      expect(renewed).toEqual(claim);
      renewals += 1;
      return renew();
    },
  } as ChangeStore;
  const one = holdClaim(store, claim, { askedAtMs: performance.now(), ending });
  held.push(one);
  return { ...one, renewals: () => renewals };
}

function expectLost({ signal, assertHeld }: HeldClaim): void {
  expect(signal.aborted).toBe(true);
  expect(signal.reason).toBeInstanceOf(ClaimLost);
  expect(assertHeld).toThrow(ClaimLost);
}

/** As a process is that was suspended: time goes by, and no timer runs. */
function suspend(ms: number): void {
  const endMs = performance.now() + ms;
  while (performance.now() < endMs);
}

describe('a claim', () => {
  test('is held from the beginning', () => {
    const { signal, assertHeld } = hold();
    expect(signal.aborted).toBe(false);
    expect(assertHeld).not.toThrow();
  });

  test('is renewed in good time, so that it outlives its lease', async () => {
    const { signal, assertHeld, renewals } = hold();
    const beganMs = performance.now();
    await until(() => performance.now() - beganMs > 500, 'two leases and a half');
    expect(renewals()).toBeGreaterThanOrEqual(5);
    expect(signal.aborted).toBe(false);
    expect(assertHeld).not.toThrow();
  });

  test('that does not end by itself is never renewed, however long it lasts', async () => {
    const { assertHeld, renewals } = hold({ leaseMs: Number.POSITIVE_INFINITY });
    const other = hold({ leaseMs: 40 });
    await until(() => other.renewals() > 3, 'renewals of another claim');
    suspend(50);
    expect(assertHeld).not.toThrow();
    expect(renewals()).toBe(0);
  });

  test('that was let go is renewed no more', async () => {
    const { letGo, renewals } = hold({ leaseMs: 40 });
    await until(() => renewals() > 0, 'a renewal');
    letGo();
    const renewed = renewals();
    const other = hold({ leaseMs: 40 });
    await until(() => other.renewals() > 3, 'renewals of another claim');
    expect(renewals()).toBe(renewed);
  });

  test('that was let go is not ended any more', () => {
    const ending = new AbortController();
    const { letGo, signal } = hold({ ending: ending.signal });
    letGo();
    ending.abort();
    expect(signal.aborted).toBe(false);
  });
});

describe('a claim is lost', () => {
  test('when the store says so', async () => {
    const one = hold({ renew: async () => false });
    await until(() => one.signal.aborted, 'the signal');
    expectLost(one);
    expect(one.renewals()).toBe(1);
  });

  test.each<[string, () => Promise<boolean>]>([
    ['fails', () => Promise.reject(new StoreError('no', 'ECONNREFUSED'))],
    ['says nothing', () => new Promise(() => undefined)],
  ])('a little before its lease is over where the store %s, and not earlier', async (_what, renew) => {
    const beganMs = performance.now();
    const one = hold({ leaseMs: 1_000, renew });
    await until(() => one.signal.aborted, 'the signal');
    const heldMs = performance.now() - beganMs;
    expect(heldMs).toBeGreaterThan(790);
    // On a machine that is busy with others, timers come late.
    expect(heldMs).toBeLessThan(1_500);
    expectLost(one);
  });

  test('by the clock, though no timer has run since', () => {
    const one = hold({ leaseMs: 100 });
    suspend(85);
    expect(one.assertHeld).toThrow(ClaimLost);
    expectLost(one);
  });

  test('for good: a renewal that comes too late does not bring it back', async () => {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const one = hold({ leaseMs: 60, renew: () => promise });
    await until(() => one.signal.aborted, 'the signal');
    resolve(true);
    await promise;
    expectLost(one);
  });

  test('later where a failing store answers again in time', async () => {
    let fails = true;
    const one = hold({
      leaseMs: 400,
      renew: () => (fails ? Promise.reject(new StoreError('no', 'ECONNREFUSED')) : Promise.resolve(true)),
    });
    await until(() => one.renewals() === 1, 'a renewal that fails');
    fails = false;
    await until(() => one.renewals() > 5, 'renewals');
    expect(one.assertHeld).not.toThrow();
  });

  test('when the work is to end', () => {
    const ending = new AbortController();
    const one = hold({ ending: ending.signal });
    ending.abort();
    expectLost(one);
  });

  test('from the beginning where the work was to end before', () => {
    expectLost(hold({ ending: AbortSignal.abort() }));
  });
});
