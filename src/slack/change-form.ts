import type { AckFn, BlockAction, ViewOutput } from '@slack/bolt';
import { type Admission, freshMs } from './admission.ts';
import { firstNumber } from './find-number.ts';
import type { Flow } from './flow.ts';
import { type Form, formMemory, OutdatedForm } from './form-memory.ts';
import { closingView, outdatedView, readForm, renderForm } from './modal.ts';
import { lastVisibility } from './open-form.ts';
import { errorFields } from './patience.ts';
import { completeForm, numberOf, surroundings } from './refresh-form.ts';
import { refuse } from './refuse.ts';

/** A choice was made in the form: shows the inputs that belong to it, then what had to be asked for. */
export async function changeForm(
  flow: Flow,
  { body, action, ack }: { body: BlockAction; action: { action_ts: string }; ack: AckFn<void> },
): Promise<void> {
  const acknowledged = ack().catch((error: unknown) =>
    flow.log.warn(errorFields(error), 'choice not acknowledged'),
  );
  if (body.view)
    await showChoice(flow, body.view, { userId: body.user.id, actionTs: Number(action.action_ts) });
  await acknowledged;
}

async function showChoice(
  flow: Flow,
  view: ViewOutput,
  { userId, actionTs }: { userId: string; actionTs: number },
): Promise<void> {
  const isLatest = flow.forms.chosen(view.id, actionTs);
  const before = { viewId: view.id, hash: view.hash };
  try {
    const form = readForm(view);
    const { setting, place } = form;
    const asker = { id: userId, channel: place.channel };
    const known = flow.admissions.known(asker);
    const chosen = withNumber(flow, form, view, known);
    const first = await flow.forms.show(
      before,
      renderForm(flow.messages, chosen, surroundings(flow, chosen, known)),
      isLatest,
    );
    if (!first) return;
    const admission = await flow.admissions.ask(asker, { maxAgeMs: freshMs });
    if (!admission.ok) {
      const sentence = await refuse(flow, setting, { asker, tried: 'button', why: admission.why });
      await flow.forms.show(first, refusedView(flow, chosen, { admission, sentence }), isLatest);
      return;
    }
    const sure = known ? chosen : withNumber(flow, form, view, admission);
    const shown = known
      ? first
      : await flow.forms.show(
          first,
          renderForm(flow.messages, sure, surroundings(flow, sure, admission)),
          isLatest,
        );
    if (shown) await completeForm(flow, sure, { shown, isLatest, admission });
  } catch (error) {
    if (!(error instanceof OutdatedForm)) throw error;
    await flow.forms.show(before, outdatedView(flow.messages), isLatest);
  }
}

/** Where trying again may help, what was filled in stays. */
function refusedView(
  flow: Flow,
  form: Form,
  { admission, sentence }: { admission: Extract<Admission, { ok: false }>; sentence: string },
) {
  if (admission.why.kind !== 'unreadable') return closingView(flow.messages, form, sentence);
  const notice = { text: sentence, submit: flow.messages.form.buttons.save };
  return renderForm(flow.messages, form, surroundings(flow, form, admission, notice));
}

/** Whom somebody picked is not meant for another number; what was last set there is another choice, unless one was made. */
function withNumber(flow: Flow, form: Form, view: ViewOutput, admission: Admission | undefined): Form {
  const { number: nameBefore } = formMemory(view.private_metadata);
  const numbers = admission?.ok ? admission.numbers : [];
  const first = firstNumber(numbers, { on: form.on, channel: form.place.channel });
  const chosen = { ...form, number: form.number ?? first?.name };
  if (chosen.number === nameBefore) return chosen;
  const before = numberOf(admission, { number: nameBefore });
  const now = numberOf(admission, chosen);
  const setBefore = before && lastVisibility(flow, before, form.setting);
  const isUntouched = form.visibility === undefined || form.visibility === setBefore;
  return {
    ...chosen,
    hidePicked: [],
    showAgainPicked: [],
    visibility: isUntouched && before && now ? lastVisibility(flow, now, form.setting) : form.visibility,
  };
}
