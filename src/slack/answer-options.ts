import { setTimeout as pause } from 'node:timers/promises';
import type { AckFn, BlockSuggestion, types } from '@slack/bolt';
import { isEntry } from '../privacy/change.ts';
import type { ManagedNumber } from '../privacy/managed-number.ts';
import { findable, searchable, searchPeople, sortPeople } from '../privacy/people-search.ts';
import { parsePhone } from '../privacy/phone.ts';
import type { SettingId } from '../privacy/settings.ts';
import { rememberedMs } from './admission.ts';
import type { Flow } from './flow.ts';
import { personOption, remarkOption } from './form-fields.ts';
import { type Form, formMemory, OutdatedForm } from './form-memory.ts';
import { errorFields } from './patience.ts';
import { numberOf } from './refresh-form.ts';
import { noteRefusal, type Refused } from './refuse.ts';

type Option = types.PlainTextOption;
type Asking = { body: BlockSuggestion; ack: AckFn<{ options: Option[] }> };
/** Who fits what was typed into a picker of a number. */
type People = (
  flow: Flow,
  number: ManagedNumber,
  asked: { setting: SettingId; query: string; waitMs: number },
) => Promise<Option[]>;

/** Slack's limit: https://docs.slack.dev/reference/block-kit/block-elements/multi-select-menu-element */
const mostOptions = 100;
/** Slack waits for three seconds, for all of it; letter by letter the same is asked again. */
const admissionWaitMs = 900;
const patienceMs = 2_200;
const listAgeMs = 15_000;

/** Somebody types into a picker. Whoever may not see the number's people is shown none. */
export async function answerOptions(flow: Flow, { body, ack }: Asking, people: People): Promise<void> {
  const { options, refused } = await optionsFor(flow, body, people);
  await ack({ options }).catch((error: unknown) =>
    flow.log.warn(errorFields(error), 'options not acknowledged'),
  );
  if (refused && isFirst(flow, `${refused.asker.id} ${body.view?.id}`)) await noteRefusal(flow, refused);
}

type Answer = { options: Option[]; refused?: Refused };

async function optionsFor(flow: Flow, body: BlockSuggestion, people: People): Promise<Answer> {
  const answerByMs = Date.now() + patienceMs;
  const form = rememberedForm(body);
  if (!form) return { options: [] };
  const { setting, number: name } = form;
  const asker = { id: body.user.id, channel: form.place.channel };
  const instance = flow.numbers.find((number) => number.name === name)?.instance;
  const admission =
    flow.admissions.known(asker) ??
    (await flow.admissions.ask(asker, { maxAgeMs: rememberedMs, waitMs: admissionWaitMs, instance }));
  const number = numberOf(admission, form);
  if (number) {
    const waitMs = Math.max(0, answerByMs - Date.now());
    return { options: await people(flow, number, { setting, query: body.value ?? '', waitMs }) };
  }
  if (admission.ok && instance === undefined) return { options: [] };
  const why = admission.ok ? { kind: 'not-listed' as const } : admission.why;
  return { options: [], refused: { asker, tried: 'options', why, instance } };
}

/** Each letter is another request: one refusal of a person in a form is recorded, not one a letter. */
const noted = new WeakMap<Flow, Set<string>>();
const mostNoted = 1_000;

function isFirst(flow: Flow, key: string): boolean {
  const known = noted.get(flow) ?? new Set();
  noted.set(flow, known);
  if (known.has(key)) return false;
  if (known.size >= mostNoted) known.clear();
  known.add(key);
  return true;
}

function rememberedForm({ view }: BlockSuggestion): Omit<Form, 'visibility'> | undefined {
  try {
    return formMemory(view?.private_metadata ?? '');
  } catch (error) {
    if (error instanceof OutdatedForm) return undefined;
    throw error;
  }
}

/** Contacts, to hide from. */
export const offerContacts: People = async ({ messages }, number, { query, waitMs }) => {
  const { picker } = messages.form;
  const found = await number.contacts.search(query, { most: mostOptions, waitMs });
  if (!found) return [remarkOption(picker.contactsUnavailable)];
  if (found.people.length === 0 && !found.isWhole) return [remarkOption(picker.contactsComing)];
  return found.people.map(({ entry }) =>
    personOption(messages.form, entry, (phone) => number.contacts.nameOf(phone)),
  );
};

/** People on the list, to show again to. Where the list can't be read, the number that is typed. */
export const offerHidden: People = async (
  { messages, defaultCountry },
  number,
  { setting, query, waitMs },
) => {
  const nameOf = (entry: string) => number.contacts.nameOf(entry);
  const list = await Promise.race([
    number.list.read(setting, { maxAgeMs: listAgeMs, timeoutMs: waitMs }).catch(() => undefined),
    pause(waitMs, undefined, { ref: false }),
  ]);
  if (!list) {
    const typed = parsePhone(query, defaultCountry);
    if (typed) return [personOption(messages.form, typed.phone, nameOf)];
    return [remarkOption(messages.form.picker.listUnavailable)];
  }
  const listed = [...new Set(list)].filter(isEntry).map((entry) => findable({ entry, name: nameOf(entry) }));
  return searchPeople(searchable(sortPeople(listed)), query, mostOptions).map(({ entry }) =>
    personOption(messages.form, entry, nameOf),
  );
};
