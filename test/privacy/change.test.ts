import { describe, expect, test } from '@jest/globals';
import {
  type AskedChange,
  longestText,
  type PrivacyChange,
  parseChange,
  type Visibility,
  visibilities,
} from '../../src/privacy/change.ts';
import { exceptsNobody } from '../../src/privacy/list-changes.ts';
import type { Phone } from '../../src/privacy/phone.ts';

const ana = '5511987654321' as Phone;
const anaWithoutNinth = '551187654321' as Phone;
const bruno = '5521912345678' as Phone;
const unknownRange = '5520987654321' as Phone;
const lid = '123456789012345@lid';

const asked = (fields: Partial<AskedChange> = {}): AskedChange => ({
  visibility: 'contacts-except',
  hide: '',
  hidePicked: [],
  showAgain: '',
  showAgainPicked: [],
  ...fields,
});
const problemsOf = (fields: Partial<AskedChange>) => {
  const parsed = parseChange('last-seen', asked(fields));
  return parsed.ok ? [] : parsed.problems;
};

describe('the choice', () => {
  test.each<Visibility>(['everyone', 'contacts', 'nobody'])(
    'of %s takes no numbers, whatever was typed and picked before it',
    (visibility) => {
      const before = { hide: 'junk', hidePicked: [ana], showAgain: 'x'.repeat(5000), showAgainPicked: [ana] };
      expect(parseChange('last-seen', { visibility, ...before })).toEqual({
        ok: true,
        change: { setting: 'last-seen', visibility, hide: [], showAgain: [] },
        typed: [],
        unusual: [],
      });
    },
  );

  test.each([undefined, '', 'Everyone', 'CONTACT_BLACKLIST', 'constructor', '__proto__'])(
    'of %j is none, and the numbers are not looked at',
    (visibility) => {
      expect(parseChange('last-seen', asked({ visibility, hide: 'junk' }))).toEqual({
        ok: false,
        problems: [{ field: 'visibility', kind: 'not-chosen' }],
      });
    },
  );

  test('of my contacts except takes the numbers of both inputs', () => {
    expect(
      parseChange('last-seen', asked({ hide: `+${ana}\n+${unknownRange}`, showAgain: `+${bruno}` })),
    ).toEqual({
      ok: true,
      change: {
        setting: 'last-seen',
        visibility: 'contacts-except',
        hide: [ana, unknownRange],
        showAgain: [bruno],
      },
      typed: [ana, unknownRange, bruno],
      unusual: [unknownRange],
    });
  });

  test('of my contacts except without numbers is a change too', () => {
    expect(parseChange('last-seen', asked())).toMatchObject({
      ok: true,
      change: { hide: [], showAgain: [] },
    });
  });
});

test('unusual numbers of both inputs deserve a second look', () => {
  expect(
    parseChange('last-seen', asked({ hide: `+${unknownRange}`, showAgain: `+${bruno}\n+15555555555` })),
  ).toMatchObject({ ok: true, unusual: [unknownRange, '15555555555'] });
});

test('the default country holds for both inputs', () => {
  expect(
    parseChange('last-seen', asked({ hide: '11 98765-4321', showAgain: '21 91234-5678' }), 'BR'),
  ).toMatchObject({ ok: true, change: { hide: [ana], showAgain: [bruno] } });
});

describe('who was picked', () => {
  test('comes after those who were typed, is not looked up, and deserves no second look', () => {
    expect(
      parseChange(
        'last-seen',
        asked({
          hide: `+${ana}`,
          hidePicked: [unknownRange],
          showAgain: `+${bruno}`,
          showAgainPicked: [lid, '14155552671'],
        }),
      ),
    ).toEqual({
      ok: true,
      change: {
        setting: 'last-seen',
        visibility: 'contacts-except',
        hide: [ana, unknownRange],
        showAgain: [bruno, lid, '14155552671'],
      },
      typed: [ana, bruno],
      unusual: [],
    });
  });

  test.each<[string, Partial<AskedChange>, string[]]>([
    ['typed and picked', { hide: `+${ana}`, hidePicked: [ana] }, [ana]],
    [
      'typed, and picked in the other form',
      { hide: `+${anaWithoutNinth}`, hidePicked: [ana] },
      [anaWithoutNinth],
    ],
    ['picked in both forms', { hidePicked: [bruno, ana, anaWithoutNinth] }, [bruno, ana]],
  ])('is meant once: %s', (_how, fields, hide) => {
    expect(parseChange('last-seen', asked(fields))).toMatchObject({ ok: true, change: { hide } });
  });

  test('to be shown again is meant once, too, under a number or a private id', () => {
    const parsed = parseChange(
      'last-seen',
      asked({ showAgain: `+${ana}`, showAgainPicked: [anaWithoutNinth, lid, lid] }),
    );
    expect(parsed).toMatchObject({ ok: true, change: { showAgain: [ana, lid] }, typed: [ana] });
  });

  test('to be hidden from is a number: what is none is left out', () => {
    expect(
      parseChange('last-seen', asked({ hidePicked: [lid, 'none', '', `+${ana}`, bruno] })),
    ).toMatchObject({
      ok: true,
      change: { hide: [bruno] },
    });
  });
});

describe('somebody in both inputs', () => {
  test.each<[string, Partial<AskedChange>, string]>([
    ['typed alike', { hide: `+${bruno}\n+${ana}`, showAgain: `\n\n+${ana}` }, ana],
    [
      'without the ninth digit in the second',
      { hide: `+${ana}`, showAgain: `+${anaWithoutNinth}` },
      anaWithoutNinth,
    ],
    ['without the ninth digit in the first', { hide: `+${anaWithoutNinth}`, showAgain: `+${ana}` }, ana],
    ['typed and picked', { hide: `+${ana}`, showAgainPicked: [lid, anaWithoutNinth] }, anaWithoutNinth],
    ['picked and typed', { hidePicked: [ana], showAgain: `+${bruno}\n+${ana}` }, ana],
    ['picked twice', { hidePicked: [bruno, ana], showAgainPicked: [ana] }, ana],
  ])('is a problem of the second: %s', (_how, fields, entry) => {
    expect(problemsOf(fields)).toEqual([{ field: 'showAgain', kind: 'in-both', entry }]);
  });

  test('is told once, however often they stand there', () => {
    expect(
      problemsOf({ hidePicked: [ana], showAgain: `+${ana}`, showAgainPicked: [anaWithoutNinth] }),
    ).toEqual([{ field: 'showAgain', kind: 'in-both', entry: ana }]);
  });
});

test('all problems of both inputs are told at once', () => {
  expect(
    problemsOf({
      hide: `Ana\n+${ana}\n+${ana}`,
      showAgain: `Bruno\n+${anaWithoutNinth}\n+${bruno}, +${bruno}`,
    }),
  ).toEqual([
    { field: 'hide', kind: 'not-a-phone', why: 'other', line: 1, typed: 'Ana' },
    { field: 'hide', kind: 'repeated', line: 3, typed: `+${ana}`, firstLine: 2, otherSpelling: false },
    { field: 'showAgain', kind: 'not-a-phone', why: 'other', line: 1, typed: 'Bruno' },
    { field: 'showAgain', kind: 'repeated', line: 3, typed: `+${bruno}`, firstLine: 3, otherSpelling: false },
    { field: 'showAgain', kind: 'in-both', entry: anaWithoutNinth },
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
      { field: 'showAgain', kind: 'not-a-phone', why: 'other', line: 1, typed: 'junk' },
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
