import { describe, expect, test } from '@jest/globals';
import { firstNumber, numberNamed } from '../../src/slack/find-number.ts';
import { someNumber } from './some-number.ts';

const everybody = { users: [], groups: [], channels: [] };
const numbers = [
  someNumber({ name: 'sales', label: 'Padaria Sol', auditChannel: 'C0SALES' }),
  someNumber({ name: 'north-east', label: 'sales' }),
  someNumber({ name: 'support', access: { ...everybody, channels: ['C0HELP'] } }),
];

describe('a number is named', () => {
  test.each([
    ['sales', 'sales'],
    ['SALES', 'sales'],
    [' sales ', 'sales'],
    ['ｓａｌｅｓ', 'sales'],
    ['padaria sol', 'sales'],
    ['Padaria Sol', 'sales'],
    ['north\u2013east', 'north-east'],
    ['north\u2212east', 'north-east'],
    ['support', 'support'],
    ['sale', undefined],
    ['', undefined],
    ['undefined', undefined],
  ])('by its name, or else by what the team calls it: %j', (typed, name) => {
    expect(numberNamed(numbers, typed)?.name).toBe(name);
  });
});

describe('a form begins with', () => {
  test.each([
    ['the number that was named, wherever', 'support', 'C0SALES', 'support'],
    ['no number, where there is none of that name', 'gone', 'C0SALES', undefined],
    ['the one that posts in the channel', undefined, 'C0SALES', 'sales'],
    ['the one that may be changed in the channel', undefined, 'C0HELP', 'support'],
    ['the first', undefined, 'C0OTHER', 'sales'],
  ])('%s', (_what, on, channel, name) => {
    expect(firstNumber(numbers, { on, channel })?.name).toBe(name);
  });

  test('none where there is none', () => {
    expect(firstNumber([], { on: undefined, channel: 'C0OPS' })).toBeUndefined();
  });
});
