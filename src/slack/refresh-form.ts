import type { Flow } from './flow.ts';
import type { Form } from './form-memory.ts';
import type { IsLatest, ShownForm } from './form-updates.ts';
import type { Notice } from './messages/form.ts';
import { renderForm, type Surroundings } from './modal.ts';

/** What is known without asking anybody. */
export function surroundings(flow: Flow, { setting }: Pick<Form, 'setting'>, notice?: Notice): Surroundings {
  return {
    ownNumber: flow.ownNumber.known(),
    last: flow.settings.known(flow.instance, setting),
    hiddenNow: 'reading',
    hasDefaultCountry: flow.defaultCountry !== undefined,
    ...(notice && { notice }),
  };
}

/**
 * Shows what had to be asked for, as it comes, unless the form has moved on meanwhile: who is hidden now, and the bot's
 * own number where it was not known.
 */
export async function completeForm(
  flow: Flow,
  form: Form,
  { shown, isLatest, notice }: { shown: ShownForm; isLatest: IsLatest; notice?: Notice | undefined },
): Promise<void> {
  const around = surroundings(flow, form, notice);
  const show = (from: ShownForm, news: Partial<Surroundings>) =>
    flow.forms.show(from, renderForm(flow.messages, form, Object.assign(around, news)), isLatest);
  let now: ShownForm | undefined = shown;
  if (form.visibility === 'contacts-except') {
    const hiddenNow = await flow.gateway.readHidden(form.setting).catch(() => 'unavailable' as const);
    now = await show(now, { hiddenNow });
  }
  const ownNumber = await flow.ownNumber.read();
  if (now && ownNumber && ownNumber.phone !== around.ownNumber?.phone) await show(now, { ownNumber });
}
