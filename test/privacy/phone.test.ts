import { describe, expect, test } from '@jest/globals';
import {
  type CountryCode,
  getCountries,
  getCountryCallingCode,
  getExampleNumber,
} from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { formatPhone, identityOf, isCountry, maskPhone, parsePhone } from '../../src/privacy/phone.ts';

const usual = (phone: string) => ({ phone, unusual: false });
const unusual = (phone: string) => ({ phone, unusual: true });
const ana = '5511987654321';

describe('a number with its country code', () => {
  test.each([
    ['+5511987654321', ana],
    ['+55 11 98765-4321', ana],
    ['+55 (11) 98765-4321', ana],
    ['+55 (011) 98765-4321', ana],
    ['(+55) 11 98765-4321', ana],
    ['55 (11) 9.8765.4321', ana],
    ['+55/11/98765/4321', ana],
    ['  +55 11 98765-4321  ', ana],
    ['5511987654321', ana],
    ['55 11 98765 4321', ana],
    ['0055 11 98765-4321', ana],
    ['00 55 11 98765-4321', ana],
    ['(0055) 11 98765-4321', ana],
    ['tel:+5511987654321', ana],
    ['TEL: +55 11 98765-4321', ana],
    ['+55\u00a011\u00a098765\u00a04321', ana],
    ['+55\u202f11\u200998765\u30004321', ana],
    ['\u202a+55 11 98765-4321\u202c', ana],
    ['\u2066+55 11 98765-4321\u2069\u200e', ana],
    ['+55\u200b11\u200d98765\ufeff4321', ana],
    ['+55 11 98765\u00ad4321', ana],
    ['+55 11 98765\u20114321', ana],
    ['+55 11 98765–4321', ana],
    ['+55 11 98765—4321', ana],
    ['＋５５ （１１） ９８７６５－４３２１', ana],
    ['+1 (415) 555-2671', '14155552671'],
    ['+44 (0) 20 7946 0958', '442079460958'],
    ['+39 06 1234 5678', '390612345678'],
    ['+351 912 345 678', '351912345678'],
    ['351912345678', '351912345678'],
    ['+683 4002', '6834002'],
    ['+870 773 111 632', '870773111632'],
  ])('%j is %s, with a default country and without', (typed, phone) => {
    expect(parsePhone(typed)).toEqual(usual(phone));
    expect(parsePhone(typed, 'BR')).toEqual(usual(phone));
  });
});

describe('a national number', () => {
  test.each<[string, CountryCode, string]>([
    ['11 98765-4321', 'BR', ana],
    ['(11) 98765-4321', 'BR', ana],
    ['011 98765-4321', 'BR', ana],
    ['0 21 11 98765-4321', 'BR', ana],
    ['11/98765-4321', 'BR', ana],
    ['1187654321', 'BR', '551187654321'],
    ['55 98765-4321', 'BR', '5555987654321'],
    ['(415) 555-2671', 'US', '14155552671'],
    ['011 55 11 98765-4321', 'US', ana],
    ['912 345 678', 'PT', '351912345678'],
    ['020 7946 0958', 'GB', '442079460958'],
  ])('%j in %s is %s', (typed, country, phone) => {
    expect(parsePhone(typed, country)).toEqual(usual(phone));
  });

  test.each([
    '11 98765-4321',
    '(11) 98765-4321',
    '011 98765-4321',
    '98765-4321',
    '912345678',
    '2025550123',
    // The same digits with a plus would be possible, and are asked about; without one they are not certain.
    '5511587654321',
    '1 555 555 5555',
  ])('%j is refused without a default country', (typed) => {
    expect(parsePhone(typed)).toBeUndefined();
  });

  test('the default country is asked first, and only then the digits with a plus', () => {
    // 4915… is a German mobile, and no number of Brazil.
    expect(parsePhone('4915112345678', 'BR')).toEqual(usual('4915112345678'));
    // +20 2555 0123 is no number of Egypt either: what is left is a number of Brazil that deserves a second look.
    expect(parsePhone('2025550123', 'BR')).toEqual(unusual('552025550123'));
  });
});

describe('Brazil and the ninth digit', () => {
  test.each([
    ['+55 11 98765-4321', '5511987654321'],
    ['+55 11 8765-4321', '551187654321'],
    ['551187654321', '551187654321'],
    ['+55 61 9655-1234', '556196551234'],
  ])('%j stays as typed and is usual', (typed, phone) => {
    expect(parsePhone(typed)).toEqual(usual(phone));
  });

  test.each([
    ['5511987654321', '551187654321'],
    ['5521912345678', '552112345678'],
  ])('%s and %s are one number', (withNinth, without) => {
    expect(identityOf(withNinth)).toBe(identityOf(without));
  });

  test.each([
    ['5511987654321', '5521987654321'],
    ['5511987654321', '5511987654322'],
    ['5511987654321', '551197654321'],
    ['14155552671', '1415552671'],
    ['4930987654321', '493087654321'],
    ['351912345678', '35112345678'],
    ['123456789012345@lid', '12345678012345@lid'],
  ])('%s and %s are two', (one, other) => {
    expect(identityOf(one)).not.toBe(identityOf(other));
  });
});

describe('possible, yet in no known range', () => {
  test.each([
    ['+55 20 98765-4321', '5520987654321'],
    ['+55 11 58765-4321', '5511587654321'],
    ['+55 20 8765-4321', '552087654321'],
    ['+1 198 765 4321', '11987654321'],
    ['+1 555 555 5555', '15555555555'],
  ])('%j is taken and marked', (typed, phone) => {
    expect(parsePhone(typed)).toEqual(unusual(phone));
  });
});

describe('what can not be a number', () => {
  test.each([
    '',
    ' ',
    '+',
    '+()',
    '-',
    '0',
    '00',
    '1',
    '123',
    '190',
    'Ana',
    'Ana +55 11 98765-4321',
    '+55 11 98765-4321 (Ana)',
    '+55 11 98765-4321 ext 5',
    '+55 11 98765-4321 x5',
    '1-800-FLOWERS',
    '+1 800 FLOWERS',
    '++5511987654321',
    '+55+11987654321',
    '55 11 98765-4321+',
    '+5511987654321 +5521912345678',
    '+0 11 98765-4321',
    '+999 123456789',
    '+55 11 98765-4321-000',
    '123456789012345678',
    '+1',
    '5511987654321@lid',
    '5511987654321@c.us',
    'https://wa.me/5511987654321',
    '<tel:+5511987654321|Ana>',
    '+55 11 98765-4321\0',
    '1e12',
    '0x5511987654321',
    '+55 11 ９８７６５-４３２１ 🙂',
  ])('%j is refused, with a default country and without', (typed) => {
    expect(parsePhone(typed)).toBeUndefined();
    expect(parsePhone(typed, 'BR')).toBeUndefined();
    expect(parsePhone(typed, 'US')).toBeUndefined();
  });

  test('a text of a million digits is refused at once', () => {
    const beganMs = performance.now();
    expect(parsePhone(`+${'5'.repeat(1_000_000)}`)).toBeUndefined();
    expect(performance.now() - beganMs).toBeLessThan(1_000);
  });
});

test('every country has a mobile that is read as it is written, in the international and the national form', () => {
  const wrong = getCountries().flatMap((country) => {
    const example = getExampleNumber(country, examples);
    if (!example) return [`${country} has no example`];
    const phone = example.number.slice(1);
    const readings = [
      parsePhone(example.number),
      parsePhone(example.formatInternational()),
      parsePhone(example.formatNational(), country),
    ];
    return readings.every((reading) => reading?.phone === phone && !reading.unusual)
      ? []
      : [`${country} ${example.number} ${JSON.stringify(readings)}`];
  });
  expect(wrong).toEqual([]);
});

describe('a masked number', () => {
  test.each([
    ['5511987654321', '+55 11 •••••-4321'],
    ['551187654321', '+55 11 ••••-4321'],
    ['14155552671', '+1 ••• ••• 2671'],
    ['442079460958', '+44 20 •••• 0958'],
    ['351912345678', '+351 ••• ••5 678'],
    ['6834002', '+683 ••••'],
    ['29051234', '+290 ••••4'],
    ['123456789012345@lid', '•••••2345'],
    ['', '•••••'],
  ])('%s is shown as %s', (phone, mask) => {
    expect(maskPhone(phone)).toBe(mask);
  });

  const country = (code: CountryCode) => getExampleNumber(code, examples)?.number.slice(1) ?? '';
  const callingCodes = [...new Set(getCountries().map((each) => getCountryCallingCode(each)))];
  const unknownCodes = ['210', '999', '0', '888', '979'];
  const lengths = [7, 8, 9, 10, 11, 12, 13, 14, 15];
  const made = [...callingCodes, ...unknownCodes].flatMap((code) =>
    lengths
      .map((length) => `${code}719283645071928`.slice(0, length))
      // libphonenumber-js completes a few old short numbers (Madagascar): these are not what is masked.
      .filter((phone) => digitsOf(formatPhone(phone)) === phone),
  );

  test.each([
    ['the mobiles of all countries', getCountries().map(country)],
    ['numbers of every length under every country code, known or not', made],
  ])('keeps at least four digits to itself: %s', (_what, phones) => {
    const told = phones.filter((phone) => phone.length - digitsOf(maskPhone(phone)).length < 4);
    expect(phones.length).toBeGreaterThan(200);
    expect(told.map((phone) => `${phone} ${maskPhone(phone)}`)).toEqual([]);
  });

  test('shows nothing but the beginning of the number and at most four digits of its end', () => {
    const told = [...getCountries().map(country), ...made].filter((phone) => {
      const mask = maskPhone(phone);
      const beginning = digitsOf(mask.slice(0, mask.indexOf('•')));
      const end = digitsOf(mask.slice(mask.lastIndexOf('•')));
      return !mask.includes('•') || end.length > 4 || !phone.startsWith(beginning) || !phone.endsWith(end);
    });
    expect(told.map((phone) => `${phone} ${maskPhone(phone)}`)).toEqual([]);
  });

  test.each(['+5511987654321', 'Ana Souza', '123456789012345@lid', '5511987654321@c.us', '5'.repeat(40)])(
    'shows at most four characters of what is no number: %s',
    (text) => {
      const mask = maskPhone(text);
      expect(mask).toMatch(/^•••••.{4}$/u);
      expect(text.replace('@lid', '').endsWith(mask.slice(-4))).toBe(true);
    },
  );
});

test.each([
  ['5511987654321', '+55 11 98765-4321'],
  ['551187654321', '+55 11 8765-4321'],
  ['14155552671', '+1 415 555 2671'],
  ['999123456789', '+999123456789'],
])('%s is written for people as %s', (phone, formatted) => {
  expect(formatPhone(phone)).toBe(formatted);
});

test.each([
  ['BR', true],
  ['US', true],
  ['br', false],
  ['XX', false],
  ['', false],
  ['Brazil', false],
  ['constructor', false],
  ['__proto__', false],
])('%j is a country: %s', (text, known) => {
  expect(isCountry(text)).toBe(known);
});

function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}
