import type { AckFn, BlockAction } from '@slack/bolt';
import type { Flow } from './flow.ts';
import { readForm, renderForm } from './modal.ts';
import { errorFields } from './patience.ts';
import { completeForm, surroundings } from './refresh-form.ts';

/** A choice was made in the form: shows the inputs that belong to it, then what had to be asked for. */
export async function chooseVisibility(
  flow: Flow,
  { body, ack }: { body: BlockAction; ack: AckFn<void> },
): Promise<void> {
  const acknowledged = ack().catch((error: unknown) =>
    flow.log.warn(errorFields(error), 'choice not acknowledged'),
  );
  if (body.view) {
    const form = readForm(body.view);
    const isLatest = flow.forms.begin(body.view.id);
    const before = { viewId: body.view.id, hash: body.view.hash };
    const shown = await flow.forms.show(before, renderForm(form, surroundings(flow)), isLatest);
    if (shown) await completeForm(flow, form, { shown, isLatest });
  }
  await acknowledged;
}
