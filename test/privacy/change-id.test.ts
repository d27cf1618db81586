import { describe, expect, test } from '@jest/globals';
import { createChangeIds } from '../../src/privacy/change-id.ts';

const noon = Date.UTC(2026, 10, 23, 12);

test('an id has twelve characters that can be read aloud', () => {
  const newId = createChangeIds();
  for (let count = 0; count < 1000; count += 1) expect(newId()).toMatch(/^[0-9a-hjkmnp-tv-z]{12}$/);
});

test.each([
  ['the clock goes on by one millisecond', (call: number) => noon + call],
  ['the clock stands still', () => noon],
  [
    'the clock is set back by an hour, once',
    (call: number) => (call < 500 ? noon + call : noon - 3_600_000 + call),
  ],
  ['the clock runs backwards', (call: number) => noon - call],
  ['the clock jumps between two days', (call: number) => noon + (call % 2) * 86_400_000],
])('ids sort in the order made, and none comes twice: %s', (_what, clock) => {
  let call = 0;
  const newId = createChangeIds(() => clock(call++));
  const ids = Array.from({ length: 1000 }, newId);
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});

test('ids sort by time for centuries, past every change of their leading characters', () => {
  const times = [
    1,
    31,
    32,
    32 ** 2,
    32 ** 7 - 1,
    32 ** 7,
    32 ** 8 - 1,
    noon,
    32 ** 8,
    Date.UTC(2999, 0, 1),
    32 ** 9 - 1,
  ].sort((a, b) => a - b);
  const ids = times.map((time) => createChangeIds(() => time)());
  expect([...ids].sort()).toEqual(ids);
});

test('two processes that make an id in the same millisecond make different ones', () => {
  const ids = Array.from({ length: 20 }, () => createChangeIds(() => noon)());
  expect(new Set(ids.map((id) => id.slice(0, 9))).size).toBe(1);
  expect(new Set(ids).size).toBeGreaterThan(15);
});

describe('an id follows the one that is given', () => {
  test.each([
    ['of an hour ahead', noon + 3_600_000],
    ['of the same millisecond', noon],
    ['of the millisecond before', noon - 1],
    ['of long ago', 1],
    ['at the turn of a leading character', 32 ** 8 - 1],
  ])('%s', (_when, otherMs) => {
    const newId = createChangeIds(() => noon);
    for (let count = 0; count < 100; count += 1) {
      const other = createChangeIds(() => otherMs)();
      expect(newId(other) > other).toBe(true);
    }
  });

  test('though it ends as high as an id can', () => {
    const given = `${createChangeIds(() => noon)().slice(0, 9)}zzz`;
    expect(createChangeIds(() => noon)(given) > given).toBe(true);
  });

  test('and those made before, also when what is given is older', () => {
    const newId = createChangeIds(() => noon);
    const ahead = createChangeIds(() => noon + 3_600_000)();
    const ids = [newId(ahead), newId(createChangeIds(() => noon - 5)()), newId()];
    expect([ahead, ...ids].toSorted()).toEqual([ahead, ...ids]);
  });

  test('by the clock again once it has come so far', () => {
    let nowMs = noon;
    const newId = createChangeIds(() => nowMs);
    newId(createChangeIds(() => noon + 1_000)());
    nowMs = noon + 60_000;
    expect(newId().slice(0, 9)).toBe(createChangeIds(() => nowMs)().slice(0, 9));
  });
});
