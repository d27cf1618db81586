import { createHash } from 'node:crypto';
import type { ViewResponseAction, ViewSubmitAction } from '@slack/bolt';
import { type PrivacyChange, parseChange } from '../privacy/change.ts';
import { exceptsNobody } from '../privacy/list-changes.ts';
import { reportBroken } from './error-handler.ts';
import type { Flow } from './flow.ts';
import type { Form } from './form-memory.ts';
import type { Notice } from './messages/form.ts';
import {
  errorUnder,
  type Field,
  fieldErrors,
  hasFields,
  outdatedView,
  readForm,
  renderForm,
} from './modal.ts';
import { surroundings } from './refresh-form.ts';

/** A form that stays in sight, with a notice above its fields. */
export type ShownAgain = { form: Form; notice: Notice };

/** What can't be accepted is answered at once, and nothing is promised. */
export type Refused = { answer: ViewResponseAction; shownAgain?: ShownAgain };
export type Checked = { form: Form; change: PrivacyChange } | Refused;

const hiddenTimeoutMs = 1_000;

/** Reads a submitted form again, whatever it showed, and says whether it can be accepted. Never rejects. */
export async function checkSubmission(flow: Flow, body: ViewSubmitAction): Promise<Checked> {
  try {
    return await check(flow, body);
  } catch (error) {
    return refuse(body, 'visibility', reportBroken(flow, error));
  }
}

async function check(flow: Flow, body: ViewSubmitAction): Promise<Checked> {
  const { messages } = flow;
  if (!hasFields(body.view)) {
    return { answer: { response_action: 'update', view: outdatedView(messages) } };
  }
  if (flow.isStopping()) return refuse(body, 'visibility', messages.command.restarting);
  const form = readForm(body.view);
  const parsed = parseChange(form.setting, form, flow.defaultCountry);
  if (!parsed.ok) {
    const errors = fieldErrors(messages, body.view, form, parsed.problems);
    return { answer: { response_action: 'errors', errors } };
  }
  if (parsed.unusual.length > 0 && fingerprint(parsed.unusual) !== form.lookedAt) {
    const asked = { ...form, lookedAt: fingerprint(parsed.unusual) };
    const notice = messages.form.secondLook(parsed.unusual);
    const view = renderForm(messages, asked, surroundings(flow, asked, notice));
    return { answer: { response_action: 'update', view }, shownAgain: { form: asked, notice } };
  }
  if (await wouldExceptNobody(flow, parsed.change)) {
    return refuse(body, 'hide', messages.form.nobodyExcepted);
  }
  return { form, change: parsed.change };
}

/** A sentence under one field, and nothing is promised. */
export function refuse({ view }: ViewSubmitAction, field: Field, sentence: string): Refused {
  return { answer: { response_action: 'errors', errors: errorUnder(view, field, sentence) } };
}

/** Asks who is hidden only where it matters; where Z-API can't say, the change is made. */
async function wouldExceptNobody(flow: Flow, change: PrivacyChange): Promise<boolean> {
  if (!exceptsNobody(change, [])) return false;
  const hiddenNow = await flow.gateway
    .readHidden(change.setting, { timeoutMs: hiddenTimeoutMs })
    .catch(() => undefined);
  return hiddenNow !== undefined && exceptsNobody(change, hiddenNow);
}

function fingerprint(phones: readonly string[]): string {
  return createHash('sha256')
    .update([...phones].sort().join())
    .digest('base64url')
    .slice(0, 16);
}
