import { describe, expect, test } from '@jest/globals';
import {
  type CountryCode,
  getCountries,
  getCountryCallingCode,
  getExampleNumber,
} from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import {
  formatPhone,
  identityOf,
  isCountry,
  maskPhone,
  type NoPhone,
  parsePhone,
  whyNoPhone,
} from '../../src/privacy/phone.ts';

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

describe('the mark of a list is taken away', () => {
  test.each([
    ['1. 11 98888-0011', '5511988880011'],
    ['2) 11 98888-0012', '5511988880012'],
    ['2) (11) 98888-0012', '5511988880012'],
    ['10. 11 98888-0012', '5511988880012'],
    ['10)\u00a011 98888-0012', '5511988880012'],
    ['- 11 98888-0012', '5511988880012'],
    ['– 11 98888-0012', '5511988880012'],
    ['* 11 98888-0012', '5511988880012'],
    ['• 11 98888-0012', '5511988880012'],
    ['· 11 98888-0012', '5511988880012'],
    ['•\t0800 729 0722', '558007290722'],
    ['3) 4915112345678', '4915112345678'],
  ])('%j in BR is %s', (typed, phone) => {
    expect(parsePhone(typed, 'BR')).toEqual(usual(phone));
  });

  test.each(['1. ', '2) ', '- ', '10) ', '• '])('%j stands before a number with its country code', (mark) => {
    for (const typed of [
      '+55 11 98765-4321',
      '(+55) 11 98765-4321',
      '0055 11 98765-4321',
      'tel:+5511987654321',
    ]) {
      expect(parsePhone(`${mark}${typed}`)).toEqual(usual(ana));
      expect(parsePhone(`${mark}${typed}`, 'BR')).toEqual(usual(ana));
    }
  });

  test.each(['1. Ana 11 98888-0012', '123. 11 98888-0012', 'a) 11 98888-0012', '# 11 98888-0012'])(
    '%j is still no number',
    (typed) => {
      expect(parsePhone(typed)).toBeUndefined();
      expect(parsePhone(typed, 'BR')).toBeUndefined();
    },
  );

  // What could be the area code is not put before a number that lacks one: it may as well be the eleventh of a list.
  test.each(['1) 98888-0012', '11. 98888-0012', '11) 98888-0012'])(
    '%j in BR lacks its area code',
    (typed) => {
      expect(parsePhone(typed, 'BR')).toBeUndefined();
    },
  );
});

describe('a number of Brazil without its area code is refused', () => {
  test.each([
    '98888-1234',
    '988881234',
    '988 881 234',
    '8888-1234',
    '88881234',
    '3333-4444',
    '0 98888-1234',
    '(11) 98888-12',
    '(11) 98888-1',
    // With a plus these would be numbers of Myanmar, Iran, Saint Helena and Switzerland.
    '95123-4567',
    '98112-8251',
    '2902-4917',
    '4963-4356',
  ])('%j in BR', (typed) => {
    expect(parsePhone(typed, 'BR')).toBeUndefined();
  });

  test.each(['+55 98888-1234', '+55 8888-1234', '0055 98888-1234', '(+55) 8888-1234'])(
    '%j, with a default country and without',
    (typed) => {
      expect(parsePhone(typed)).toBeUndefined();
      expect(parsePhone(typed, 'BR')).toBeUndefined();
      expect(parsePhone(typed, 'US')).toBeUndefined();
    },
  );

  test.each([
    ['4004-1234', '5540041234'],
    ['+55 4004-1234', '5540041234'],
    ['0800 123 4567', '558001234567'],
    ['0800-729-0722', '558007290722'],
    ['+55 800 729 0722', '558007290722'],
  ])('%j has none, and is taken: %s', (typed, phone) => {
    expect(parsePhone(typed, 'BR')).toEqual(usual(phone));
  });

  test('and never taken for a number of another country, whatever its digits', () => {
    const foreign = Array.from({ length: 9_000 }, (_, index) => `${1_000 + index}`).flatMap((beginning) =>
      ['4567', '71234'].flatMap((end) => {
        const phone = parsePhone(`${beginning}${end}`, 'BR')?.phone ?? '55';
        return phone.startsWith('55') ? [] : [`${beginning}${end} ${phone}`];
      }),
    );
    expect(foreign).toEqual([]);
  });

  test('while as many digits are read otherwise where Brazil is not the default country', () => {
    expect(parsePhone('29024917', 'PT')).toEqual(usual('29024917'));
  });

  test('with a plus they are what they say', () => {
    expect(parsePhone('+95 1 234567', 'BR')).toEqual(usual('951234567'));
    expect(parsePhone('00 290 24917', 'BR')).toEqual(usual('29024917'));
  });
});

describe('a beginning in brackets is an area code, never the code of another country', () => {
  test.each([
    '(11) 98888-12345',
    '(49) 98888-12345',
    '(49) 151 1234 5678',
    '(44) 7911 123456',
    '(351) 912 345 678',
  ])('%j in BR is refused', (typed) => {
    expect(parsePhone(typed, 'BR')).toBeUndefined();
  });

  test.each([
    ['(49) 98888-1234', '5549988881234'],
    ['(49) 3333-4444', '554933334444'],
    ['(55) 98765-4321', '5555987654321'],
    // The default country's own.
    ['(55) 11 98765-4321', ana],
    ['(55) (11) 98765-4321', ana],
    // With a plus, or its 00, nothing is guessed.
    ['(+55) 11 98765-4321', ana],
    ['(0055) 11 98765-4321', ana],
    ['(+49) 151 12345678', '4915112345678'],
    ['(0049) 151 12345678', '4915112345678'],
    // Without brackets, too.
    ['49 151 12345678', '4915112345678'],
  ])('%j in BR is %s', (typed, phone) => {
    expect(parsePhone(typed, 'BR')).toEqual(usual(phone));
  });

  test.each([
    ['(1) 415 555 2671', 'US', '14155552671'],
    ['(1) 415 555 2671', 'CA', '14155552671'],
    ['(44) 20 7946 0958', 'GB', '442079460958'],
  ] as const)('%j in %s is %s', (typed, country, phone) => {
    expect(parsePhone(typed, country)).toEqual(usual(phone));
  });

  test('without a default country it may be that of any', () => {
    expect(parsePhone('(49) 151 1234 5678')).toEqual(usual('4915112345678'));
    expect(parsePhone('(55) 11 98765-4321')).toEqual(usual(ana));
  });

  test.each(['(81) 98888-1234', '(51) 98888-1234', '95123-4567'])(
    'without a default country %s is refused: it may well lack its country code',
    (typed) => {
      expect(parsePhone(typed)).toBeUndefined();
    },
  );

  test('every area code of Brazil stays one, with digits too few and too many', () => {
    const foreign = Array.from({ length: 89 }, (_, index) => index + 11).flatMap((area) =>
      [
        '98888-12',
        '98888-123',
        '98888-1234',
        '98888-12345',
        '98888-123456',
        '3333-444',
        '3333-44444',
      ].flatMap((rest) => {
        const phone = parsePhone(`(${area}) ${rest}`, 'BR')?.phone ?? '55';
        return phone.startsWith('55') ? [] : [`(${area}) ${rest} ${phone}`];
      }),
    );
    expect(foreign).toEqual([]);
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

describe('why a text is no number', () => {
  test.each<[string, NoPhone]>([
    ['+55 11 23', 'too-short'],
    ['0055 11 23', 'too-short'],
    ['+55 98888-1234', 'too-short'],
    ['+1198', 'too-short'],
    ['+1', 'too-short'],
    ['+55 11 98765-4321-000', 'too-long'],
    [`+${'5'.repeat(40)}`, 'too-long'],
    ['+999 123456789', 'no-country-code'],
    ['+0 11 98765-4321', 'no-country-code'],
    ['Ana', 'other'],
    ['+55 11 98765-4321 (Ana)', 'other'],
    ['11 +5511', 'other'],
    ['', 'other'],
    ['+', 'other'],
    ['+55 00 90000-0000', 'other'],
  ])('%j, with a default country and without: %s', (typed, why) => {
    expect(whyNoPhone(typed)).toBe(why);
    expect(whyNoPhone(typed, 'BR')).toBe(why);
  });

  test.each<[string, CountryCode | undefined, NoPhone]>([
    ['9888', undefined, 'no-country-code'],
    ['9888', 'BR', 'no-area-code'],
    ['98888-1234', undefined, 'no-country-code'],
    ['98888-1234', 'BR', 'no-area-code'],
    ['0 98888-1234', 'BR', 'no-area-code'],
    ['(11) 98888-1', 'BR', 'no-area-code'],
    ['95123-4567', 'BR', 'no-area-code'],
    ['(11) 98888-12345', 'BR', 'too-long'],
    ['11 98765-4321 21 91234-5678', 'BR', 'too-long'],
    ['415 555', 'US', 'too-short'],
  ])('%j in %s: %s', (typed, country, why) => {
    expect(parsePhone(typed, country)).toBeUndefined();
    expect(whyNoPhone(typed, country)).toBe(why);
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
