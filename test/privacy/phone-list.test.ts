import { describe, expect, test } from '@jest/globals';
import { parsePhoneList } from '../../src/privacy/phone-list.ts';

const ana = '5511987654321';
const anaWithoutNinth = '551187654321';
const bruno = '5521912345678';

const phonesIn = (text: string) => parsePhoneList(text).phones.map(({ phone }) => phone);

describe('numbers are separated', () => {
  test.each([
    ['by lines', `+${ana}\n+${bruno}`],
    ['by lines of Windows', `+${ana}\r\n+${bruno}`],
    ['by lines of an old Mac', `+${ana}\r+${bruno}`],
    ['by line separators', `+${ana}\u2028+${bruno}`],
    ['by paragraph separators', `+${ana}\u2029+${bruno}`],
    ['by commas', `+${ana}, +${bruno}`],
    ['by semicolons', `+${ana};+${bruno}`],
    ['by Chinese and Japanese commas', `+${ana}，；、+${bruno}`],
    ['by more than one of them', `\n,;+${ana} ,\n\n;; +${bruno};\n`],
  ])('%s', (_how, text) => {
    expect(parsePhoneList(text).problems).toEqual([]);
    expect(phonesIn(text)).toEqual([ana, bruno]);
  });

  test('blanks do not separate: they stand inside of numbers', () => {
    expect(phonesIn('+55 11 98765 4321')).toEqual([ana]);
    expect(parsePhoneList(`+${ana} +${bruno}`).problems).toMatchObject([{ kind: 'not-a-phone', line: 1 }]);
  });

  test.each(['', ' ', '\n\n', ',;\n , ; ', '\u00a0'])('%j holds none', (text) => {
    expect(parsePhoneList(text)).toEqual({ phones: [], problems: [] });
  });
});

test('lines count from 1, empty ones too, and what was typed is kept without its blanks', () => {
  expect(parsePhoneList(`\r\n+55 11 98765-4321 \r\n\r\n  +${bruno}`).phones).toEqual([
    { phone: ana, unusual: false, line: 2, typed: '+55 11 98765-4321' },
    { phone: bruno, unusual: false, line: 4, typed: `+${bruno}` },
  ]);
});

test('an unusual number is marked, and is no problem', () => {
  expect(parsePhoneList('+55 20 98765-4321')).toEqual({
    phones: [{ phone: '5520987654321', unusual: true, line: 1, typed: '+55 20 98765-4321' }],
    problems: [],
  });
});

test('the default country reads national numbers', () => {
  expect(parsePhoneList('11 98765-4321', 'BR').phones).toMatchObject([{ phone: ana }]);
  expect(parsePhoneList('11 98765-4321').problems).toMatchObject([{ kind: 'not-a-phone' }]);
});

test('a list with marks is read without them, and what was typed is kept with its mark', () => {
  expect(parsePhoneList('1. 11 98765-4321\n2) 21 91234-5678', 'BR')).toEqual({
    phones: [
      { phone: ana, unusual: false, line: 1, typed: '1. 11 98765-4321' },
      { phone: bruno, unusual: false, line: 2, typed: '2) 21 91234-5678' },
    ],
    problems: [],
  });
});

test('a number without its area code is a problem of its line', () => {
  expect(parsePhoneList('11 98765-4321\n98765-4321', 'BR').problems).toEqual([
    { kind: 'not-a-phone', why: 'no-area-code', line: 2, typed: '98765-4321' },
  ]);
});

describe('a number that stands twice', () => {
  test.each([
    ['written alike', `+${ana}\n+${ana}`, false],
    ['written in two ways', `+55 (11) 98765-4321\n${ana}`, false],
    ['with and then without the ninth digit', `+${ana}\n+${anaWithoutNinth}`, true],
    ['without and then with the ninth digit', `+${anaWithoutNinth}\n+${ana}`, true],
  ])('is a problem of the second place: %s', (_how, text, otherSpelling) => {
    const { phones, problems } = parsePhoneList(text);
    expect(phones).toHaveLength(1);
    expect(phones[0]?.line).toBe(1);
    expect(problems).toMatchObject([{ kind: 'repeated', line: 2, firstLine: 1, otherSpelling }]);
  });

  test('is found in one line, and as often as it stands there', () => {
    expect(parsePhoneList(`+${ana}, +${ana}\n+${ana}`).problems).toMatchObject([
      { kind: 'repeated', line: 1, firstLine: 1 },
      { kind: 'repeated', line: 2, firstLine: 1 },
    ]);
  });
});

test('every problem is told at once, in the order of the lines', () => {
  const { phones, problems } = parsePhoneList(`Ana\n+${ana}\n12, +${bruno}\n+${anaWithoutNinth}; x@y`);
  expect(phones.map(({ phone }) => phone)).toEqual([ana, bruno]);
  expect(problems).toEqual([
    { kind: 'not-a-phone', why: 'other', line: 1, typed: 'Ana' },
    { kind: 'not-a-phone', why: 'no-country-code', line: 3, typed: '12' },
    { kind: 'repeated', line: 4, typed: `+${anaWithoutNinth}`, firstLine: 2, otherSpelling: true },
    { kind: 'not-a-phone', why: 'other', line: 4, typed: 'x@y' },
  ]);
});

test('a refused entry does not make a later one a repetition', () => {
  expect(parsePhoneList('12\n12').problems.map(({ kind }) => kind)).toEqual(['not-a-phone', 'not-a-phone']);
});
