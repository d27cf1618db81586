import { expect, test } from '@jest/globals';
import { createHousekeeping } from '../../src/privacy/housekeeping.ts';
import { StoreError } from '../../src/privacy/ports.ts';
import { createLogLines } from './log-lines.ts';

const noon = Date.UTC(2026, 10, 23, 12);
const minuteMs = 60_000;

function startHousekeeping(failure?: Error) {
  const { log, lines } = createLogLines();
  const erased: { numbersOf: string; replyUrlsOf: string; refusalsOf: string }[] = [];
  let nowMs = noon;
  const keepHouse = createHousekeeping({
    store: {
      async erase({ numbersOf, replyUrlsOf, refusalsOf }) {
        erased.push({
          numbersOf: numbersOf.toISOString(),
          replyUrlsOf: replyUrlsOf.toISOString(),
          refusalsOf: refusalsOf.toISOString(),
        });
        if (failure) throw failure;
      },
    },
    historyDays: 365,
    replyUrlLifeMs: 30 * minuteMs,
    log,
    now: () => nowMs,
  });
  return {
    keepHouse,
    erased,
    lines,
    pass: (ms: number) => {
      nowMs += ms;
    },
  };
}

test('numbers and refusals are erased by whole days, reply URLs when they are of no use any more', async () => {
  const { keepHouse, erased } = startHousekeeping();
  await keepHouse();
  expect(erased).toEqual([
    {
      numbersOf: '2025-11-23T00:00:00.000Z',
      replyUrlsOf: '2026-11-23T11:30:00.000Z',
      refusalsOf: '2025-11-23T00:00:00.000Z',
    },
  ]);
});

test('it is done once a minute, however often it is called', async () => {
  const { keepHouse, erased, pass } = startHousekeeping();
  for (let second = 0; second < 180; second += 1) {
    await keepHouse();
    pass(1_000);
  }
  expect(erased.map(({ replyUrlsOf }) => replyUrlsOf)).toEqual([
    '2026-11-23T11:30:00.000Z',
    '2026-11-23T11:31:00.000Z',
    '2026-11-23T11:32:00.000Z',
  ]);
});

test('what can not be erased now is said, and tried again a minute later', async () => {
  const { keepHouse, erased, lines, pass } = startHousekeeping(new StoreError('no', 'SQLITE_BUSY'));
  await keepHouse();
  await keepHouse();
  expect(erased).toHaveLength(1);
  expect(lines).toEqual([
    { level: 'warn', event: 'not everything was erased that is due', detail: 'SQLITE_BUSY' },
  ]);
  pass(minuteMs);
  await keepHouse();
  expect(erased).toHaveLength(2);
});

test('an error that no store promised is passed on', async () => {
  const error = new TypeError('boom');
  const { keepHouse, lines } = startHousekeeping(error);
  await expect(keepHouse()).rejects.toBe(error);
  expect(lines).toEqual([]);
});
