import type { JournalEntry } from './journal-entry.ts';
import type { ChangeStore } from './ports.ts';
import { type SettingId, settingIds } from './settings.ts';

/**
 * What the bot itself last set, remembered, so that no form waits for the journal. `undefined`: never, as far as the
 * journal knows. An entry with the outcome `unknown` says that nobody knows.
 */
export interface SettingMemory {
  /** What was read last, at once. */
  known(instance: string, setting: SettingId): JournalEntry | undefined;
  /** Reads it again. Rejects with `StoreError`. */
  read(instance: string, setting: SettingId): Promise<JournalEntry | undefined>;
  /** Reads every setting again. */
  readAll(instance: string): Promise<void>;
}

export function createSettingMemory(store: Pick<ChangeStore, 'newest'>): SettingMemory {
  const newest = new Map<string, JournalEntry | undefined>();

  async function read(instance: string, setting: SettingId): Promise<JournalEntry | undefined> {
    const entry = await store.newest({ instance, setting });
    newest.set(`${instance} ${setting}`, entry);
    return entry;
  }

  return {
    known: (instance, setting) => newest.get(`${instance} ${setting}`),
    read,
    async readAll(instance) {
      for (const setting of settingIds) await read(instance, setting);
    },
  };
}
