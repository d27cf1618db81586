import { randomUUID } from 'node:crypto';
import type { PrivacyChange } from '../../src/privacy/change.ts';
import { createChangeIds } from '../../src/privacy/change-id.ts';
import type { JournalEntry, Outcome, Refusal, Submission } from '../../src/privacy/journal-entry.ts';
import type { Phone } from '../../src/privacy/phone.ts';
import type { ChangeStore, ClaimedChange, Recorded, TooMany } from '../../src/privacy/ports.ts';

/** A submission like no other, but for what is given. */
export function submission(given: Partial<Submission> = {}): Submission {
  return {
    submissionId: randomUUID(),
    formId: randomUUID(),
    instance: 'padaria',
    change: { setting: 'last-seen', visibility: 'nobody', hide: [], showAgain: [] },
    by: 'U0ANA',
    place: { channel: 'C0SHOP', replyUrl: 'https://hooks.slack.test/reply/secret' },
    tellIn: 'C0TEAM',
    ...given,
  };
}

export const phone = (digits: string) => digits as Phone;

export function listChange(hide: string[], showAgain: string[] = []): PrivacyChange {
  return {
    setting: 'last-seen',
    visibility: 'contacts-except',
    hide: hide.map(phone),
    showAgain: showAgain.map(phone),
  };
}

const freshId = createChangeIds();

/** An id that follows any made before in this process. */
export const newId = () => freshId();

export async function record(store: ChangeStore, given: Partial<Submission> = {}): Promise<JournalEntry> {
  return accepted(await store.record(submission(given), newId)).entry;
}

/** What was recorded; throws where it was refused as too many. */
export function accepted(recorded: Recorded): Exclude<Recorded, TooMany> {
  if ('tooMany' in recorded) throw new Error(`too many ${recorded.tooMany}`);
  return recorded;
}

export async function claim(store: ChangeStore, instance = 'padaria') {
  return claimed(await store.claimNext(instance));
}

export async function claimToTell(store: ChangeStore, channel = 'C0TEAM') {
  return claimed(await store.claimToTell(channel));
}

function claimed<T extends ClaimedChange>(result: T | undefined): T {
  if (!result) throw new Error('nothing to claim');
  return result;
}

/** Ten at once: on a busy machine too, each is done within the time that a store gives it. */
export async function fewAtOnce<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += 10)
    results.push(...(await Promise.all(items.slice(start, start + 10).map(work))));
  return results;
}

/** Records a change and ends it. Everything of the instance before it has ended. */
export async function recordEnded(
  store: ChangeStore,
  outcome: Outcome = { kind: 'applied' },
  given: Partial<Submission> = {},
): Promise<JournalEntry> {
  const entry = await record(store, given);
  const { claim: held } = await claim(store, entry.instance);
  await store.end(held, outcome, new Date());
  return entry;
}

/** Records a change, ends it and tells it. Everything before it has been told. */
export async function recordTold(store: ChangeStore, given: Partial<Submission> = {}): Promise<JournalEntry> {
  const entry = await recordEnded(store, { kind: 'applied' }, given);
  const { claim: held } = await claimToTell(store, entry.tellIn);
  await store.noteTold(held, 'told', new Date());
  return entry;
}

export async function readAll(store: Pick<ChangeStore, 'all'>): Promise<JournalEntry[]> {
  const entries: JournalEntry[] = [];
  for await (const portion of store.all()) entries.push(...portion);
  return entries;
}

/** A refusal like any other, but for what is given. */
export function refusal(given: Partial<Refusal> = {}): Refusal {
  return {
    at: new Date(1_764_000_000_123),
    by: 'U0GUEST',
    channel: 'C0SHOP',
    tried: 'command',
    instance: 'padaria',
    why: 'guest',
    ...given,
  };
}

export async function readRefusals(store: Pick<ChangeStore, 'refusals'>): Promise<Refusal[]> {
  const refusals: Refusal[] = [];
  for await (const portion of store.refusals()) refusals.push(...portion);
  return refusals;
}

export const idsOf = (entries: readonly JournalEntry[]) => entries.map(({ id }) => id);
