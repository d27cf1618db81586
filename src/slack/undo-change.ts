import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { planUndo } from '../privacy/undo.ts';
import { acceptChange, storeSentence } from './accept-change.ts';
import { admissionTo } from './admission.ts';
import type { Flow } from './flow.ts';
import { acknowledgePress, askerOf, changeOf, type Press, placeOf } from './press.ts';
import { refuse } from './refuse.ts';
import { whisper } from './whisper.ts';

/** What ends sooner needs no words but the message for the team. */
const patienceMs = 1_500;

/** Undo was pressed and confirmed: the inverse change goes the way of every other one. */
export async function undoChange(flow: Flow, press: Press): Promise<void> {
  await acknowledgePress(flow, press);
  const said = await undo(flow, press);
  if (said) await whisper(flow, placeOf(press).replyUrl, said);
}

/** Resolves with what the person is told, where the message for the team is not enough. */
async function undo(flow: Flow, { body, action }: Press): Promise<string | undefined> {
  const { command, undo: says } = flow.messages;
  const { setting, id } = changeOf({ action });
  const place = placeOf({ body });
  const asker = askerOf({ body });
  // Pressed twice, by whomever, while the first one is under way, it is one undo.
  const submission = { submissionId: body.trigger_id || randomUUID(), formId: `undo ${id}` };
  try {
    const entry = await flow.journal.find(id);
    const admission = await flow.admissions.ask(asker, { maxAgeMs: 0, instance: entry?.instance });
    const number = entry && admissionTo(admission, entry.instance);
    if (!number) {
      if (admission.ok && !entry) return says.unknownChange;
      const why = admission.ok ? { kind: 'not-listed' as const } : admission.why;
      return refuse(flow, setting, { asker, tried: 'button', why, instance: entry?.instance });
    }
    const known = await flow.applier.promisedTo(submission);
    if (known) return known.entry.by === body.user.id ? undefined : says.undoing(id);
    if (flow.isStopping()) return command.restarting;
    const planned = await planUndo(flow.journal, entry, { underWay: true });
    if (!planned.ok) return says.noUndoText(entry, planned.why);
    const { change } = planned;
    const tellIn = number.auditChannel ?? place.channel;
    const accepted = await acceptChange(flow, {
      ...submission,
      instance: number.instance,
      change,
      by: asker.id,
      place,
      tellIn,
      undoes: id,
    });
    if ('notTaken' in accepted) return accepted.sentence;
    const isEnded = await Promise.race([accepted.outcome, pause(patienceMs, undefined, { ref: false })]);
    if (!isEnded) return says.undoing(id);
    return tellIn === place.channel ? undefined : says.undoEndedElsewhere(id, tellIn);
  } catch (error) {
    return storeSentence(flow, error, asker.id);
  }
}
