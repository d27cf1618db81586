import { longestText } from '../privacy/change.ts';
import type { JournalEntry, Place } from '../privacy/journal-entry.ts';
import type { ManagedNumber } from '../privacy/managed-number.ts';
import { formatPhone, isPhone } from '../privacy/phone.ts';
import { admissionTo, freshMs } from './admission.ts';
import type { Flow } from './flow.ts';
import { mostPicked } from './form-fields.ts';
import type { Form } from './form-memory.ts';
import { closingView, renderForm } from './modal.ts';
import { openView } from './open-view.ts';
import { acknowledgePress, askerOf, changeOf, type Press, placeOf } from './press.ts';
import { completeForm, surroundings } from './refresh-form.ts';
import { refuse } from './refuse.ts';
import { orUnreadable, whisper } from './whisper.ts';

/**
 * Try again was pressed: opens the form as it was. Slack's trigger can't wait for the journal, so a view that says so is
 * opened at once, and becomes the form.
 */
export async function tryAgain(flow: Flow, { body, action, ack }: Press): Promise<void> {
  const { messages } = flow;
  const place = placeOf({ body });
  const { setting, id } = changeOf({ action });
  if (flow.isStopping()) {
    await acknowledgePress(flow, { ack });
    return whisper(flow, place.replyUrl, messages.command.restarting);
  }
  const [, opened] = await Promise.all([
    acknowledgePress(flow, { ack }),
    openView(flow, setting, {
      trigger_id: body.trigger_id,
      response_url: place.replyUrl,
      view: closingView(messages, { setting }, messages.undo.readingChange),
    }),
  ]);
  if (!opened) return;
  const isLatest = flow.forms.opened(opened.viewId);
  const close = (sentence: string) =>
    flow.forms.show(opened, closingView(messages, { setting }, sentence), isLatest);
  const asker = askerOf({ body });
  const entry = await orUnreadable(flow, flow.journal.find(id));
  if (typeof entry === 'string') return void (await close(entry));
  const admission = await flow.admissions.ask(asker, { maxAgeMs: freshMs, instance: entry?.instance });
  const number = entry && admissionTo(admission, entry.instance);
  if (!number) {
    if (admission.ok && !entry) return void (await close(messages.undo.unknownChange));
    const why = admission.ok ? { kind: 'not-listed' as const } : admission.why;
    const refused = { asker, tried: 'button' as const, why, instance: entry?.instance };
    return void (await close(await refuse(flow, setting, refused)));
  }
  const { form, leftOut } = formOf(entry, { place: placeFor(number, place, entry), number: number.name });
  const notice = { text: messages.undo.tryingAgain(entry, leftOut), submit: messages.form.buttons.save };
  const view = renderForm(messages, form, surroundings(flow, form, admission, notice));
  const shown = await flow.forms.show(opened, view, isLatest);
  if (shown) await completeForm(flow, form, { shown, isLatest, admission, notice });
}

/** In a channel for messages alone, the form is one of the channel where the change was asked for. */
function placeFor({ auditChannel }: ManagedNumber, place: Place, entry: JournalEntry): Place {
  return place.channel === auditChannel ? { ...place, channel: entry.place.channel } : place;
}

/** The form as it was, with as many numbers as it takes; never a part of one, which could be another number. */
function formOf(
  { change }: JournalEntry,
  { place, number }: Pick<Form, 'place' | 'number'>,
): { form: Form; leftOut: number } {
  const { setting, visibility } = change;
  const hide = linesThatFit(change.hide);
  const showAgainPicked = change.showAgain.slice(0, mostPicked);
  return {
    form: { setting, place, number, visibility, hide: hide.join('\n'), hidePicked: [], showAgainPicked },
    leftOut: change.hide.length - hide.length + change.showAgain.length - showAgainPicked.length,
  };
}

function linesThatFit(entries: readonly string[]): string[] {
  let left = longestText + 1;
  return entries
    .filter(isPhone)
    .map(formatPhone)
    .filter((line) => {
      left -= line.length + 1;
      return left >= 0;
    });
}
