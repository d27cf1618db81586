import { expect, test } from '@jest/globals';
import type { ListChanges } from '../../src/privacy/change.ts';
import { changesNobody, realChanges } from '../../src/privacy/list-changes.ts';
import { ana, bruno } from './some-changes.ts';

const anaWithoutNinth = '551187654321';
const lid = '123456789012345@lid';
const list = (hide: readonly string[], showAgain: readonly string[] = []): ListChanges => ({
  hide,
  showAgain,
});

test.each<[string, ListChanges, string[], ListChanges]>([
  ['nothing was asked for', list([]), [ana], list([])],
  ['nobody is on the list', list([ana], [bruno]), [], list([ana])],
  ['all is as it is to be', list([ana], [bruno]), [ana], list([])],
  ['all is the other way round', list([ana], [bruno]), [bruno], list([ana], [bruno])],
  ['who is to be hidden is on the list in the other form', list([ana]), [anaWithoutNinth], list([])],
  ['who is to be hidden was typed in the other form', list([anaWithoutNinth]), [ana], list([])],
  [
    'who is to be shown again is on the list in the other form',
    list([], [ana]),
    [anaWithoutNinth],
    list([], [anaWithoutNinth]),
  ],
  [
    'who is to be shown again is on the list in both forms',
    list([], [ana]),
    [ana, anaWithoutNinth],
    list([], [ana, anaWithoutNinth]),
  ],
  ['a private id is to be taken off', list([], [lid]), [lid, ana], list([], [lid])],
  ['a private id is to be put on again', list([lid]), [ana], list([lid])],
  ['what is on the list is no number', list([ana]), ['', '@lid', 'Ana'], list([ana])],
])('what is left to change, where %s', (_where, asked, hiddenNow, left) => {
  expect(realChanges(asked, hiddenNow)).toEqual(left);
});

test('what was changed is not to be changed again', () => {
  const asked = list([ana], [bruno]);
  const { hide, showAgain } = realChanges(asked, [bruno]);
  const after = [bruno, ...hide].filter((entry) => !showAgain.includes(entry));
  expect(realChanges(asked, after)).toEqual(list([]));
});

test.each<[ListChanges, boolean]>([
  [list([]), true],
  [list([ana]), false],
  [list([], [ana]), false],
])('whether %j changes nobody: %s', (asked, expected) => {
  expect(changesNobody(asked)).toBe(expected);
});
