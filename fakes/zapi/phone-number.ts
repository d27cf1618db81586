// [doc] Digits only, country code first, no `+`, spaces or mask. No country code begins with 0 and no number has more
// than 15 digits (E.164); the least length is our strictness.
const phoneNumber = /^[1-9]\d{7,14}$/;
const brazilianWithNinth = /^(55\d\d)9(\d{8})$/;
const brazilianWithoutNinth = /^(55\d\d)(\d{8})$/;

export function isPhoneNumber(value: unknown): value is string {
  return typeof value === 'string' && phoneNumber.test(value);
}

/**
 * Brazil's other form of a number, with or without the ninth digit; undefined for a number from elsewhere. Limit: by
 * its length alone, so that a landline has one as well; it is registered nowhere unless a test says so.
 */
export function otherBrazilianForm(phone: string): string | undefined {
  if (brazilianWithNinth.test(phone)) return phone.replace(brazilianWithNinth, '$1$2');
  if (brazilianWithoutNinth.test(phone)) return phone.replace(brazilianWithoutNinth, '$19$2');
  return undefined;
}
