import { expect, test } from '@jest/globals';
import { readConfig } from '../src/config.ts';
import { isOneSlipFrom } from '../src/one-slip.ts';

test.each([
  ['a letter left out', 'ALOWED_USERS'],
  ['a letter added', 'ALLOWEED_USERS'],
  ['another letter', 'ALLOVED_USERS'],
  ['two that changed places', 'ALLOWDE_USERS'],
  ['the last one left out', 'ALLOWED_USER'],
  ['the first one left out', 'LLOWED_USERS'],
])('%s is one slip', (_what, word) => {
  expect(isOneSlipFrom(word, 'ALLOWED_USERS')).toBe(true);
});

test.each([['ALLOWED_USERS'], ['ALOWED_USER'], ['USERS'], [''], ['allowed_users']])(
  '%p is not one slip',
  (word) => {
    expect(isOneSlipFrom(word, 'ALLOWED_USERS')).toBe(false);
  },
);

test('a rule that is misspelt by one slip anywhere does not let everybody in: the bot does not start', () => {
  const read = readConfig({ ALOWED_USERS: 'U0123ABCDEF', AUDIT_CHANEL: 'C0123ABCDEF' });
  const problems = read.ok ? [] : read.problems;
  expect(problems).toContainEqual({
    variable: 'ALOWED_USERS',
    expected: 'this bot has no variable of that name; is ALLOWED_USERS meant?',
  });
  expect(problems).toContainEqual({
    variable: 'AUDIT_CHANEL',
    expected: 'this bot has no variable of that name; is AUDIT_CHANNEL meant?',
  });
});
