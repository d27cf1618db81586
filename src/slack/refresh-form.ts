import type { ManagedNumber } from '../privacy/managed-number.ts';
import type { Admission } from './admission.ts';
import type { Flow } from './flow.ts';
import type { Form } from './form-memory.ts';
import type { IsLatest, ShownForm } from './form-updates.ts';
import type { Notice } from './messages/form.ts';
import type { NamedNumber } from './messages/formatting.ts';
import { renderForm, type Surroundings } from './modal.ts';

/** The number that a form is about, among those that the person may change; undefined where there is none. */
export function numberOf(admission: Admission | undefined, { number }: Pick<Form, 'number'>) {
  return admission?.ok ? admission.numbers.find(({ name }) => name === number) : undefined;
}

export function namedNumber({ label, own }: ManagedNumber): NamedNumber {
  return { label, own: own.known() };
}

/** What is known without asking anybody. Without an admission, nothing that is not everybody's to see. */
export function surroundings(
  flow: Flow,
  form: Pick<Form, 'setting' | 'number'>,
  admission: Admission | undefined,
  notice?: Notice,
): Surroundings {
  const { messages, settings, numbers, defaultCountry } = flow;
  const number = numberOf(admission, form);
  return {
    numbers:
      admission?.ok && numbers.length > 1
        ? admission.numbers.map((one) => ({
            name: one.name,
            text: messages.form.numberOption(namedNumber(one), one.name),
          }))
        : undefined,
    current: number && {
      number: namedNumber(number),
      last: settings.known(number.instance, form.setting),
    },
    hiddenNow: 'reading',
    hasDefaultCountry: defaultCountry !== undefined,
    nameOf: (entry) => number?.contacts.nameOf(entry),
    ...(notice && { notice }),
  };
}

type Completing = {
  shown: ShownForm;
  isLatest: IsLatest;
  admission: Admission;
  notice?: Notice | undefined;
};

/**
 * Shows what had to be asked for, as it comes, unless the form has moved on meanwhile: who is hidden now, and the own
 * number where it was not known. Meanwhile the contacts are read, for who picks from them.
 */
export async function completeForm(
  flow: Flow,
  form: Form,
  { shown, isLatest, admission, notice }: Completing,
): Promise<void> {
  const number = numberOf(admission, form);
  if (!number) return;
  void number.contacts.refresh();
  const show = (from: ShownForm, hiddenNow: Surroundings['hiddenNow']) => {
    const around = { ...surroundings(flow, form, admission, notice), hiddenNow };
    return flow.forms.show(from, renderForm(flow.messages, form, around), isLatest);
  };
  const before = number.own.known();
  let hiddenNow: Surroundings['hiddenNow'] = 'reading';
  let now: ShownForm | undefined = shown;
  if (form.visibility === 'contacts-except') {
    hiddenNow = await number.list.read(form.setting).catch(() => 'unavailable' as const);
    now = await show(now, hiddenNow);
  }
  const own = await number.own.read();
  if (now && own && own.phone !== before?.phone) await show(now, hiddenNow);
}
