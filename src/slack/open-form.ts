import type { SlashCommand } from '@slack/bolt';
import type { Asker } from '../privacy/access.ts';
import type { ManagedNumber } from '../privacy/managed-number.ts';
import type { SettingId } from '../privacy/settings.ts';
import { type Admission, admissionTo, freshMs, hurriedMs } from './admission.ts';
import { firstNumber, numberNamed } from './find-number.ts';
import type { Flow } from './flow.ts';
import type { Form } from './form-memory.ts';
import type { Notice } from './messages/form.ts';
import { closingView, renderForm } from './modal.ts';
import { openView } from './open-view.ts';
import { completeForm, surroundings } from './refresh-form.ts';
import { noteRefusal, refuse } from './refuse.ts';
import { whisper } from './whisper.ts';

/**
 * Opens the form. Nothing is awaited before `views.open`: Slack takes a trigger for three seconds, and only once. Where it
 * is not known yet whether the person may, the form opens with what is everybody's to see, and fills, or becomes the
 * refusal.
 */
export async function openForm(
  flow: Flow,
  setting: SettingId,
  { command, on }: { command: SlashCommand; on: string | undefined },
): Promise<void> {
  const place = { channel: command.channel_id, replyUrl: command.response_url };
  const asker = { id: command.user_id, channel: command.channel_id };
  const remembered = flow.admissions.known(asker);
  // Whoever was refused a moment ago may have been let in since: no form is held up by asking, but for theirs.
  const known = remembered?.ok === false ? await askAgain(flow, asker) : remembered;
  if (known && !known.ok) {
    const sentence = await refuse(flow, setting, { asker, tried: 'command', why: known.why });
    return whisper(flow, command.response_url, sentence);
  }
  const first = formFor(flow, { setting, place, on }, known);
  const opened = await openView(flow, setting, { ...command, view: viewOf(flow, first, known) });
  if (!opened) return;
  const isLatest = flow.forms.opened(opened.viewId);
  const admission = await flow.admissions.ask(asker, { maxAgeMs: freshMs });
  if (!admission.ok) {
    const sentence = await refuse(flow, setting, { asker, tried: 'command', why: admission.why });
    await flow.forms.show(opened, closingView(flow.messages, { setting }, sentence), isLatest);
    return;
  }
  const forbidden = on !== undefined && forbiddenNumber(flow, admission, on);
  if (forbidden) {
    const why = { kind: 'not-listed' as const };
    await noteRefusal(flow, { asker, tried: 'command', why, instance: forbidden.instance });
  }
  const filled = known ? first : formFor(flow, { setting, place, on }, admission);
  const shown = known ? opened : await flow.forms.show(opened, viewOf(flow, filled, admission), isLatest);
  if (shown) await completeForm(flow, filled.form, { shown, isLatest, admission, notice: filled.notice });
}

function askAgain(flow: Flow, asker: Asker): Promise<Admission> {
  return flow.admissions.ask(asker, { maxAgeMs: freshMs, waitMs: hurriedMs });
}

/** A number that exists, but not for this person. */
function forbiddenNumber(flow: Flow, admission: Admission, on: string): ManagedNumber | undefined {
  const named = numberNamed(flow.numbers, on);
  return named && !admissionTo(admission, named.instance) ? named : undefined;
}

type Opening = { form: Form; notice: Notice | undefined };

/** An empty form, with what was last set. `on`: the number that the person named. */
function formFor(
  flow: Flow,
  { setting, place, on }: Pick<Form, 'setting' | 'place' | 'on'>,
  admission: Admission | undefined,
): Opening {
  const numbers = admission?.ok ? admission.numbers : [];
  const number = firstNumber(numbers, { on, channel: place.channel });
  const { messages } = flow;
  return {
    form: {
      setting,
      place,
      number: number?.name,
      on: number ? undefined : on,
      visibility: number && lastVisibility(flow, number, setting),
      hide: '',
      hidePicked: [],
      showAgainPicked: [],
    },
    notice:
      admission !== undefined && !number
        ? { text: messages.access.chooseNumber, submit: messages.form.buttons.save }
        : undefined,
  };
}

function viewOf(flow: Flow, { form, notice }: Opening, admission: Admission | undefined) {
  return renderForm(flow.messages, form, surroundings(flow, form, admission, notice));
}

/** What this bot last set, where it is known. */
export function lastVisibility(flow: Flow, { instance }: ManagedNumber, setting: SettingId) {
  const last = flow.settings.known(instance, setting);
  return typeof last === 'object' && last.outcome?.kind === 'applied' ? last.change.visibility : undefined;
}
