import { describe, expect, test } from '@jest/globals';
import {
  longestText,
  type PrivacyChange,
  parseChange,
  type TypedChange,
  type Visibility,
  visibilities,
} from '../../src/privacy/change.ts';
import { exceptsNobody } from '../../src/privacy/list-changes.ts';
import type { Phone } from '../../src/privacy/phone.ts';

const ana = '5511987654321' as Phone;
const anaWithoutNinth = '551187654321' as Phone;
const bruno = '5521912345678' as Phone;
const unknownRange = '5520987654321' as Phone;

const typed = (fields: Partial<TypedChange> = {}): TypedChange => ({
  visibility: 'contacts-except',
  hide: '',
  showAgain: '',
  ...fields,
});
const problemsOf = (fields: Partial<TypedChange>) => {
  const parsed = parseChange('last-seen', typed(fields));
  return parsed.ok ? [] : parsed.problems;
};

describe('the choice', () => {
  test.each<Visibility>(['everyone', 'contacts', 'nobody'])(
    'of %s takes no numbers, whatever was typed before it',
    (visibility) => {
      expect(parseChange('last-seen', { visibility, hide: 'junk', showAgain: 'x'.repeat(5000) })).toEqual({
        ok: true,
        change: { setting: 'last-seen', visibility, hide: [], showAgain: [] },
        unusual: [],
      });
    },
  );

  test.each([undefined, '', 'Everyone', 'CONTACT_BLACKLIST', 'constructor', '__proto__'])(
    'of %j is none, and the numbers are not looked at',
    (visibility) => {
      expect(parseChange('last-seen', { visibility, hide: 'junk', showAgain: '' })).toEqual({
        ok: false,
        problems: [{ field: 'visibility', kind: 'not-chosen' }],
      });
    },
  );

  test('of my contacts except takes the numbers of both inputs', () => {
    expect(
      parseChange('last-seen', typed({ hide: `+${ana}\n+${unknownRange}`, showAgain: `+${bruno}` })),
    ).toEqual({
      ok: true,
      change: {
        setting: 'last-seen',
        visibility: 'contacts-except',
        hide: [ana, unknownRange],
        showAgain: [bruno],
      },
      unusual: [unknownRange],
    });
  });

  test('of my contacts except without numbers is a change too', () => {
    expect(parseChange('last-seen', typed())).toMatchObject({
      ok: true,
      change: { hide: [], showAgain: [] },
    });
  });
});

test('unusual numbers of both inputs deserve a second look', () => {
  expect(
    parseChange('last-seen', typed({ hide: `+${unknownRange}`, showAgain: `+${bruno}\n+15555555555` })),
  ).toMatchObject({ ok: true, unusual: [unknownRange, '15555555555'] });
});

test('the default country holds for both inputs', () => {
  expect(
    parseChange('last-seen', typed({ hide: '11 98765-4321', showAgain: '21 91234-5678' }), 'BR'),
  ).toMatchObject({ ok: true, change: { hide: [ana], showAgain: [bruno] } });
});

describe('a number in both inputs', () => {
  test.each([
    ['alike', ana, ana],
    ['without the ninth digit in the second', ana, anaWithoutNinth],
    ['without the ninth digit in the first', anaWithoutNinth, ana],
  ])('is a problem of the second: %s', (_how, hidden, shown) => {
    expect(problemsOf({ hide: `+${bruno}\n+${hidden}`, showAgain: `\n\n+${shown}` })).toEqual([
      { field: 'showAgain', kind: 'in-both', line: 3, typed: `+${shown}`, otherLine: 2 },
    ]);
  });
});

test('all problems of both inputs are told at once', () => {
  expect(
    problemsOf({
      hide: `Ana\n+${ana}\n+${ana}`,
      showAgain: `Bruno\n+${anaWithoutNinth}\n+${bruno}, +${bruno}`,
    }),
  ).toEqual([
    { field: 'hide', kind: 'not-a-phone', line: 1, typed: 'Ana' },
    { field: 'hide', kind: 'repeated', line: 3, typed: `+${ana}`, firstLine: 2, otherSpelling: false },
    { field: 'showAgain', kind: 'not-a-phone', line: 1, typed: 'Bruno' },
    { field: 'showAgain', kind: 'repeated', line: 3, typed: `+${bruno}`, firstLine: 3, otherSpelling: false },
    { field: 'showAgain', kind: 'in-both', line: 2, typed: `+${anaWithoutNinth}`, otherLine: 2 },
  ]);
});

describe('a text', () => {
  const ofLength = (length: number) => `+${ana}`.padEnd(length, '\n');

  test('of the greatest length that Slack takes is read', () => {
    expect(problemsOf({ hide: ofLength(longestText) })).toEqual([]);
  });

  test('longer than that is not read at all, and the other input is', () => {
    expect(problemsOf({ hide: ofLength(longestText + 1), showAgain: 'junk' })).toEqual([
      { field: 'hide', kind: 'too-long' },
      { field: 'showAgain', kind: 'not-a-phone', line: 1, typed: 'junk' },
    ]);
    expect(problemsOf({ hide: `+${ana}`, showAgain: 'x'.repeat(1_000_000) })).toEqual([
      { field: 'showAgain', kind: 'too-long' },
    ]);
  });
});

describe('a change excepts nobody', () => {
  const change = (fields: Partial<PrivacyChange>): PrivacyChange => ({
    setting: 'last-seen',
    visibility: 'contacts-except',
    hide: [],
    showAgain: [],
    ...fields,
  });

  test.each([
    ['my contacts except, no numbers, nobody hidden', change({}), [], true],
    ['my contacts except, no numbers, somebody hidden', change({}), [ana], false],
    ['my contacts except, somebody to hide', change({ hide: [ana] }), [], false],
    ['my contacts except, somebody to show again', change({ showAgain: [ana] }), [ana], false],
    ['my contacts except, to show again who is not on an empty list', change({ showAgain: [ana] }), [], true],
  ])('%s: %#', (_what, given, hidden, expected) => {
    expect(exceptsNobody(given, hidden)).toBe(expected);
  });

  test.each(visibilities.filter((visibility) => visibility !== 'contacts-except'))(
    '%s is about no list',
    (visibility) => {
      expect(exceptsNobody(change({ visibility }), [])).toBe(false);
    },
  );
});
