import { expect, test } from '@jest/globals';
import { tableOf } from './criterion.ts';
import { fitLine, percentile } from './linear-fit.ts';

const everySecond = (value: (index: number) => number) =>
  Array.from({ length: 600 }, (_, index) => ({ atMs: index * 1_000, value: value(index) }));

test('finds how much is gained in an hour, however much it goes up and down', () => {
  const { perHour, errorPerHour } = fitLine(everySecond((index) => 100 + index / 60 + (index % 7)));
  expect(perHour).toBeGreaterThan(58);
  expect(perHour).toBeLessThan(62);
  expect(errorPerHour).toBeLessThan(2);
});

test('says that nothing is gained where it only goes up and down', () => {
  const { perHour, errorPerHour } = fitLine(everySecond((index) => 100 + (index % 7)));
  expect(Math.abs(perHour)).toBeLessThan(2 * errorPerHour);
});

test('takes the value below which so many lie', () => {
  const values = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect([50, 99, 100].map((percent) => percentile(values, percent))).toEqual([51, 100, 100]);
});

test('shows which limit was not met, and what is only a figure', () => {
  const table = tableOf([
    { name: 'lost', value: '1', limit: '0', isMet: false, notes: ['a change'] },
    { name: 'changes', value: '12', isMet: true },
  ]);
  expect(table).toBe('FAIL  lost      1  0\n        a change\n      changes  12');
});
