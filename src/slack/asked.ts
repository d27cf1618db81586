import type { Asker } from '../privacy/access.ts';
import type { Tried } from '../privacy/journal-entry.ts';
import type { ManagedNumber } from '../privacy/managed-number.ts';
import type { SettingId } from '../privacy/settings.ts';
import { admissionTo, freshMs } from './admission.ts';
import { numberNamed } from './find-number.ts';
import type { Flow } from './flow.ts';
import { noteRefusal, refuse } from './refuse.ts';

/** What somebody asked for, by a command or a button, who is answered by words. `on`: the number that they named. */
export type Asked = { setting: SettingId; asker: Asker; replyUrl: string; on?: string | undefined };

/** The numbers that it is about; or the sentence that says why there is none. */
export async function numbersAsked(
  flow: Flow,
  { setting, asker, on }: Asked,
  tried: Tried,
  maxAgeMs = freshMs,
): Promise<[ManagedNumber, ...ManagedNumber[]] | string> {
  const instance = on === undefined ? undefined : numberNamed(flow.numbers, on)?.instance;
  if (instance !== undefined) {
    const admission = await flow.admissions.ask(asker, { maxAgeMs, instance });
    const named = admissionTo(admission, instance);
    if (named) return [named];
  }
  const admission = await flow.admissions.ask(asker, { maxAgeMs });
  if (!admission.ok) return refuse(flow, setting, { asker, tried, why: admission.why, instance });
  if (on === undefined) return admission.numbers;
  // That there is such a number is nothing to tell whoever may not change it.
  if (instance !== undefined)
    await noteRefusal(flow, { asker, tried, why: { kind: 'not-listed' }, instance });
  const { line, access } = flow.messages;
  const names = admission.numbers.map(({ name }) => name);
  return line.unknownNumber(on, names, access.whomToAsk(flow.adminContact));
}
