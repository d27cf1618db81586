import { longestText } from '../privacy/change.ts';
import type { JournalEntry } from '../privacy/journal-entry.ts';
import { formatPhone } from '../privacy/phone.ts';
import type { Flow } from './flow.ts';
import type { Form } from './form-memory.ts';
import { closingView, renderForm } from './modal.ts';
import { openView } from './open-form.ts';
import { acknowledgePress, changeOf, type Press, placeOf } from './press.ts';
import { completeForm, surroundings } from './refresh-form.ts';
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
  const entry = await orUnreadable(flow, flow.journal.find(id));
  if (typeof entry === 'string' || entry?.instance !== flow.instance) {
    const sentence = typeof entry === 'string' ? entry : messages.undo.unknownChange;
    await flow.forms.show(opened, closingView(messages, { setting }, sentence), isLatest);
    return;
  }
  const { form, leftOut } = formOf(entry, place);
  const notice = { text: messages.undo.tryingAgain(entry, leftOut), submit: messages.form.buttons.save };
  const shown = await flow.forms.show(
    opened,
    renderForm(messages, form, surroundings(flow, form, notice)),
    isLatest,
  );
  if (shown) await completeForm(flow, form, { shown, isLatest, notice });
}

/** The form as it was, with as many numbers as it takes; never a part of one, which could be another number. */
function formOf({ change }: JournalEntry, place: Form['place']): { form: Form; leftOut: number } {
  const hide = linesThatFit(change.hide);
  const showAgain = linesThatFit(change.showAgain);
  const { setting, visibility } = change;
  const form = { setting, place, visibility, hide: hide.join('\n'), showAgain: showAgain.join('\n') };
  return { form, leftOut: change.hide.length + change.showAgain.length - hide.length - showAgain.length };
}

function linesThatFit(entries: readonly string[]): string[] {
  let left = longestText + 1;
  return entries
    .filter((entry) => /^\d+$/.test(entry))
    .map(formatPhone)
    .filter((line) => {
      left -= line.length + 1;
      return left >= 0;
    });
}
