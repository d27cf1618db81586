import { describe, expect, test } from '@jest/globals';
import { createClaimedWork } from '../../src/privacy/claimed-work.ts';
import { ClaimLost } from '../../src/privacy/hold-claim.ts';
import { type ChangeStore, type Claim, StoreError } from '../../src/privacy/ports.ts';
import { until } from '../until.ts';
import { createLogLines } from './log-lines.ts';
import { someEntry } from './some-changes.ts';

const claim: Claim = { id: '0d2fh7k3mabc', token: 'token' };
const theNext = async () => ({ claim, entry: someEntry() });
const failure = new StoreError('no', 'EIO');

/** Work on a claim that does not end by itself, in a store whose `release` fails so many times. */
function startWork({ releaseFails = 0 }: { releaseFails?: number } = {}) {
  const ending = new AbortController();
  const errors: StoreError[] = [];
  const { log, lines } = createLogLines();
  let releases = 0;
  let isReleased = false;
  const work = createClaimedWork({
    store: {
      leaseMs: Number.POSITIVE_INFINITY,
      async release(released: Claim) {
        expect(released).toEqual(claim);
        releases += 1;
        if (releases <= releaseFails) throw failure;
        isReleased = true;
        return true;
      },
    } as ChangeStore,
    log,
    onStoreError: (error) => errors.push(error),
    ending: ending.signal,
  });
  return { ...work, ending, errors, lines, releases: () => releases, isReleased: () => isReleased };
}

test('there is nothing to do where there is nothing to claim', async () => {
  const { onNext } = startWork();
  let worked = false;
  const wasClaimed = await onNext(
    async () => undefined,
    async () => {
      worked = true;
    },
  );
  expect({ wasClaimed, worked }).toEqual({ wasClaimed: false, worked: false });
});

describe('a claim', () => {
  test('is held while the work goes on, and not given back when it is done: its last step did', async () => {
    const { onNext, isReleased } = startWork();
    let wasHeld = false;
    await onNext(theNext, async (_claimed, { signal, assertHeld }) => {
      assertHeld();
      wasHeld = !signal.aborted;
    });
    expect(wasHeld).toBe(true);
    expect(isReleased()).toBe(false);
  });

  test.each<[string, unknown]>([
    ['the store fails', failure],
    ['the claim is lost', new ClaimLost()],
  ])('is given back where the work breaks off, and the reason passed on: %s', async (_why, reason) => {
    const { onNext, isReleased } = startWork();
    await expect(onNext(theNext, () => Promise.reject(reason))).rejects.toBe(reason);
    expect(isReleased()).toBe(true);
  });

  test('is given back after what nobody foresaw, and the log has which change it was', async () => {
    const { onNext, isReleased, lines } = startWork();
    await expect(onNext(theNext, () => Promise.reject(new TypeError('boom')))).resolves.toBe(false);
    expect(isReleased()).toBe(true);
    expect(lines).toEqual([
      { level: 'error', event: 'work broken off', change: claim.id, error: 'TypeError' },
    ]);
  });

  test('is given back however often that must be tried', async () => {
    const { onNext, isReleased, errors } = startWork({ releaseFails: 3 });
    await expect(onNext(theNext, () => Promise.reject(failure))).rejects.toBe(failure);
    expect(isReleased()).toBe(true);
    expect(errors).toEqual([failure, failure, failure]);
  });

  test('is given back when the bot stops, in one try', async () => {
    const { onNext, ending, releases } = startWork({ releaseFails: Number.POSITIVE_INFINITY });
    const worked = onNext(
      theNext,
      (_claimed, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason));
          ending.abort();
        }),
    );
    await expect(worked).rejects.toThrow(ClaimLost);
    expect(releases()).toBe(1);
  });
});

describe('what was done', () => {
  test.each([true, false])('is recorded, and it is said whether the claim was ours: %s', async (wasOurs) => {
    const { untilRecorded } = startWork();
    await expect(untilRecorded(async () => wasOurs)).resolves.toBe(wasOurs);
  });

  test('is recorded however often that must be tried, and each failure is heard of', async () => {
    const { untilRecorded, errors } = startWork();
    let tries = 0;
    const recorded = untilRecorded(async () => {
      tries += 1;
      if (tries < 4) throw failure;
      return true;
    });
    await expect(recorded).resolves.toBe(true);
    expect(errors).toEqual([failure, failure, failure]);
  });

  test('is tried no longer when the bot stops', async () => {
    const { untilRecorded, ending, errors } = startWork();
    const recorded = untilRecorded(() => Promise.reject(failure));
    const lost = expect(recorded).rejects.toThrow(ClaimLost);
    await until(() => errors.length === 2, 'two failures');
    ending.abort();
    await lost;
  });

  test('is not tried again after an error that no store promised', async () => {
    const { untilRecorded, errors } = startWork();
    const error = new TypeError('boom');
    await expect(untilRecorded(() => Promise.reject(error))).rejects.toBe(error);
    expect(errors).toEqual([]);
  });
});
