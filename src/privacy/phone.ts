import {
  type CountryCode,
  isSupportedCountry,
  type PhoneNumber,
  parsePhoneNumberFromString,
  validatePhoneNumberLength,
} from 'libphonenumber-js/max';

/** A phone number as WhatsApp takes it: digits only, country code first, no plus. `5511987654321`. */
export type Phone = string & { readonly __brand: 'Phone' };

/** Two letters of ISO 3166-1 that have a phone numbering plan, such as `BR`. */
export type Country = CountryCode;

/** A number read from what somebody typed. `unusual`: possible, yet in no known range of its country. */
export type TypedPhone = { phone: Phone; unusual: boolean };

/** Why a text can't be a phone number. `no-area-code`: it has too few digits for the default country Brazil. */
export type NoPhone = 'too-short' | 'too-long' | 'no-area-code' | 'no-country-code' | 'other';

// A bracket without its other half is the mark of a list, or half a number.
const likeANumber = /^\+?(?:[\d\s.\-/]|\([\d\s-]*\))+$/;

/** Whether a text is a number as WhatsApp takes it: nothing but digits. */
export function isPhone(text: string): text is Phone {
  return /^\d{5,15}$/.test(text);
}

export function isCountry(text: string): text is Country {
  return isSupportedCountry(text);
}

/**
 * Reads one number however people write it: `+55 (11) 98765-4321`, `5511987654321`, `00 55 …`, or the national form
 * where a default country is given. The digits stay as typed: Brazil's ninth digit is neither added nor taken away,
 * since the same mobile may be registered at WhatsApp either way.
 *
 * @returns undefined for what can't be a phone number.
 */
export function parsePhone(typed: string, defaultCountry?: Country): TypedPhone | undefined {
  const text = plain(typed);
  if (!likeANumber.test(text)) return undefined;
  const digits = text.replace(/\D/g, '');
  const abroad = withPlus(text);
  if (abroad) return best([read(abroad)]);
  const international = read(`+${digits}`);
  // A country code in brackets is not told from an area code: only the default country's own is taken for one. Nor are
  // the first digits of a number of Brazil without its area code, 95123-4567, those of Myanmar.
  const isElsewhere =
    (text.startsWith('(') && international?.country !== defaultCountry) ||
    (defaultCountry === 'BR' && /^\d{8,9}$/.test(digits));
  if (defaultCountry) return best([read(digits, defaultCountry), isElsewhere ? undefined : international]);
  // Without a plus and without a default country, a merely possible number is more likely one without its country code,
  // and so is a short one, or one that begins with an area code in brackets.
  if (digits.length < (text.startsWith('(') ? 12 : 10)) return undefined;
  return international && !isUnusual(international) ? best([international]) : undefined;
}

/** Why `parsePhone` reads no number in a text. */
export function whyNoPhone(typed: string, defaultCountry?: Country): NoPhone {
  const text = plain(typed);
  if (!likeANumber.test(text)) return 'other';
  const abroad = withPlus(text);
  if (!abroad && !defaultCountry) return 'no-country-code';
  const number = abroad ?? text.replace(/\D/g, '');
  const country = abroad ? undefined : defaultCountry;
  const wrong = validatePhoneNumberLength(number, country);
  if (wrong === 'INVALID_COUNTRY') return 'no-country-code';
  if (wrong === 'TOO_LONG') return 'too-long';
  const parsed = parse(number, country);
  if (wrong === 'TOO_SHORT' || (parsed && lacksAreaCode(parsed)))
    return country === 'BR' ? 'no-area-code' : 'too-short';
  return 'other';
}

/** What two spellings of one number share: Brazilian mobiles with and without the ninth digit are the same. */
export function identityOf(phone: string): string {
  const brazilian = /^55(\d{2})9?(\d{8})$/.exec(phone);
  return brazilian ? `55${brazilian[1]}${brazilian[2]}` : phone;
}

/** For the eyes of those who may see it: `+55 11 98765-4321`. */
export function formatPhone(phone: string): string {
  const brazilian = /^55(\d{2})(\d{4,5})(\d{4})$/.exec(phone);
  if (brazilian) return `+55 ${brazilian[1]} ${brazilian[2]}-${brazilian[3]}`;
  const formatted = parsePhoneNumberFromString(`+${phone}`)?.formatInternational();
  // Where zeros are left out of it, it is another number.
  return formatted?.replace(/\D/g, '') === phone ? formatted : `+${phone}`;
}

const shownAtTheEnd = 4;
const maskedAtLeast = 4;

/**
 * For channels and logs: `+55 11 •••••-4321`. Shows the country code and the last four digits, and the area code where
 * at least four digits between stay masked. Anything that is not a number shows at most its last four characters.
 */
export function maskPhone(phone: string): string {
  if (!/^\d{5,15}$/.test(phone)) return `•••••${phone.replace(/@lid$/, '').slice(-shownAtTheEnd)}`;
  const [country = '', area = '', ...rest] = formatPhone(phone).split(' ');
  // Under an unknown country code all digits stand in one group.
  if (area === '') return maskAllButTheEnd(country);
  const afterArea = rest.join(' ');
  return digitsIn(afterArea) >= shownAtTheEnd + maskedAtLeast
    ? `${country} ${area} ${maskAllButTheEnd(afterArea)}`
    : `${country} ${maskAllButTheEnd([area, ...rest].join(' '))}`;
}

function maskAllButTheEnd(text: string): string {
  const shown = Math.min(shownAtTheEnd, Math.max(0, digitsIn(text) - maskedAtLeast));
  let left = digitsIn(text);
  return text.replace(/\d/g, (digit) => (left-- > shown ? '•' : digit));
}

function digitsIn(text: string): number {
  return text.replace(/\D/g, '').length;
}

/** What copying from WhatsApp, a spreadsheet or a contact card leaves around a number is taken away. */
function plain(typed: string): string {
  return (
    typed
      .normalize('NFKC')
      .replace(/\p{Cf}/gu, '')
      .replace(/\p{Pd}/gu, '-')
      .trim()
      // The mark of a list: "1. ", "2) ", "- ", "• ".
      .replace(/^(?:\d{1,2}[.)]|[-*•·])\s+/, '')
      .replace(/^tel:/i, '')
      .replace(/^\((\+|00)([\d\s]*)\)/, '$1$2')
      .trim()
  );
}

/** Where a country code stands first: after a plus, or after 00, which is dialled for it in most of the world. */
function withPlus(text: string): string | undefined {
  const digits = text.replace(/\D/g, '');
  if (text.startsWith('+')) return `+${digits}`;
  // libphonenumber-js reads 00 as a part of a national number.
  return digits.startsWith('00') ? `+${digits.slice(2)}` : undefined;
}

function parse(text: string, country?: Country): PhoneNumber | undefined {
  return parsePhoneNumberFromString(text, {
    extract: false,
    ...(country && { defaultCountry: country }),
  });
}

function read(text: string, country?: Country): PhoneNumber | undefined {
  const parsed = parse(text, country);
  return parsed?.isPossible() && !lacksAreaCode(parsed) && staysItself(parsed) ? parsed : undefined;
}

/** Zeros too many are taken for those that are dialled before a number: read once more, it would be another one. */
function staysItself({ number }: PhoneNumber): boolean {
  return parsePhoneNumberFromString(number)?.number === number;
}

/** Eight or nine digits are possible in Brazil, but only within one area; WhatsApp knows no areas. */
function lacksAreaCode(number: PhoneNumber): boolean {
  return number.countryCallingCode === '55' && number.nationalNumber.length < 10 && !number.isValid();
}

/** The first reading of a known range, otherwise the first possible one. */
function best(readings: (PhoneNumber | undefined)[]): TypedPhone | undefined {
  const possible = readings.filter((reading) => reading !== undefined);
  const chosen = possible.find((reading) => !isUnusual(reading)) ?? possible[0];
  return chosen && { phone: chosen.number.slice(1) as Phone, unusual: isUnusual(chosen) };
}

/** Mobiles of Brazil without the ninth digit count as usual: many are registered at WhatsApp so. */
function isUnusual(number: PhoneNumber): boolean {
  if (number.isValid()) return false;
  const withoutNinth = /^55(\d{2})([6-9]\d{7})$/.exec(number.number.slice(1));
  return !(withoutNinth && parsePhoneNumberFromString(`+55${withoutNinth[1]}9${withoutNinth[2]}`)?.isValid());
}
