import { type Country, identityOf, type Phone } from './phone.ts';
import { type ListedPhone, type PhoneListProblem, parsePhoneList } from './phone-list.ts';
import type { SettingId } from './settings.ts';

/** Who can see it, in WhatsApp's order. */
export const visibilities = ['everyone', 'contacts', 'contacts-except', 'nobody'] as const;
export type Visibility = (typeof visibilities)[number];

/** Changes to the list of people, not the list: phone numbers as digits, or WhatsApp's private ids (`…@lid`). */
export type ListChanges = { hide: readonly string[]; showAgain: readonly string[] };

/** What is to be changed. The lists are empty unless `contacts-except`. */
export type PrivacyChange = { setting: SettingId; visibility: Visibility } & ListChanges;

/** What a person filled in, as it came. */
export type TypedChange = { visibility: string | undefined; hide: string; showAgain: string };

export type ChangeProblem =
  | { field: 'visibility'; kind: 'not-chosen' }
  | ({ field: 'hide' | 'showAgain' } & PhoneListProblem)
  | { field: 'hide' | 'showAgain'; kind: 'too-long' }
  /** The number is in "Hide from" too, on `otherLine`. */
  | { field: 'showAgain'; kind: 'in-both'; line: number; typed: string; otherLine: number };

export type ParsedChange =
  | { ok: true; change: PrivacyChange; unusual: Phone[] }
  | { ok: false; problems: ChangeProblem[] };

/** The longest text that Slack's multi-line input takes; more can only come from something that is not Slack's form. */
export const longestText = 3000;

/** Reads what was filled in; tells every problem with its field. `unusual` numbers deserve a second look. */
export function parseChange(setting: SettingId, typed: TypedChange, defaultCountry?: Country): ParsedChange {
  const visibility = visibilities.find((known) => known === typed.visibility);
  if (!visibility) return { ok: false, problems: [{ field: 'visibility', kind: 'not-chosen' }] };
  if (visibility !== 'contacts-except') {
    return { ok: true, change: { setting, visibility, hide: [], showAgain: [] }, unusual: [] };
  }
  const hide = parseField('hide', typed.hide, defaultCountry);
  const showAgain = parseField('showAgain', typed.showAgain, defaultCountry);
  const problems = [...hide.problems, ...showAgain.problems, ...inBoth(hide.phones, showAgain.phones)];
  if (problems.length > 0) return { ok: false, problems };
  return {
    ok: true,
    change: { setting, visibility, hide: hide.phones.map(phoneOf), showAgain: showAgain.phones.map(phoneOf) },
    unusual: [...hide.phones, ...showAgain.phones].filter((listed) => listed.unusual).map(phoneOf),
  };
}

function parseField(field: 'hide' | 'showAgain', text: string, defaultCountry: Country | undefined) {
  if (text.length > longestText) return { phones: [], problems: [{ field, kind: 'too-long' as const }] };
  const { phones, problems } = parsePhoneList(text, defaultCountry);
  return { phones, problems: problems.map((problem) => ({ field, ...problem })) };
}

function inBoth(hide: ListedPhone[], showAgain: ListedPhone[]): ChangeProblem[] {
  const hidden = new Map(hide.map((listed) => [identityOf(listed.phone), listed]));
  return showAgain.flatMap(({ phone, line, typed }) => {
    const other = hidden.get(identityOf(phone));
    return other ? [{ field: 'showAgain', kind: 'in-both', line, typed, otherLine: other.line }] : [];
  });
}

function phoneOf({ phone }: ListedPhone): Phone {
  return phone;
}
