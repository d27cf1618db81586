import type { EndedChange, JournalEntry } from './journal-entry.ts';
import type { ChangeStore } from './ports.ts';
import { type SettingId, settingIds } from './settings.ts';

/**
 * What the bot itself last set: a change that was applied, or `never`. A change with the outcome `unknown` says that nobody
 * knows; `unread`, that the journal could not be read yet.
 */
export type LastSet = JournalEntry | 'never' | 'unread';

/** What the bot itself last set, remembered, so that no form waits for the journal. */
export interface SettingMemory {
  /** What was read or noted last, at once. */
  known(instance: string, setting: SettingId): LastSet;
  /** A change ended here. */
  note(ended: EndedChange): void;
  /** Reads it again. Rejects with `StoreError`. */
  read(instance: string, setting: SettingId): Promise<LastSet>;
  /** Reads every setting of these instances again, each setting in one query. */
  readAll(instances: readonly string[]): Promise<void>;
}

export function createSettingMemory(store: Pick<ChangeStore, 'newest' | 'newestOfEach'>): SettingMemory {
  const lastSet = new Map<string, LastSet>();
  const keyOf = (instance: string, setting: SettingId) => `${instance} ${setting}`;

  function remember(instance: string, setting: SettingId, last: JournalEntry | undefined): LastSet {
    const known = lastSet.get(keyOf(instance, setting));
    // What was noted here meanwhile is newer than what was read.
    if (typeof known === 'object' && (!last || last.id < known.id)) return known;
    lastSet.set(keyOf(instance, setting), last ?? 'never');
    return last ?? 'never';
  }

  return {
    known: (instance, setting) => lastSet.get(keyOf(instance, setting)) ?? 'unread',
    note(ended) {
      if (ended.outcome.kind !== 'applied' && ended.outcome.kind !== 'unknown') return;
      lastSet.set(keyOf(ended.instance, ended.change.setting), ended);
    },
    read: async (instance, setting) => remember(instance, setting, await store.newest({ instance, setting })),
    async readAll(instances) {
      for (const setting of settingIds) {
        const found = await store.newestOfEach({ instances, setting });
        const ofInstance = new Map(found.map((last) => [last.instance, last]));
        for (const instance of instances) remember(instance, setting, ofInstance.get(instance));
      }
    },
  };
}
