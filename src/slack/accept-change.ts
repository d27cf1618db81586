import type { Promised } from '../privacy/change-applier.ts';
import type { Submission } from '../privacy/journal-entry.ts';
import { StoreError } from '../privacy/ports.ts';
import type { Flow } from './flow.ts';

/** Why a change was not taken, as a sentence: mrkdwn where it is one too many, since it names a time. */
export type NotTaken = { notTaken: 'too-many' | 'not-recorded'; sentence: string };

/** Puts a change into the journal: from then on it is promised. */
export async function acceptChange(flow: Flow, submission: Submission): Promise<Promised | NotTaken> {
  try {
    const accepted = await flow.applier.accept(submission);
    if (!('tooMany' in accepted)) return accepted;
    const sentence = flow.messages.access.tooManyText(accepted, flow.mostChangesPerHour ?? 0);
    return { notTaken: 'too-many', sentence };
  } catch (error) {
    return { notTaken: 'not-recorded', sentence: storeSentence(flow, error, submission.by) };
  }
}

/** What a person is told whose change could not be recorded, or looked up. Rethrows what is no failure of the store. */
export function storeSentence(flow: Flow, error: unknown, by?: string): string {
  if (!(error instanceof StoreError)) throw error;
  flow.log.error({ by, detail: error.detail, written: error.written }, 'change not recorded');
  const { notRecorded, perhapsRecorded } = flow.messages.command;
  return error.written === 'no' ? notRecorded : perhapsRecorded;
}
