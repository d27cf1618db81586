import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { AckFn, types, ViewResponseAction, ViewSubmitAction } from '@slack/bolt';
import { exceptsNobody, type PrivacyChange, parseChange } from '../privacy/change.ts';
import type { Outcome } from '../privacy/ports.ts';
import { reportBroken } from './error-handler.ts';
import type { Flow } from './flow.ts';
import type { Form } from './form-memory.ts';
import { failureNotice, nobodyExcepted, restarting, savedText, secondLook } from './messages.ts';
import {
  closingView,
  errorUnder,
  type Field,
  fieldErrors,
  hasFields,
  readForm,
  renderForm,
  renderSaving,
} from './modal.ts';
import { errorFields } from './patience.ts';
import { completeForm, surroundings } from './refresh-form.ts';

type Submission = { body: ViewSubmitAction; ack: AckFn<ViewResponseAction> };
type ReadForm = ReturnType<typeof readForm>;
/** `again`: the form is shown once more, with a notice. */
type Refusal = { answer: ViewResponseAction; again?: { form: Form; notice: string } };

/** Slack takes an answer for three seconds; what lasts longer is answered with "Saving…". */
const patienceMs = 2_000;
const hiddenTimeoutMs = 1_000;

/** Answers Save: what is wrong with what was typed, or how the change ended. */
export async function submitForm(flow: Flow, { body, ack }: Submission): Promise<void> {
  const answerByMs = Date.now() + patienceMs;
  const viewId = body.view.id;
  const isLatest = flow.forms.begin(viewId);
  const checked = await check(flow, body).catch((error: unknown) => answerBroken(flow, body, error));
  if ('answer' in checked) {
    await ack(checked.answer);
    if (checked.again)
      await completeForm(flow, checked.again.form, {
        shown: { viewId, hash: undefined },
        isLatest,
        notice: checked.again.notice,
      });
    return;
  }

  const { form, change } = checked;
  const { outcome } = flow.applier.accept({
    submissionId: body.trigger_id,
    formId: viewId,
    change,
    by: body.user.id,
    place: form.place,
  });
  const inTime = await Promise.race([
    outcome,
    pause(Math.max(0, answerByMs - Date.now()), undefined, { ref: false }),
  ]);
  const answered = await acknowledge(flow, ack, inTime ? endingView(flow, form, inTime) : renderSaving(form));
  if (inTime && answered) return completeAfterFailure(flow, form, inTime, { viewId, isLatest });
  const ended = await outcome;
  const shown = await flow.forms.show(
    { viewId, hash: undefined },
    endingView(flow, form, ended) ?? savedView(flow, form),
    isLatest,
  );
  if (shown) await completeAfterFailure(flow, form, ended, { viewId, isLatest });
}

/** Whether Slack took the answer: in Socket Mode it fails while the socket reconnects. Without a view the form closes. */
async function acknowledge(
  flow: Flow,
  ack: Submission['ack'],
  view: types.ModalView | undefined,
): Promise<boolean> {
  try {
    await (view ? ack(updateTo(view)) : ack());
    return true;
  } catch (error) {
    flow.log.warn(errorFields(error), 'submission not acknowledged');
    return false;
  }
}

/** What the form shows at the end. Undefined: it may close, since the message in the channel says it all. */
function endingView(flow: Flow, form: ReadForm, outcome: Outcome): types.ModalView | undefined {
  if (outcome.kind !== 'applied') return renderForm(form, surroundings(flow, failureNotice(outcome)));
  return toldElsewhere(flow, form) ? savedView(flow, form) : undefined;
}

function savedView(flow: Flow, form: ReadForm): types.ModalView {
  return closingView(form, savedText(form, toldElsewhere(flow, form)));
}

/** The channel that is told, where it is not the one the person looks at. */
function toldElsewhere(flow: Flow, form: Form): string | undefined {
  return flow.auditChannel === form.place.channel ? undefined : flow.auditChannel;
}

/** After a failure the list may be another one than before. */
async function completeAfterFailure(
  flow: Flow,
  form: Form,
  outcome: Outcome,
  { viewId, isLatest }: { viewId: string; isLatest: () => boolean },
): Promise<void> {
  if (outcome.kind === 'applied') return;
  await completeForm(flow, form, {
    shown: { viewId, hash: undefined },
    isLatest,
    notice: failureNotice(outcome),
  });
}

/** Whether the form can be accepted; nothing is promised before. */
async function check(
  flow: Flow,
  body: ViewSubmitAction,
): Promise<Refusal | { form: ReadForm; change: PrivacyChange }> {
  if (flow.isStopping()) return answerErrors('visibility', restarting);
  const form = readForm(body.view);
  const parsed = parseChange(form.setting, form, flow.defaultCountry);
  if (!parsed.ok)
    return { answer: { response_action: 'errors', errors: fieldErrors(form, parsed.problems) } };
  if (parsed.unusual.length > 0 && fingerprint(parsed.unusual) !== form.lookedAt) {
    const asked = { ...form, lookedAt: fingerprint(parsed.unusual) };
    const notice = secondLook(parsed.unusual);
    return {
      answer: updateTo(renderForm(asked, surroundings(flow, notice))),
      again: { form: asked, notice },
    };
  }
  if (await wouldExceptNobody(flow, parsed.change)) return answerErrors('hide', nobodyExcepted);
  return { form, change: parsed.change };
}

/** Under a field, so that what was typed stays in sight; a form from elsewhere may lack the field. */
function answerBroken(flow: Flow, { view }: ViewSubmitAction, error: unknown): Refusal {
  const sentence = reportBroken(flow.log, error);
  return hasFields(view)
    ? answerErrors('visibility', sentence)
    : { answer: updateTo(closingView({ setting: 'last-seen' }, sentence)) };
}

function answerErrors(field: Field, sentence: string): Refusal {
  return { answer: { response_action: 'errors', errors: errorUnder(field, sentence) } };
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

function updateTo(view: types.ModalView): ViewResponseAction {
  return { response_action: 'update', view };
}
