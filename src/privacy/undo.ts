import type { PrivacyChange } from './change.ts';
import type { JournalEntry } from './journal-entry.ts';
import { changesNobody } from './list-changes.ts';
import type { ChangeStore } from './ports.ts';

/** Why a change can't be undone. */
export type NoUndo =
  | { kind: 'not-applied' }
  /** Another change of the same setting was applied since, or is under way. */
  | { kind: 'newer'; newer: JournalEntry }
  | { kind: 'undone'; by: JournalEntry }
  /** The bot does not know what was set before. */
  | { kind: 'before-unknown' }
  /** The bot does not know who was on the list before. */
  | { kind: 'list-unknown' }
  | { kind: 'nothing-changed' };

export type Undo = { ok: true; change: PrivacyChange } | { ok: false; why: NoUndo };

type Looking = Pick<ChangeStore, 'newest'>;

/**
 * The change that brings back what was visible before. Known only where the bot itself set what was before, and who was
 * on the list was read at the time. A list that is not in use goes on holding who was put on it.
 *
 * `underWay`: a newer change that has not ended yet stands in the way as well.
 */
export async function planUndo(
  store: Looking,
  entry: JournalEntry,
  { underWay }: { underWay: boolean },
): Promise<Undo> {
  const why = await whyNot(store, entry, underWay);
  if (why) return { ok: false, why };
  const { instance, id, change, realChanges } = entry;
  const before = await store.newest({ instance, setting: change.setting, before: id });
  if (before?.outcome?.kind !== 'applied') return { ok: false, why: { kind: 'before-unknown' } };
  const { visibility } = before.change;
  const lists =
    visibility === 'contacts-except' && realChanges
      ? { hide: realChanges.showAgain, showAgain: realChanges.hide }
      : { hide: [], showAgain: [] };
  if (visibility === change.visibility && changesNobody(lists))
    return { ok: false, why: { kind: 'nothing-changed' } };
  return { ok: true, change: { setting: change.setting, visibility, ...lists } };
}

async function whyNot(store: Looking, entry: JournalEntry, underWay: boolean): Promise<NoUndo | undefined> {
  const { instance, id, change, named, realChanges, outcome } = entry;
  if (outcome?.kind !== 'applied') return { kind: 'not-applied' };
  const newest = await store.newest({ instance, setting: change.setting, underWay });
  if (newest && newest.id !== id) {
    return newest.undoes === id && newest.outcome?.kind === 'applied'
      ? { kind: 'undone', by: newest }
      : { kind: 'newer', newer: newest };
  }
  return named.hide + named.showAgain > 0 && !realChanges ? { kind: 'list-unknown' } : undefined;
}

/** Whether nothing came between a change and the one that it is to undo: asked when all earlier changes have ended. */
export async function isStillNewest(
  store: Looking,
  { instance, id, change, undoes }: JournalEntry,
): Promise<boolean> {
  const newest = await store.newest({ instance, setting: change.setting, before: id });
  return newest?.id === undoes;
}
