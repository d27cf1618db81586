import { setTimeout as pause } from 'node:timers/promises';
import type { AckFn, types, ViewResponseAction, ViewSubmitAction } from '@slack/bolt';
import type { Promised } from '../privacy/change-applier.ts';
import type { Outcome } from '../privacy/journal-entry.ts';
import { acceptSubmission } from './accept-submission.ts';
import type { Admission } from './admission.ts';
import { reportBroken } from './error-handler.ts';
import type { Flow } from './flow.ts';
import { type Form, OutdatedForm } from './form-memory.ts';
import type { IsLatest } from './form-updates.ts';
import { closingView, readForm, renderForm, renderSaving } from './modal.ts';
import { type NotAccepted, notAccepted, type ShownAgain } from './not-accepted.ts';
import { errorFields } from './patience.ts';
import { completeForm, surroundings } from './refresh-form.ts';

type Submission = { body: ViewSubmitAction; ack: AckFn<ViewResponseAction> };

/** Slack takes an answer for three seconds; what lasts longer is answered with "Saving…". */
const patienceMs = 2_000;
/** An update that overtakes the answer before it would be replaced by it. */
const answerSettlesMs = 500;

const nobody: Admission = { ok: false, why: { kind: 'unreadable' } };

/** Answers Save: what is wrong with what was typed, or how the change ended. */
export async function submitForm(flow: Flow, { body, ack }: Submission): Promise<void> {
  const viewId = body.view.id;
  const { isLatest, settled } = flow.forms.submitted(viewId);
  const shownAgain = await answer(flow, { body, ack }, isLatest).finally(settled);
  if (!shownAgain) return;
  const { form, admission, notice } = shownAgain;
  await completeForm(flow, form, { shown: { viewId, hash: undefined }, isLatest, admission, notice });
}

/** Resolves when the form shows how it ended; with the form, where it stays to be mended or tried again. */
async function answer(
  flow: Flow,
  { body, ack }: Submission,
  isLatest: IsLatest,
): Promise<ShownAgain | undefined> {
  const answerByMs = Date.now() + patienceMs;
  const viewId = body.view.id;
  // An answer without words would close the form, as if all had gone well.
  const accepted = await acceptSubmission(flow, body).catch((error: unknown) =>
    notAccepted(body, 'visibility', reportBroken(flow, error)),
  );
  if ('answer' in accepted) {
    const answered = await acknowledge(flow, ack, accepted.answer);
    await accepted.afterwards;
    const view = answered ? undefined : instead(flow, body, accepted.answer);
    if (view) {
      await pause(answerSettlesMs);
      await flow.forms.show({ viewId, hash: undefined }, view, isLatest);
    }
    return accepted.shownAgain;
  }
  const { promised } = accepted;
  const number = flow.numbers.find(({ instance }) => instance === promised.entry.instance);
  // Whoever was let in to save may see what became of it.
  const known = flow.admissions.known({ id: body.user.id, channel: promised.entry.place.channel });
  const admission: Admission =
    number && !(known?.ok && known.numbers.includes(number))
      ? { ok: true, numbers: [number] }
      : (known ?? nobody);
  const form = { ...readForm(body.view), number: number?.name };
  const ending = (outcome: Outcome) => endingView(flow, { form, admission, promised, outcome });
  const change = promised.entry.id;
  const inTime = await Promise.race([
    promised.outcome,
    pause(Math.max(0, answerByMs - Date.now()), undefined, { ref: false }),
  ]);
  const first = inTime ? ending(inTime) : renderSaving(flow.messages, form);
  const answered = await acknowledge(flow, ack, first && { response_action: 'update', view: first }, change);
  const answeredAtMs = Date.now();
  const outcome = await promised.outcome;
  // The bot stops; the next start tells the team.
  if (!outcome) return undefined;
  if (!inTime || !answered) {
    await pause(Math.max(0, answeredAtMs + answerSettlesMs - Date.now()));
    const view = ending(outcome) ?? savedView(flow, form, promised, outcome);
    await flow.forms.show({ viewId, hash: undefined }, view, isLatest, change);
  }
  if (outcome.kind === 'applied') return undefined;
  return { form, admission, notice: flow.messages.form.failureNotice(outcome) };
}

/** Whether Slack took the answer: it may have hung up, or the socket is away. Without an answer the form closes. */
async function acknowledge(
  flow: Flow,
  ack: Submission['ack'],
  answer: ViewResponseAction | undefined,
  change?: string,
): Promise<boolean> {
  try {
    await (answer ? ack(answer) : ack());
    return true;
  } catch (error) {
    flow.log.warn({ ...(change && { change }), ...errorFields(error) }, 'submission not acknowledged');
    return false;
  }
}

/** What the form shows where Slack did not take an answer that promised nothing. Undefined: it can't be read any more. */
function instead(
  flow: Flow,
  body: ViewSubmitAction,
  answer: NotAccepted['answer'],
): types.ModalView | undefined {
  if (answer.response_action === 'update') return answer.view;
  const { messages } = flow;
  try {
    const form = readForm(body.view);
    const admission = flow.admissions.known({ id: body.user.id, channel: form.place.channel }) ?? nobody;
    const notice = { text: Object.values(answer.errors).join('\n'), submit: messages.form.buttons.saveAgain };
    return renderForm(messages, form, surroundings(flow, form, admission, notice));
  } catch (error) {
    if (error instanceof OutdatedForm) return undefined;
    throw error;
  }
}

/** What the form shows at the end. Undefined: it may close, since the message in the channel says it all. */
function endingView(
  flow: Flow,
  {
    form,
    admission,
    promised,
    outcome,
  }: { form: Form; admission: Admission; promised: Promised; outcome: Outcome },
): types.ModalView | undefined {
  const { messages } = flow;
  if (outcome.kind === 'applied')
    return toldElsewhere(form, promised) ? savedView(flow, form, promised, outcome) : undefined;
  const notice = messages.form.failureNotice(outcome);
  return renderForm(messages, form, surroundings(flow, form, admission, notice));
}

/** Says what was promised, which is not what the form holds where it was changed and saved again meanwhile. */
function savedView(flow: Flow, form: Form, promised: Promised, outcome: Outcome): types.ModalView {
  const { messages } = flow;
  const { change } = promised.entry;
  return closingView(messages, form, messages.form.savedText(change, outcome, toldElsewhere(form, promised)));
}

/** The channel that is told, where it is not the one the person looks at. */
function toldElsewhere(form: Form, { entry: { tellIn } }: Promised): string | undefined {
  return tellIn === form.place.channel ? undefined : tellIn;
}
