import { setTimeout as pause } from 'node:timers/promises';
import type { JournalEntry, Outcome } from './journal-entry.ts';
import type { ChangeStore } from './ports.ts';

export interface AwaitedOutcomes {
  /** How the change ends. Never rejects; undefined where the bot stops before. */
  of(entry: JournalEntry): Promise<Outcome | undefined>;
  /** Says at once how a change ended that was applied here. */
  ended(id: string, outcome: Outcome): void;
}

/** How often a change is looked after that another process may be applying. */
const lookAgainMs = 300;

/** The outcomes that somebody waits for, whichever process brings them about. */
export function createAwaitedOutcomes(
  store: Pick<ChangeStore, 'find'>,
  ending: AbortSignal,
): AwaitedOutcomes {
  const awaited = new Map<string, PromiseWithResolvers<Outcome | undefined>>();

  async function lookAfter(id: string): Promise<Outcome | undefined> {
    while (awaited.has(id) && !ending.aborted) {
      await pause(lookAgainMs, undefined, { ref: false, signal: ending }).catch(() => undefined);
      const entry = await store.find(id).catch(() => undefined);
      if (entry?.outcome) return entry.outcome;
    }
    return undefined;
  }

  return {
    async of({ id, outcome }) {
      if (outcome) return outcome;
      const known = awaited.get(id);
      if (known) return known.promise;
      const waiting = Promise.withResolvers<Outcome | undefined>();
      awaited.set(id, waiting);
      void lookAfter(id).then(waiting.resolve);
      return waiting.promise.finally(() => awaited.delete(id));
    },
    ended: (id, outcome) => awaited.get(id)?.resolve(outcome),
  };
}
