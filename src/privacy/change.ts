import { type Country, identityOf, isPhone, type Phone } from './phone.ts';
import { type ListedPhone, type PhoneListProblem, parsePhoneList } from './phone-list.ts';
import type { SettingId } from './settings.ts';

/** Who can see it, in WhatsApp's order. */
export const visibilities = ['everyone', 'contacts', 'contacts-except', 'nobody'] as const;
export type Visibility = (typeof visibilities)[number];

/** Changes to the list of people, not the list: phone numbers as digits, or WhatsApp's private ids (`…@lid`). */
export type ListChanges = { hide: readonly string[]; showAgain: readonly string[] };

/** What is to be changed. The lists are empty unless `contacts-except`. */
export type PrivacyChange = { setting: SettingId; visibility: Visibility } & ListChanges;

/** What a person asked for, as it came: numbers that they typed, one a line, and people whom they picked. */
export type AskedChange = {
  visibility: string | undefined;
  hide: string;
  hidePicked: readonly string[];
  showAgain: string;
  showAgainPicked: readonly string[];
};

export type ChangeProblem =
  | { field: 'visibility'; kind: 'not-chosen' }
  | ({ field: 'hide' | 'showAgain' } & PhoneListProblem)
  | { field: 'hide' | 'showAgain'; kind: 'too-long' }
  /** Somebody is to be hidden from and shown again to. `entry`: digits, or a private id. */
  | { field: 'showAgain'; kind: 'in-both'; entry: string };

/** `typed`: the numbers that came by hand. `unusual`: those of them that deserve a second look. */
export type ParsedChange =
  | { ok: true; change: PrivacyChange; typed: Phone[]; unusual: Phone[] }
  | { ok: false; problems: ChangeProblem[] };

/** The longest text that Slack's multi-line input takes; more can only come from something that is not Slack's form. */
export const longestText = 3000;

/** Whether a text can be somebody's entry on a list at WhatsApp, digits or an id such as `…@lid`: what is picked can be forged. */
export function isEntry(text: string): boolean {
  return /^[\w.:@+-]{1,150}$/.test(text);
}

/** Reads what was asked for; tells every problem with its field. */
export function parseChange(setting: SettingId, asked: AskedChange, defaultCountry?: Country): ParsedChange {
  const visibility = visibilities.find((known) => known === asked.visibility);
  if (!visibility) return { ok: false, problems: [{ field: 'visibility', kind: 'not-chosen' }] };
  if (visibility !== 'contacts-except') {
    return { ok: true, change: { setting, visibility, hide: [], showAgain: [] }, typed: [], unusual: [] };
  }
  const typedHide = parseField('hide', asked.hide, defaultCountry);
  const typedShowAgain = parseField('showAgain', asked.showAgain, defaultCountry);
  const hide = everyoneOnce([...typedHide.phones.map(phoneOf), ...asked.hidePicked.filter(isPhone)]);
  const showAgain = everyoneOnce([
    ...typedShowAgain.phones.map(phoneOf),
    ...asked.showAgainPicked.filter(isEntry),
  ]);
  const problems = [...typedHide.problems, ...typedShowAgain.problems, ...inBoth(hide, showAgain)];
  if (problems.length > 0) return { ok: false, problems };
  const typed = [...typedHide.phones, ...typedShowAgain.phones];
  return {
    ok: true,
    change: { setting, visibility, hide, showAgain },
    typed: typed.map(phoneOf),
    unusual: typed.filter((listed) => listed.unusual).map(phoneOf),
  };
}

function parseField(field: 'hide' | 'showAgain', text: string, defaultCountry: Country | undefined) {
  if (text.length > longestText) return { phones: [], problems: [{ field, kind: 'too-long' as const }] };
  const { phones, problems } = parsePhoneList(text, defaultCountry);
  return { phones, problems: problems.map((problem) => ({ field, ...problem })) };
}

/** Who was typed and picked is meant once. */
function everyoneOnce(entries: readonly string[]): string[] {
  const identities = new Set<string>();
  return entries.filter((entry) => {
    const isNew = !identities.has(identityOf(entry));
    identities.add(identityOf(entry));
    return isNew;
  });
}

/** Who is to be hidden from and shown again to. */
export function inBoth(hide: readonly string[], showAgain: readonly string[]): ChangeProblem[] {
  const hidden = new Set(hide.map(identityOf));
  return showAgain
    .filter((entry) => hidden.has(identityOf(entry)))
    .map((entry) => ({ field: 'showAgain', kind: 'in-both', entry }));
}

function phoneOf({ phone }: ListedPhone): Phone {
  return phone;
}
