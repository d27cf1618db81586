import type { Gateway } from './ports.ts';
import type { SettingId } from './settings.ts';

/** Who is hidden, remembered for a moment, so that a picker can be searched letter by letter. */
export interface ListMemory {
  /** Who was hidden at most `maxAgeMs` ago. Rejects with `GatewayError`. */
  read(setting: SettingId, options?: { maxAgeMs?: number; timeoutMs?: number }): Promise<string[]>;
  /** A change ended: what was read before may not be so any more. */
  forget(setting: SettingId): void;
}

type Memory = { entries: string[]; readAtMs: number };

export function createListMemory(
  gateway: Pick<Gateway, 'readHidden'>,
  now: () => number = Date.now,
): ListMemory {
  const memories = new Map<SettingId, Memory>();
  let forgotten = 0;

  return {
    async read(setting, { maxAgeMs = 0, timeoutMs } = {}) {
      const known = memories.get(setting);
      if (known && now() - known.readAtMs <= maxAgeMs) return known.entries;
      const readAtMs = now();
      const forgottenBefore = forgotten;
      const entries = await gateway.readHidden(setting, timeoutMs === undefined ? {} : { timeoutMs });
      // Of two that overlap, the one that began later is newer.
      const isNewest = readAtMs >= (memories.get(setting)?.readAtMs ?? 0);
      if (isNewest && forgotten === forgottenBefore) memories.set(setting, { entries, readAtMs });
      return entries;
    },
    forget(setting) {
      forgotten += 1;
      memories.delete(setting);
    },
  };
}
