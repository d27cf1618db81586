import type { types } from '@slack/bolt';
import type { ChangeProblem } from '../privacy/change.ts';
import type { LastSet } from '../privacy/setting-memory.ts';
import { context, plain, section } from './blocks.ts';
import {
  errorUnder,
  hasFields,
  type NumberOption,
  numberSelect,
  peopleInputs,
  readFields,
  visibilitySelect,
  type WithFields,
} from './form-fields.ts';
import { type Form, formMemory, OutdatedForm, rememberForm, textsFit } from './form-memory.ts';
import type { Notice } from './messages/form.ts';
import type { NamedNumber } from './messages/formatting.ts';
import type { Messages } from './messages/messages-in.ts';

export const formCallbackId = 'privacy-form';

/** What the form shows beside what was filled in. */
export type Surroundings = {
  /** Those that the person may change, where the team has several; undefined: one, or not known yet. */
  numbers: readonly NumberOption[] | undefined;
  /** The number, and what this bot last set; undefined where no number is chosen, or not known whether the person may see. */
  current: { number: NamedNumber; last: LastSet } | undefined;
  hiddenNow: 'reading' | 'unavailable' | readonly string[];
  notice?: Notice;
  /** With a default country, numbers need no country code. */
  hasDefaultCountry: boolean;
  nameOf: (entry: string) => string | undefined;
};

export function renderForm({ form: says }: Messages, form: Form, around: Surroundings): types.ModalView {
  const { notice, numbers, current } = around;
  const excepting = form.visibility === 'contacts-except';
  const standing = current && says.standingNow(current.last);
  return {
    type: 'modal',
    callback_id: formCallbackId,
    private_metadata: rememberForm(form),
    title: plain(says.title(form.setting)),
    submit: plain(notice?.submit ?? says.buttons.save),
    close: plain(says.buttons.cancel),
    blocks: [
      ...(notice ? [section(notice.text, 'notice')] : []),
      ...(numbers ? [numberSelect(says, form, numbers)] : []),
      context([says.changesNumber(current?.number), standing].filter(Boolean).join('\n'), 'standing'),
      visibilitySelect(says, form),
      ...(excepting && current ? [section(hiddenNowText(says, around), 'hidden-now')] : []),
      // Text too long to be remembered stays in sight rather than be lost when another choice is made.
      ...(excepting || !textsFit(form) ? peopleInputs(says, form, around) : []),
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

/**
 * Reads what is filled in. Inputs that are not in sight keep what they had when they were.
 *
 * @throws OutdatedForm when the form was not made by this version of the bot.
 */
export function readForm(view: WithFields & { private_metadata: string }): Form {
  if (!hasFields(view)) throw new OutdatedForm();
  return readFields(view, formMemory(view.private_metadata));
}

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
    ...fields.map((field) => {
      const ofField = problems.filter((problem) => problem.field === field);
      return errorUnder(view, field, says.fieldError(form.setting, ofField));
    }),
  );
}

function hiddenNowText(says: Messages['form'], { hiddenNow, nameOf }: Surroundings): string {
  if (hiddenNow === 'reading') return says.readingHiddenNow;
  return hiddenNow === 'unavailable' ? says.hiddenNowUnavailable : says.hiddenNow(hiddenNow, nameOf);
}
