import { describe, expect, test } from '@jest/globals';
import type { ListChanges } from '../../src/privacy/change.ts';
import {
  alreadySo,
  asListed,
  changesNobody,
  changesToSend,
  type HiddenList,
  plainList,
  realChanges,
} from '../../src/privacy/list-changes.ts';
import { ana, bruno, carla } from './some-changes.ts';

const anaWithoutNinth = '551187654321';
const lid = '123456789012345@lid';
const otherLid = '999999999999999@lid';
const list = (hide: readonly string[], showAgain: readonly string[] = []): ListChanges => ({
  hide,
  showAgain,
});
/** A list on which Ana's private id is known, too. */
const knowingAna = (...entries: string[]): HiddenList => ({
  entries,
  privateIds: new Map([[anaWithoutNinth, lid]]),
  isConclusive: true,
});

describe('what is left to change', () => {
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
      list([], [ana]),
    ],
    [
      'who is to be shown again is on the list in both forms',
      list([], [ana]),
      [ana, anaWithoutNinth],
      list([], [ana]),
    ],
    ['a private id is to be taken off', list([], [lid]), [lid, ana], list([], [lid])],
    ['a private id is to be put on again', list([lid]), [ana], list([lid])],
    ['a private id is on the list that is to be put on', list([lid]), [lid], list([])],
    ['a private id may be anybody', list([ana], [bruno]), [lid], list([ana])],
    ['what is on the list is no number', list([ana]), ['', '@lid', 'Ana'], list([ana])],
  ])('where %s', (_where, asked, entries, left) => {
    expect(realChanges(asked, plainList(entries))).toEqual(left);
  });

  test.each<[string, ListChanges, HiddenList, ListChanges]>([
    ['who is to be hidden is on the list so', list([ana]), knowingAna(bruno, lid), list([])],
    ['who was typed in the other form is', list([anaWithoutNinth]), knowingAna(lid), list([])],
    ['who is to be shown again is, and is named as asked', list([], [ana]), knowingAna(lid), list([], [ana])],
    ['who is on the list is somebody else', list([ana], [ana]), knowingAna(otherLid), list([ana])],
    ['the list has the number all the same', list([ana]), knowingAna(ana), list([])],
  ])('where a private id is known, and %s', (_where, asked, hidden, left) => {
    expect(realChanges(asked, hidden)).toEqual(left);
  });

  test('is nothing once it was changed', () => {
    const asked = list([ana], [bruno]);
    const { hide, showAgain } = realChanges(asked, plainList([bruno]));
    const after = [bruno, ...hide].filter((entry) => !showAgain.includes(entry));
    expect(realChanges(asked, plainList(after))).toEqual(list([]));
  });
});

describe('who is named is taken off as the list has them', () => {
  test.each<[string, string[], HiddenList, string[]]>([
    ['word for word', [bruno, ana], plainList([ana, carla, bruno]), [bruno, ana]],
    ['in the other form', [ana], plainList([anaWithoutNinth]), [anaWithoutNinth]],
    ['in the other form, typed without', [anaWithoutNinth], plainList([ana]), [ana]],
    ['in both forms', [ana], plainList([ana, bruno, anaWithoutNinth]), [ana, anaWithoutNinth]],
    ['by a private id that is known', [ana], knowingAna(otherLid, lid), [lid]],
    ['by number and private id', [ana], knowingAna(anaWithoutNinth, lid), [anaWithoutNinth, lid]],
    ['by the private id that was picked', [lid], plainList([ana, lid]), [lid]],
    ['as named, where they are not found', [ana, lid], plainList([bruno, otherLid]), [ana, lid]],
    ['nobody', [], plainList([ana]), []],
  ])('%s', (_how, named, hidden, entries) => {
    expect(asListed(named, hidden)).toEqual(entries);
  });
});

describe('what is worth sending', () => {
  test.each<[string, ListChanges, HiddenList, ListChanges]>([
    [
      'where the list says it all, what is left to change',
      list([ana, bruno], [carla, lid]),
      plainList([bruno]),
      list([ana]),
    ],
    [
      'who is to be shown again by number may be on the list under a private id',
      list([], [ana]),
      plainList([otherLid]),
      list([], [ana]),
    ],
    [
      'who is found is sent once',
      list([], [ana, lid]),
      plainList([ana, lid, otherLid]),
      list([], [ana, lid]),
    ],
    ['a private id that is not there is not', list([], [lid]), plainList([otherLid]), list([])],
    ['who is hidden already is not hidden again', list([ana, bruno]), plainList([ana, lid]), list([bruno])],
    ['what is no number is no number to send', list([], ['Ana']), plainList([otherLid]), list([])],
  ])('%s', (_what, asked, hidden, sent) => {
    expect(changesToSend(asked, hidden)).toEqual(sent);
  });
});

test.each<[string[], boolean]>([
  [[], true],
  [[ana, carla], true],
  [[ana, lid], false],
  [['Ana'], false],
])('whether %j says who is not on it: %s', (entries, isConclusive) => {
  expect(plainList(entries)).toEqual({ entries, privateIds: new Map(), isConclusive });
});

test.each<[string, ListChanges, ListChanges, string[]]>([
  ['nothing was left', list([ana], [bruno]), list([]), [ana, bruno]],
  ['all was left', list([ana], [bruno]), list([ana], [bruno]), []],
  ['one was left in the other form', list([ana, carla]), list([anaWithoutNinth]), [carla]],
])('who was so already, where %s', (_where, named, real, entries) => {
  expect(alreadySo(named, real)).toEqual(entries);
});

test.each<[ListChanges, boolean]>([
  [list([]), true],
  [list([ana]), false],
  [list([], [ana]), false],
])('whether %j changes nobody: %s', (asked, expected) => {
  expect(changesNobody(asked)).toBe(expected);
});
