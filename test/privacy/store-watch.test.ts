import { afterEach, describe, expect, test } from '@jest/globals';
import { type ChangeStore, StoreError, storeInUse, UnfitStore } from '../../src/privacy/ports.ts';
import { type StoreWatch, watchStore } from '../../src/privacy/store-watch.ts';
import { until } from '../until.ts';
import { createLogLines } from './log-lines.ts';

const started: StoreWatch[] = [];
afterEach(() => {
  for (const watch of started.splice(0)) watch.stop();
});

const failure = new StoreError('no', 'ENOSPC');
const inUse = new StoreError('no', storeInUse);
const unfit = new UnfitStore('The journal is of a newer version.');

type Answer = 'fine' | Error;

/** A watch over a store that answers as the test says; what is not said is fine. */
function startWatch({
  open = () => 'fine',
  check = () => 'fine',
  everySecond = async () => undefined,
}: {
  open?: (times: number) => Answer;
  check?: (times: number) => Answer;
  everySecond?: (times: number) => Promise<void>;
} = {}) {
  const { log, lines } = createLogLines();
  const times = { open: 0, check: 0, everySecond: 0 };
  const answer = async (given: Answer) => {
    if (given !== 'fine') throw given;
  };
  const watch = watchStore({
    store: {
      open() {
        times.open += 1;
        return answer(open(times.open));
      },
      check() {
        times.check += 1;
        return answer(check(times.check));
      },
    } as ChangeStore,
    everySecond: [
      () => {
        times.everySecond += 1;
        return everySecond(times.everySecond);
      },
    ],
    log,
  });
  started.push(watch);
  return { watch, times, lines, events: () => lines.map(({ event }) => event) };
}

const canBe = 'the journal can be written';
const canNot = 'the journal can not be written';

describe('opening', () => {
  test('opens the store, says so once, and begins what is to be done every second', async () => {
    const { watch, times, events } = startWatch();
    await watch.open();
    await until(() => times.everySecond >= 2, 'two seconds');
    expect(times).toMatchObject({ open: 1, check: 0 });
    expect(events()).toEqual([canBe]);
  });

  test('does not wait for a store that fails, and goes on trying', async () => {
    const { watch, times, lines } = startWatch({ open: (count) => (count < 3 ? failure : 'fine') });
    await watch.open();
    expect(times.everySecond).toBe(0);
    await until(() => times.everySecond > 0, 'the first second with a store');
    expect(times).toMatchObject({ open: 3, check: 0 });
    expect(lines).toEqual([
      { level: 'error', event: canNot, detail: 'ENOSPC' },
      { level: 'info', event: canBe },
    ]);
  });

  test('waits for a store that another process has', async () => {
    const { watch, times, events } = startWatch({ open: (count) => (count < 3 ? inUse : 'fine') });
    await watch.open();
    expect(times.open).toBe(3);
    await until(() => times.everySecond > 0, 'the first second with a store');
    expect(events()).toEqual([canNot, canBe]);
  });

  test('waits no longer where the store begins to fail otherwise', async () => {
    const { watch, times } = startWatch({ open: (count) => (count < 2 ? inUse : failure) });
    await watch.open();
    expect(times.open).toBeGreaterThanOrEqual(2);
    expect(times.everySecond).toBe(0);
  });

  test('waits no longer where it is stopped', async () => {
    const { watch, times } = startWatch({ open: () => inUse });
    const opened = watch.open();
    await until(() => times.open > 0, 'a try');
    watch.stop();
    await opened;
    expect(times.everySecond).toBe(0);
  });

  test('rejects where the store is unfit', async () => {
    const { watch, times } = startWatch({ open: () => unfit });
    await expect(watch.open()).rejects.toBe(unfit);
    expect(times).toEqual({ open: 1, check: 0, everySecond: 0 });
  });
});

describe('a store that turns out to be unfit', () => {
  test.each<[string, (isGood: () => boolean) => Parameters<typeof startWatch>[0]]>([
    ['when it is opened at last', (isGood) => ({ open: () => (isGood() ? unfit : failure) })],
    [
      'when it is checked',
      (isGood) => ({ check: () => (isGood() ? unfit : failure), everySecond: () => Promise.reject(failure) }),
    ],
  ])('%s is told', async (_when, options) => {
    let isGood = false;
    const { watch } = startWatch(options(() => isGood));
    await watch.open();
    await expect(watch.isAvailable()).resolves.toBe(false);
    isGood = true;
    await expect(watch.unfit).resolves.toBe(unfit);
    await expect(watch.isAvailable()).resolves.toBe(false);
  });
});

describe('whether it is available', () => {
  test('is asked of the store, at most once a second', async () => {
    const { watch, times } = startWatch();
    await watch.open();
    for (let count = 0; count < 50; count += 1) await expect(watch.isAvailable()).resolves.toBe(true);
    await Promise.all(Array.from({ length: 50 }, () => watch.isAvailable()));
    expect(times.check).toBe(1);
    await until(async () => (await watch.isAvailable()) && times.check === 2, 'another check');
  });

  test('is not told by the store that was: a check that fails counts', async () => {
    let fails = false;
    const { watch, events } = startWatch({ check: () => (fails ? failure : 'fine') });
    await watch.open();
    await expect(watch.isAvailable()).resolves.toBe(true);
    fails = true;
    await until(async () => !(await watch.isAvailable()), 'not available');
    fails = false;
    await until(() => watch.isAvailable(), 'available again');
    expect(events()).toEqual([canBe, canNot, canBe]);
  });

  test.each([true, false])(
    'is not assumed of a store that failed somewhere (asked just before: %s)',
    async (wasAsked) => {
      const { watch } = startWatch({ check: (count) => (count > Number(wasAsked) ? failure : 'fine') });
      await watch.open();
      if (wasAsked) await expect(watch.isAvailable()).resolves.toBe(true);
      watch.failed(failure);
      await expect(watch.isAvailable()).resolves.toBe(false);
    },
  );
});

describe('while the store fails', () => {
  test('nothing is done every second, until it passes a check', async () => {
    let fails = true;
    const { watch, times, events } = startWatch({
      check: () => (fails ? failure : 'fine'),
      everySecond: async (count) => {
        if (count === 1) throw failure;
      },
    });
    await watch.open();
    await until(() => times.check >= 2, 'two checks');
    expect(times.everySecond).toBe(1);
    fails = false;
    await until(() => times.everySecond > 1, 'the next second with a store');
    expect(events()).toEqual([canBe, canNot, canBe]);
  });

  test('the log hears of it once, however often it fails', async () => {
    const { watch, lines } = startWatch();
    await watch.open();
    for (let count = 0; count < 10; count += 1) watch.failed(failure);
    expect(lines.filter(({ event }) => event === canNot)).toEqual([
      { level: 'error', event: canNot, detail: 'ENOSPC' },
    ]);
  });
});

test('an error that no store promised does not end what is done every second', async () => {
  const { watch, times } = startWatch({ everySecond: () => Promise.reject(new TypeError('boom')) });
  await watch.open();
  await until(() => times.everySecond >= 2, 'another second');
});

test('nothing is done any more when it is stopped', async () => {
  const stopped = startWatch();
  const goingOn = startWatch();
  await stopped.watch.open();
  await goingOn.watch.open();
  await until(() => stopped.times.everySecond === 1, 'the first second');
  stopped.watch.stop();
  await until(() => goingOn.times.everySecond >= 3, 'two more seconds');
  expect(stopped.times.everySecond).toBe(1);
});
