import { createHash } from 'node:crypto';
import type { ViewResponseAction, ViewSubmitAction } from '@slack/bolt';
import type { Asker } from '../privacy/access.ts';
import { type PrivacyChange, parseChange } from '../privacy/change.ts';
import { exceptsNobody } from '../privacy/list-changes.ts';
import type { ManagedNumber } from '../privacy/managed-number.ts';
import { checkOnWhatsapp, type WhatsappCheck } from '../privacy/whatsapp-check.ts';
import { type Admission, hurriedMs } from './admission.ts';
import { reportBroken } from './error-handler.ts';
import { firstNumber } from './find-number.ts';
import type { Flow } from './flow.ts';
import { errorUnder, type Field, hasFields } from './form-fields.ts';
import { type Form, formMemory } from './form-memory.ts';
import type { Notice } from './messages/form.ts';
import { closingView, fieldErrors, outdatedView, readForm, renderForm } from './modal.ts';
import { numberOf, surroundings } from './refresh-form.ts';
import { noteRefusal } from './refuse.ts';

/** A form that stays in sight, with a notice above its fields. */
export type ShownAgain = { form: Form; admission: Admission; notice: Notice };

/** What can't be accepted is answered at once, and nothing is promised. `afterwards`: what Slack need not wait for. */
export type NotAccepted = {
  answer: ViewResponseAction;
  shownAgain?: ShownAgain;
  afterwards?: Promise<void>;
};
export type Accepted = {
  form: Form;
  admission: Admission;
  number: ManagedNumber;
  change: PrivacyChange;
  lookedUp: boolean | undefined;
};

/**
 * What has to be asked of Slack and of the gateway may take so long together; recording comes after it, and Slack waits for
 * three seconds.
 */
const askingMs = 1_500;

/** Reads a submitted form again, whatever it showed, and says whether it can be accepted. Never rejects. */
export async function checkSubmission(flow: Flow, body: ViewSubmitAction): Promise<Accepted | NotAccepted> {
  try {
    return await check(flow, body);
  } catch (error) {
    return notAccepted(body, 'visibility', reportBroken(flow, error));
  }
}

async function check(flow: Flow, body: ViewSubmitAction): Promise<Accepted | NotAccepted> {
  const { messages } = flow;
  if (!hasFields(body.view)) {
    return { answer: { response_action: 'update', view: outdatedView(messages) } };
  }
  if (flow.isStopping()) return notAccepted(body, 'visibility', messages.command.restarting);
  const read = readForm(body.view);
  const form = { ...read, number: read.number ?? onlyNameOf(flow.numbers) };
  const parsed = parseChange(form.setting, { ...form, showAgain: '' }, flow.defaultCountry);
  const askedAtMs = Date.now();
  const asker = { id: body.user.id, channel: form.place.channel };
  // One after the other: whoever may not, or not any more, makes the gateway work for nothing.
  const wanted = instanceOf(flow, form);
  const admission = await flow.admissions.ask(asker, { maxAgeMs: 0, waitMs: hurriedMs, instance: wanted });
  if (!admission.ok) return refused(flow, form, { asker, admission });
  const number = numberOf(admission, form);
  if (!number) return otherNumber(flow, form, { asker, admission });
  if (isForAnotherNumber(form, body)) {
    const notice = { text: messages.access.numberChanged, submit: messages.form.buttons.save };
    const unpicked = { ...form, hidePicked: [], showAgainPicked: [] };
    return showAgain(flow, { form: unpicked, admission, notice });
  }
  if (!parsed.ok) {
    const errors = fieldErrors(messages, body.view, form, parsed.problems);
    return { answer: { response_action: 'errors', errors } };
  }
  if (parsed.unusual.length > 0 && fingerprint(parsed.unusual) !== form.lookedAt) {
    const asked = { ...form, lookedAt: fingerprint(parsed.unusual) };
    return showAgain(flow, { form: asked, admission, notice: messages.form.secondLook(parsed.unusual) });
  }
  const leftMs = Math.max(0, askedAtMs + askingMs - Date.now());
  const { checked, isEmpty } = await lookUp(number, parsed, leftMs);
  if (checked.strangers.length > 0)
    return notAccepted(body, 'hide', messages.form.strangersError(checked.strangers));
  if (checked.problems.length > 0) {
    const errors = fieldErrors(messages, body.view, form, checked.problems);
    return { answer: { response_action: 'errors', errors } };
  }
  if (isEmpty) return notAccepted(body, 'hide', messages.form.nobodyExcepted);
  return { form, admission, number, change: checked.change, lookedUp: checked.isLookedUp };
}

/** Another number was chosen, and Save was faster than the form: people were picked for the one before. */
function isForAnotherNumber(
  { number, hidePicked, showAgainPicked }: Form,
  { view }: ViewSubmitAction,
): boolean {
  const { number: drawnFor } = formMemory(view.private_metadata);
  const isPicked = hidePicked.length + showAgainPicked.length > 0;
  return isPicked && drawnFor !== undefined && drawnFor !== number;
}

function onlyNameOf(numbers: readonly ManagedNumber[]): string | undefined {
  return numbers.length === 1 ? numbers[0]?.name : undefined;
}

type Parsed = Extract<ReturnType<typeof parseChange>, { ok: true }>;

/** Never rejects: where the gateway can't say in time, the change is made all the same. */
async function lookUp(
  { gateway }: ManagedNumber,
  parsed: Parsed,
  timeoutMs: number,
): Promise<{ checked: WhatsappCheck; isEmpty: boolean }> {
  const [checked, isEmpty] = await Promise.all([
    checkOnWhatsapp(gateway, parsed, timeoutMs),
    wouldExceptNobody({ gateway }, parsed.change, timeoutMs),
  ]);
  return { checked, isEmpty };
}

/** Asks who is hidden only where it matters. */
export async function wouldExceptNobody(
  { gateway }: Pick<ManagedNumber, 'gateway'>,
  change: PrivacyChange,
  timeoutMs: number,
): Promise<boolean> {
  if (!exceptsNobody(change, [])) return false;
  const hiddenNow = await gateway.readHidden(change.setting, { timeoutMs }).catch(() => undefined);
  return hiddenNow !== undefined && exceptsNobody(change, hiddenNow);
}

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
function refused(
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
function otherNumber(
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

function instanceOf(flow: Flow, { number }: Form): string | undefined {
  return flow.numbers.find(({ name }) => name === number)?.instance;
}

function fingerprint(phones: readonly string[]): string {
  return createHash('sha256')
    .update([...phones].sort().join())
    .digest('base64url')
    .slice(0, 16);
}
