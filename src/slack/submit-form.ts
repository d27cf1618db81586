import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { AckFn, types, ViewResponseAction, ViewSubmitAction } from '@slack/bolt';
import type { Promised } from '../privacy/apply-change.ts';
import type { Outcome } from '../privacy/ports.ts';
import { checkSubmission, type ShownAgain } from './check-submission.ts';
import type { Flow } from './flow.ts';
import type { Form } from './form-memory.ts';
import type { IsLatest } from './form-updates.ts';
import { failureNotice, savedText } from './messages.ts';
import { closingView, readForm, renderForm, renderSaving } from './modal.ts';
import { errorFields } from './patience.ts';
import { completeForm, surroundings } from './refresh-form.ts';

type Submission = { body: ViewSubmitAction; ack: AckFn<ViewResponseAction> };

/** Slack takes an answer for three seconds; what lasts longer is answered with "Saving…". */
const patienceMs = 2_000;
/** An update that overtakes the answer before it would be replaced by it. */
const answerSettlesMs = 500;

/** Answers Save: what is wrong with what was typed, or how the change ended. */
export async function submitForm(flow: Flow, { body, ack }: Submission): Promise<void> {
  const viewId = body.view.id;
  const { isLatest, settled } = flow.forms.submitted(viewId);
  const shownAgain = await answer(flow, { body, ack }, isLatest).finally(settled);
  if (!shownAgain) return;
  const { form, notice } = shownAgain;
  await completeForm(flow, form, { shown: { viewId, hash: undefined }, isLatest, notice });
}

/** Resolves when the form shows how it ended; with the form, where it stays to be mended or tried again. */
async function answer(
  flow: Flow,
  { body, ack }: Submission,
  isLatest: IsLatest,
): Promise<ShownAgain | undefined> {
  const answerByMs = Date.now() + patienceMs;
  const viewId = body.view.id;
  const submission = { submissionId: body.trigger_id || randomUUID(), formId: viewId };
  // Before anything is checked: what was promised once is answered as it was promised, also while the bot stops.
  let promised = flow.applier.promisedTo(submission);
  if (!promised) {
    const checked = await checkSubmission(flow, body);
    if ('answer' in checked) {
      await ack(checked.answer);
      return checked.shownAgain;
    }
    const { form, change } = checked;
    promised = flow.applier.accept({ ...submission, change, by: body.user.id, place: form.place });
  }

  const form = readForm(body.view);
  const inTime = await Promise.race([
    promised.outcome,
    pause(Math.max(0, answerByMs - Date.now()), undefined, { ref: false }),
  ]);
  const answered = await acknowledge(
    flow,
    ack,
    inTime ? endingView(flow, form, promised, inTime) : renderSaving(form),
  );
  const answeredAtMs = Date.now();
  const outcome = await promised.outcome;
  if (!inTime || !answered) {
    await pause(Math.max(0, answeredAtMs + answerSettlesMs - Date.now()));
    const view = endingView(flow, form, promised, outcome) ?? savedView(flow, form, promised);
    await flow.forms.show({ viewId, hash: undefined }, view, isLatest);
  }
  return outcome.kind === 'applied' ? undefined : { form, notice: failureNotice(outcome) };
}

/** Whether Slack took the answer: in Socket Mode it fails while the socket reconnects. Without a view the form closes. */
async function acknowledge(
  flow: Flow,
  ack: Submission['ack'],
  view: types.ModalView | undefined,
): Promise<boolean> {
  try {
    await (view ? ack({ response_action: 'update', view }) : ack());
    return true;
  } catch (error) {
    flow.log.warn(errorFields(error), 'submission not acknowledged');
    return false;
  }
}

/** What the form shows at the end. Undefined: it may close, since the message in the channel says it all. */
function endingView(
  flow: Flow,
  form: Form,
  promised: Promised,
  outcome: Outcome,
): types.ModalView | undefined {
  if (outcome.kind !== 'applied') return renderForm(form, surroundings(flow, failureNotice(outcome)));
  return toldElsewhere(flow, form) ? savedView(flow, form, promised) : undefined;
}

/** Says what was promised, which is not what the form holds where it was changed and saved again meanwhile. */
function savedView(flow: Flow, form: Form, { change }: Promised): types.ModalView {
  return closingView(form, savedText(change, toldElsewhere(flow, form)));
}

/** The channel that is told, where it is not the one the person looks at. */
function toldElsewhere(flow: Flow, form: Form): string | undefined {
  return flow.auditChannel === form.place.channel ? undefined : flow.auditChannel;
}
