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
  // Whoever asks meanwhile waits for the same answer: each reading takes a connection, for seconds where the gateway hangs.
  const underWay = new Map<SettingId, Promise<string[]>>();

  async function readAnew(setting: SettingId, timeoutMs: number | undefined): Promise<string[]> {
    const readAtMs = now();
    const reading = gateway.readHidden(setting, timeoutMs === undefined ? {} : { timeoutMs });
    underWay.set(setting, reading);
    try {
      const entries = await reading;
      // What was forgotten meanwhile was read too early.
      if (underWay.get(setting) === reading) memories.set(setting, { entries, readAtMs });
      return entries;
    } finally {
      if (underWay.get(setting) === reading) underWay.delete(setting);
    }
  }

  return {
    async read(setting, { maxAgeMs = 0, timeoutMs } = {}) {
      const known = memories.get(setting);
      if (known && now() - known.readAtMs <= maxAgeMs) return known.entries;
      return underWay.get(setting) ?? readAnew(setting, timeoutMs);
    },
    forget(setting) {
      underWay.delete(setting);
      memories.delete(setting);
    },
  };
}
