import type { AckFn, BlockAction, ViewOutput } from '@slack/bolt';
import type { Flow } from './flow.ts';
import { OutdatedForm } from './form-memory.ts';
import { outdatedView, readForm, renderForm } from './modal.ts';
import { errorFields } from './patience.ts';
import { completeForm, surroundings } from './refresh-form.ts';

/** A choice was made in the form: shows the inputs that belong to it, then what had to be asked for. */
export async function chooseVisibility(
  flow: Flow,
  { body, action, ack }: { body: BlockAction; action: { action_ts: string }; ack: AckFn<void> },
): Promise<void> {
  const acknowledged = ack().catch((error: unknown) =>
    flow.log.warn(errorFields(error), 'choice not acknowledged'),
  );
  if (body.view) await showChoice(flow, body.view, Number(action.action_ts));
  await acknowledged;
}

async function showChoice(flow: Flow, view: ViewOutput, actionTs: number): Promise<void> {
  const isLatest = flow.forms.chosen(view.id, actionTs);
  const before = { viewId: view.id, hash: view.hash };
  try {
    const form = readForm(view);
    const shown = await flow.forms.show(
      before,
      renderForm(flow.messages, form, surroundings(flow, form)),
      isLatest,
    );
    if (shown) await completeForm(flow, form, { shown, isLatest });
  } catch (error) {
    if (!(error instanceof OutdatedForm)) throw error;
    await flow.forms.show(before, outdatedView(flow.messages), isLatest);
  }
}
