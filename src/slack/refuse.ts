import type { Asker, NoAccess } from '../privacy/access.ts';
import type { Tried } from '../privacy/journal-entry.ts';
import { nameOfError } from '../privacy/name-of-error.ts';
import { StoreError } from '../privacy/ports.ts';
import type { SettingId } from '../privacy/settings.ts';
import type { Flow } from './flow.ts';

/** What somebody tried, and why they may not. `instance`: the number that it was about, if any. */
export type Refused = { asker: Asker; tried: Tried; why: NoAccess; instance?: string | undefined };

/** Records that somebody was refused, and gives the sentence that they are told. Never rejects. */
export async function refuse(flow: Flow, setting: SettingId, refused: Refused): Promise<string> {
  await noteRefusal(flow, refused);
  return flow.messages.access.refusedText(setting, refused.why, flow.adminContact);
}

/** Never rejects: a journal that can't be written lets nobody in either. */
export async function noteRefusal(flow: Flow, { asker, tried, why, instance }: Refused): Promise<void> {
  flow.log.warn({ by: asker.id, tried, why: why.kind }, 'refused');
  flow.meter.note({ what: 'refused', why: why.kind });
  const { id: by, channel } = asker;
  const refusal = { at: new Date(), by, channel, tried, instance, why: why.kind };
  await flow.journal.noteRefusal(refusal).catch((error: unknown) => {
    const detail = error instanceof StoreError ? error.detail : nameOfError(error);
    flow.log.error({ detail, by, tried }, 'refusal not recorded');
  });
}
