import type { Flow } from './flow.ts';
import type { Form } from './form-memory.ts';
import type { ShownForm } from './form-updates.ts';
import { renderForm, type Surroundings } from './modal.ts';

/** What is known without asking anybody. */
export function surroundings(flow: Flow, notice?: string): Surroundings {
  return {
    ownNumber: flow.ownNumber.known(),
    hiddenNow: 'reading',
    hasDefaultCountry: flow.defaultCountry !== undefined,
    ...(notice && { notice }),
  };
}

/** Reads who is hidden now and shows it in the form, unless the form has moved on meanwhile. */
export async function showHiddenNow(
  flow: Flow,
  form: Form,
  { shown, isLatest, notice }: { shown: ShownForm; isLatest: () => boolean; notice?: string | undefined },
): Promise<void> {
  if (form.visibility !== 'contacts-except') return;
  const hiddenNow = await flow.gateway.readHidden(form.setting).catch(() => 'unavailable' as const);
  await flow.forms.show(shown, renderForm(form, { ...surroundings(flow, notice), hiddenNow }), isLatest);
}
