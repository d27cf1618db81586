import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { ViewSubmitAction } from '@slack/bolt';
import type { Promised } from '../privacy/change-applier.ts';
import { StoreError } from '../privacy/ports.ts';
import { checkSubmission, type Refused, refuse } from './check-submission.ts';
import type { Flow } from './flow.ts';
import { notRecorded, perhapsRecorded } from './messages/command.ts';

/** Recording has two seconds of its own; together they must stay under the three that Slack waits. */
const lookUpTimeoutMs = 700;

/**
 * Puts a submission into the journal: from then on it is promised. What was promised to it before is looked up first, and
 * stays as it was promised, also while the bot stops. Never rejects.
 */
export async function acceptSubmission(
  flow: Flow,
  body: ViewSubmitAction,
): Promise<{ promised: Promised } | Refused> {
  const submission = { submissionId: body.trigger_id || randomUUID(), formId: body.view.id };
  try {
    const promised = await inTime(flow.applier.promisedTo(submission));
    if (promised) return { promised };
    const checked = await checkSubmission(flow, body);
    if ('answer' in checked) return checked;
    const { form, change } = checked;
    return {
      promised: await flow.applier.accept({
        ...submission,
        instance: flow.instance,
        change,
        by: body.user.id,
        place: form.place,
        tellIn: flow.auditChannel ?? form.place.channel,
      }),
    };
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    flow.log.error({ detail: error.detail, written: error.written }, 'change not recorded');
    return refuse(body, 'visibility', error.written === 'no' ? notRecorded : perhapsRecorded);
  }
}

function inTime<T>(lookUp: Promise<T>): Promise<T> {
  const tooLate = pause(lookUpTimeoutMs, undefined, { ref: false }).then(() => {
    throw new StoreError('no', 'timeout');
  });
  return Promise.race([lookUp, tooLate]);
}
