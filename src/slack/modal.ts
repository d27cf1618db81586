import type { types } from '@slack/bolt';
import {
  type ChangeProblem,
  longestText,
  type TypedChange,
  type Visibility,
  visibilities,
} from '../privacy/change.ts';
import type { OwnNumber } from '../privacy/ports.ts';
import type { LastSet } from '../privacy/setting-memory.ts';
import { context, plain, section } from './blocks.ts';
import { type Form, formMemory, OutdatedForm, rememberForm, textsFit } from './form-memory.ts';
import type { FormMessages, Notice } from './messages/form.ts';
import type { Messages } from './messages/messages-in.ts';

export const formCallbackId = 'privacy-form';
export const visibilityActionId = 'visibility-chosen';

/** Typed text survives an update of the form only while block_id and action_id stay the same. */
const blockIds = { visibility: 'visibility', hide: 'hide', showAgain: 'show-again' } as const;
export type Field = keyof typeof blockIds;

const numbersActionId = 'numbers';

/** What the form shows beside what was filled in. */
export type Surroundings = {
  ownNumber: OwnNumber | undefined;
  /** What this bot last set. */
  last: LastSet;
  hiddenNow: 'reading' | 'unavailable' | readonly string[];
  notice?: Notice;
  /** With a default country, numbers need no country code. */
  hasDefaultCountry: boolean;
};

export function renderForm({ form: says }: Messages, form: Form, around: Surroundings): types.ModalView {
  const excepting = form.visibility === 'contacts-except';
  return {
    type: 'modal',
    callback_id: formCallbackId,
    private_metadata: rememberForm(form),
    title: plain(says.title(form.setting)),
    submit: plain(around.notice?.submit ?? says.buttons.save),
    close: plain(says.buttons.cancel),
    blocks: [
      ...(around.notice ? [section(around.notice.text, 'notice')] : []),
      context(`${says.changesNumber(around.ownNumber)}\n${says.standingNow(around.last)}`, 'number'),
      visibilitySelect(says, form),
      ...(excepting ? [section(hiddenNowText(says, around.hiddenNow), 'hidden-now')] : []),
      // Text too long to be remembered stays in sight rather than be lost when another choice is made.
      ...(excepting || !textsFit(form) ? numberInputs(says, form, around.hasDefaultCountry) : []),
      context(says.hints, 'hints'),
    ],
  };
}

/** While the gateway takes its time. */
export function renderSaving(messages: Messages, form: Form): types.ModalView {
  return closingView(messages, form, messages.form.saving);
}

/** The last thing the form says; nothing is left to fill in. */
export function closingView(
  { form: says }: Messages,
  { setting }: Pick<Form, 'setting'>,
  text: string,
): types.ModalView {
  return {
    type: 'modal',
    title: plain(says.title(setting)),
    close: plain(says.buttons.close),
    blocks: [section(text, 'notice')],
  };
}

/** In place of a form of another version: it can be read by nobody any more. */
export function outdatedView(messages: Messages): types.ModalView {
  return closingView(messages, { setting: 'last-seen' }, messages.form.outdatedForm);
}

type ReadableView = { private_metadata: string; state: { values: StateValues } };
type StateValues = Record<
  string,
  Record<string, { value?: string | null; selected_option?: { value: string } | null }>
>;

/**
 * Reads what is filled in. Inputs that are not in sight keep the text they had when they were.
 *
 * @throws OutdatedForm when the form was not made by this version of the bot.
 */
export function readForm(view: ReadableView): Form & TypedChange {
  if (!hasFields(view)) throw new OutdatedForm();
  const remembered = formMemory(view.private_metadata);
  const values = view.state.values;
  const chosen = values[blockIds.visibility]?.[visibilityActionId]?.selected_option?.value;
  const typed = (blockId: string, before: string) => {
    const input = values[blockId]?.[numbersActionId];
    return input ? (input.value ?? '') : before;
  };
  return {
    ...remembered,
    visibility: visibilities.find((known) => known === chosen),
    hide: typed(blockIds.hide, remembered.hide),
    showAgain: typed(blockIds.showAgain, remembered.showAgain),
  };
}

/** Whether errors can be shown under the fields of this view. */
export function hasFields({ state }: { state?: { values?: StateValues } }): boolean {
  return state?.values?.[blockIds.visibility] !== undefined;
}

type WithFields = Parameters<typeof hasFields>[0];

/** The answer to a submission that can't be accepted: what is wrong, under each field. */
export function fieldErrors(
  { form: says }: Messages,
  view: WithFields,
  form: Pick<Form, 'setting'>,
  problems: readonly ChangeProblem[],
): Record<string, string> {
  const fields = [...new Set(problems.map(({ field }) => field))];
  return Object.assign(
    {},
    ...fields.map((field) =>
      errorUnder(
        view,
        field,
        says.fieldError(
          form.setting,
          problems.filter((problem) => problem.field === field),
        ),
      ),
    ),
  );
}

/** One sentence under one field; under the select where the field is not in sight, since Slack shows it nowhere else. */
export function errorUnder({ state }: WithFields, field: Field, sentence: string): Record<string, string> {
  const isInSight = state?.values?.[blockIds[field]] !== undefined;
  return { [blockIds[isInSight ? field : 'visibility']]: sentence };
}

function visibilitySelect(says: FormMessages, form: Form): types.InputBlock {
  const chosen = form.visibility;
  const option = (visibility: Visibility) => ({
    text: plain(says.visibilityNames[visibility]),
    value: visibility,
  });
  return {
    type: 'input',
    block_id: blockIds.visibility,
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

function numberInputs({ fields }: FormMessages, form: Form, hasDefaultCountry: boolean): types.InputBlock[] {
  const hideHint = hasDefaultCountry ? fields.hideHintWithCountry : fields.hideHint;
  const { numbersPlaceholder: placeholder } = fields;
  return [
    numberInput(blockIds.hide, form.hide, { label: fields.hide, hint: hideHint, placeholder }),
    numberInput(blockIds.showAgain, form.showAgain, {
      label: fields.showAgain,
      hint: fields.showAgainHint,
      placeholder,
    }),
  ];
}

function numberInput(
  blockId: string,
  text: string,
  { label, hint, placeholder }: { label: string; hint: string; placeholder: string },
): types.InputBlock {
  const initial = text.slice(0, longestText);
  return {
    type: 'input',
    block_id: blockId,
    optional: true,
    label: plain(label),
    hint: plain(hint),
    element: {
      type: 'plain_text_input',
      action_id: numbersActionId,
      multiline: true,
      max_length: longestText,
      placeholder: plain(placeholder),
      ...(initial && { initial_value: initial }),
    },
  };
}

function hiddenNowText(says: FormMessages, hidden: Surroundings['hiddenNow']): string {
  if (hidden === 'reading') return says.readingHiddenNow;
  return hidden === 'unavailable' ? says.hiddenNowUnavailable : says.hiddenNow(hidden);
}
