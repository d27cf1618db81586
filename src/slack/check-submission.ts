import { createHash } from 'node:crypto';
import type { ViewSubmitAction } from '@slack/bolt';
import { type PrivacyChange, parseChange } from '../privacy/change.ts';
import type { ManagedNumber } from '../privacy/managed-number.ts';
import { checkWithGateway } from '../privacy/whatsapp-check.ts';
import { type Admission, hurriedMs } from './admission.ts';
import { reportBroken } from './error-handler.ts';
import type { Flow } from './flow.ts';
import { hasFields } from './form-fields.ts';
import { type Form, formMemory } from './form-memory.ts';
import { fieldErrors, outdatedView, readForm } from './modal.ts';
import {
  instanceOf,
  type NotAccepted,
  notAccepted,
  otherNumber,
  refused,
  showAgain,
} from './not-accepted.ts';
import { numberOf } from './refresh-form.ts';

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
  const checked = await checkWithGateway(number.gateway, parsed, leftMs);
  if (checked.strangers.length > 0)
    return notAccepted(body, 'hide', messages.form.strangersError(checked.strangers));
  if (checked.problems.length > 0) {
    const errors = fieldErrors(messages, body.view, form, checked.problems);
    return { answer: { response_action: 'errors', errors } };
  }
  if (checked.wouldExceptNobody) return notAccepted(body, 'hide', messages.form.nobodyExcepted);
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

function fingerprint(phones: readonly string[]): string {
  return createHash('sha256')
    .update([...phones].sort().join())
    .digest('base64url')
    .slice(0, 16);
}
