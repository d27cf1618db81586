import type { types } from '@slack/bolt';
import { longestText, type Visibility, visibilities } from '../privacy/change.ts';
import { plain } from './blocks.ts';
import type { Form } from './form-memory.ts';
import type { FormMessages } from './messages/form.ts';

// The fields of the form: how they are drawn, and how what is filled in is read.

export const numberActionId = 'number-chosen';
export const visibilityActionId = 'visibility-chosen';
/** Who asks for these is given people to pick. */
export const contactsActionId = 'contacts';
export const hiddenActionId = 'hidden-people';
const typedActionId = 'numbers';

/**
 * What is filled in survives an update of the form only while block_id and action_id stay the same; and what is filled in
 * for one number must not survive the choice of another: such a block has the number's name at the end of its id.
 */
const blockIds = {
  number: 'number',
  visibility: 'visibility',
  hide: 'hide',
  hidePicked: 'hide-picked',
  showAgain: 'show-again',
} as const;
export type Field = keyof typeof blockIds;

/** A picker offers this in place of people when it has something to say. */
const notAPerson = '!';

type StateValue = {
  value?: string | null;
  selected_option?: { value: string } | null;
  selected_options?: { value: string }[] | null;
};
export type StateValues = Record<string, Record<string, StateValue>>;
export type WithFields = { state?: { values?: StateValues } };

/**
 * What is filled in; where a field is not in sight, what it had when it was. Who was picked was picked for the number that
 * the form was drawn for.
 */
export function readFields({ state }: WithFields, remembered: Omit<Form, 'visibility'>): Form {
  const values = state?.values ?? {};
  const input = (field: Field, actionId: string) => values[blockIdIn(values, field) ?? '']?.[actionId];
  const typed = input('hide', typedActionId);
  const chosen = input('visibility', visibilityActionId)?.selected_option?.value;
  const picked = (field: Field, actionId: string, before: readonly string[]) => {
    const value = values[ofNumber(field, remembered)]?.[actionId];
    if (!value) return before;
    const options = Array.isArray(value.selected_options) ? value.selected_options : [];
    const entries = options.map((option) => String(option?.value ?? notAPerson));
    return entries.filter((entry) => !entry.startsWith(notAPerson));
  };
  return {
    ...remembered,
    number: textIn(input('number', numberActionId)?.selected_option?.value) ?? remembered.number,
    visibility: visibilities.find((known) => known === chosen),
    hide: typed ? (textIn(typed.value) ?? '') : remembered.hide,
    hidePicked: picked('hidePicked', contactsActionId, remembered.hidePicked),
    showAgainPicked: picked('showAgain', hiddenActionId, remembered.showAgainPicked),
  };
}

/** Slack's word for it is not enough. */
function textIn(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Whether errors can be shown under the fields of this view. */
export function hasFields({ state }: WithFields): boolean {
  return blockIdIn(state?.values ?? {}, 'visibility') !== undefined;
}

/** One sentence under one field; under the choice where the field is not in sight, since Slack shows it nowhere else. */
export function errorUnder({ state }: WithFields, field: Field, sentence: string): Record<string, string> {
  const values = state?.values ?? {};
  return { [blockIdIn(values, field) ?? blockIdIn(values, 'visibility') ?? blockIds.visibility]: sentence };
}

function blockIdIn(values: StateValues, field: Field): string | undefined {
  const id = blockIds[field];
  return Object.keys(values).find((key) => key === id || key.startsWith(`${id}:`));
}

function ofNumber(field: Field, { number }: Pick<Form, 'number'>): string {
  return number === undefined ? blockIds[field] : `${blockIds[field]}:${number}`;
}

/** One of the numbers that the person may change. */
export type NumberOption = { name: string; text: string };

export function numberSelect(
  { fields }: FormMessages,
  form: Form,
  numbers: readonly NumberOption[],
): types.InputBlock {
  const options = numbers.map(({ name, text }) => ({ text: optionText(text), value: name }));
  const chosen = options.find(({ value }) => value === form.number);
  return {
    type: 'input',
    block_id: blockIds.number,
    dispatch_action: true,
    label: plain(fields.number),
    element: {
      type: 'static_select',
      action_id: numberActionId,
      placeholder: plain(fields.chooseNumber),
      options,
      ...(chosen && { initial_option: chosen }),
    },
  };
}

export function visibilitySelect(says: FormMessages, form: Form): types.InputBlock {
  const chosen = form.visibility;
  const option = (visibility: Visibility) => ({
    text: plain(says.visibilityNames[visibility]),
    value: visibility,
  });
  return {
    type: 'input',
    block_id: ofNumber('visibility', form),
    dispatch_action: true,
    label: plain(says.question(form.setting)),
    element: {
      type: 'static_select',
      action_id: visibilityActionId,
      placeholder: plain(says.fields.choose),
      options: visibilities.map(option),
      ...(chosen && { initial_option: option(chosen) }),
    },
  };
}

/** `nameOf`: somebody's name, where it is known. */
export type PeopleFields = { hasDefaultCountry: boolean; nameOf: (entry: string) => string | undefined };

export function peopleInputs(
  says: FormMessages,
  form: Form,
  { hasDefaultCountry, nameOf }: PeopleFields,
): types.InputBlock[] {
  const { fields } = says;
  const typed = typedInput(form.hide, {
    label: fields.hide,
    hint: hasDefaultCountry ? fields.hideHintWithCountry : fields.hideHint,
    placeholder: fields.numbersPlaceholder,
  });
  // Whose contacts, and whose list: not to be said before the number is known.
  if (form.number === undefined) return [typed];
  const chosen = (entries: readonly string[]) => entries.map((entry) => personOption(says, entry, nameOf));
  return [
    typed,
    picker(ofNumber('hidePicked', form), contactsActionId, chosen(form.hidePicked), {
      label: fields.hidePicked,
      hint: fields.hidePickedHint,
      placeholder: fields.hidePickedPlaceholder,
    }),
    picker(ofNumber('showAgain', form), hiddenActionId, chosen(form.showAgainPicked), {
      label: fields.showAgain,
      hint: fields.showAgainHint,
      placeholder: fields.showAgainPlaceholder,
    }),
  ];
}

/** Slack's limits for an option: https://docs.slack.dev/reference/block-kit/composition-objects/option-object */
const longestOptionText = 75;
export const longestOptionValue = 150;
/** What Slack takes as options, chosen or offered; who is picked beyond it could not be drawn again. */
export const mostPicked = 100;

export function personOption(says: FormMessages, entry: string, nameOf: PeopleFields['nameOf']) {
  return { text: optionText(says.person(entry, nameOf(entry))), value: entry };
}

/** A pair of surrogates, such as an emoji, is not cut through. */
function optionText(text: string) {
  return plain(text.slice(0, longestOptionText).replace(/[\uD800-\uDBFF]$/, ''));
}

/** What a picker has to say; picked, it is nobody. */
export function remarkOption(remark: string) {
  return { text: plain(remark), value: notAPerson };
}

type FieldWords = { label: string; hint: string; placeholder: string };

function typedInput(text: string, { label, hint, placeholder }: FieldWords): types.InputBlock {
  const initial = text.slice(0, longestText);
  return {
    type: 'input',
    block_id: blockIds.hide,
    optional: true,
    label: plain(label),
    hint: plain(hint),
    element: {
      type: 'plain_text_input',
      action_id: typedActionId,
      multiline: true,
      max_length: longestText,
      placeholder: plain(placeholder),
      ...(initial && { initial_value: initial }),
    },
  };
}

function picker(
  blockId: string,
  actionId: string,
  chosen: ReturnType<typeof personOption>[],
  { label, hint, placeholder }: FieldWords,
): types.InputBlock {
  return {
    type: 'input',
    block_id: blockId,
    optional: true,
    label: plain(label),
    hint: plain(hint),
    element: {
      type: 'multi_external_select',
      action_id: actionId,
      // From the first moment: a list that is looked at needs no query.
      min_query_length: 0,
      max_selected_items: mostPicked,
      placeholder: plain(placeholder),
      ...(chosen.length > 0 && { initial_options: chosen }),
    },
  };
}
