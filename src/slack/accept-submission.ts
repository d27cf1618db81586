import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { ViewSubmitAction } from '@slack/bolt';
import type { Promised } from '../privacy/change-applier.ts';
import { StoreError } from '../privacy/ports.ts';
import { acceptChange } from './accept-change.ts';
import { checkSubmission } from './check-submission.ts';
import type { Flow } from './flow.ts';
import { type NotAccepted, notAccepted, showAgain } from './not-accepted.ts';

/** Together with what is asked and recorded it must stay under the three seconds that Slack waits. */
const lookUpTimeoutMs = 700;

/**
 * Puts a submission into the journal: from then on it is promised. What was promised to it before is looked up first, and
 * stays as it was promised, also while the bot stops.
 */
export async function acceptSubmission(
  flow: Flow,
  body: ViewSubmitAction,
): Promise<{ promised: Promised } | NotAccepted> {
  const submission = { submissionId: body.trigger_id || randomUUID(), formId: body.view.id };
  // Side by side: Slack does not wait for one after the other.
  const checking = checkSubmission(flow, body);
  const promised = await inTime(flow.applier.promisedTo(submission));
  if (promised) return { promised };
  const checked = await checking;
  if ('answer' in checked) return checked;
  const { form, admission, number, change, lookedUp } = checked;
  const accepted = await acceptChange(flow, {
    ...submission,
    instance: number.instance,
    change,
    by: body.user.id,
    place: form.place,
    tellIn: number.auditChannel ?? form.place.channel,
    lookedUp,
  });
  if (!('notTaken' in accepted)) return { promised: accepted };
  const { notTaken, sentence } = accepted;
  if (notTaken === 'not-recorded') return notAccepted(body, 'visibility', sentence);
  const notice = { text: sentence, submit: flow.messages.form.buttons.saveAgain };
  return showAgain(flow, { form, admission, notice });
}

/** What can't be looked up in time is looked up again when it is recorded. */
function inTime(lookUp: Promise<Promised | undefined>): Promise<Promised | undefined> {
  const tooLate = pause(lookUpTimeoutMs, undefined, { ref: false });
  return Promise.race([lookUp, tooLate]).catch((error: unknown) => {
    if (!(error instanceof StoreError)) throw error;
    return undefined;
  });
}
