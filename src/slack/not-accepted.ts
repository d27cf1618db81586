import type { types, ViewSubmitAction } from '@slack/bolt';
import type { Asker } from '../privacy/access.ts';
import type { Admission } from './admission.ts';
import { firstNumber } from './find-number.ts';
import type { Flow } from './flow.ts';
import { errorUnder, type Field } from './form-fields.ts';
import type { Form } from './form-memory.ts';
import type { Notice } from './messages/form.ts';
import { closingView, renderForm } from './modal.ts';
import { surroundings } from './refresh-form.ts';
import { noteRefusal } from './refuse.ts';

// The answers to a Save that is not taken.

/** A form that stays in sight, with a notice above its fields. */
export type ShownAgain = { form: Form; admission: Admission; notice: Notice };

/** What can't be accepted is answered at once, and nothing is promised. `afterwards`: what Slack need not wait for. */
export type NotAccepted = {
  answer:
    | { response_action: 'errors'; errors: Record<string, string> }
    | { response_action: 'update'; view: types.ModalView };
  shownAgain?: ShownAgain;
  afterwards?: Promise<void>;
};

/** A sentence under one field, and nothing is promised. */
export function notAccepted({ view }: ViewSubmitAction, field: Field, sentence: string): NotAccepted {
  return { answer: { response_action: 'errors', errors: errorUnder(view, field, sentence) } };
}

/** The form once more, with a notice above its fields. */
export function showAgain(flow: Flow, { form, admission, notice }: ShownAgain): NotAccepted {
  const view = renderForm(flow.messages, form, surroundings(flow, form, admission, notice));
  return { answer: { response_action: 'update', view }, shownAgain: { form, admission, notice } };
}

/** Where trying again may help, what was typed stays. */
export function refused(
  flow: Flow,
  form: Form,
  { asker, admission }: { asker: Asker; admission: Extract<Admission, { ok: false }> },
): NotAccepted {
  const { messages } = flow;
  const { why } = admission;
  const afterwards = noteRefusal(flow, { asker, tried: 'save', why, instance: instanceOf(flow, form) });
  const text = messages.access.refusedText(form.setting, why, flow.adminContact);
  if (why.kind !== 'unreadable')
    return { answer: { response_action: 'update', view: closingView(messages, form, text) }, afterwards };
  const notice = { text, submit: messages.form.buttons.saveAgain };
  return { ...showAgain(flow, { form, admission, notice }), afterwards };
}

/** The person may change some numbers, but not, or not any more, the one that was chosen; or none was. */
export function otherNumber(
  flow: Flow,
  form: Form,
  { asker, admission }: { asker: Asker; admission: Admission },
): NotAccepted {
  const { messages } = flow;
  const why = { kind: 'not-listed' as const };
  const instance = instanceOf(flow, form);
  const text = instance
    ? messages.access.refusedText(form.setting, why, flow.adminContact)
    : messages.access.chooseNumber;
  const notice = { text, submit: messages.form.buttons.save };
  // The number is not chosen for them unseen.
  const numbers = admission.ok ? admission.numbers : [];
  const number = instance ? undefined : firstNumber(numbers, { on: form.on, channel: form.place.channel });
  const unchosen = { ...form, number: number?.name, hidePicked: [], showAgainPicked: [] };
  return {
    ...showAgain(flow, { form: unchosen, admission, notice }),
    ...(instance && { afterwards: noteRefusal(flow, { asker, tried: 'save', why, instance }) }),
  };
}

/** The number that a form is about, whether or not the person may change it. */
export function instanceOf(flow: Flow, { number }: Form): string | undefined {
  return flow.numbers.find(({ name }) => name === number)?.instance;
}
