import type { FakeZapi } from './types.ts';

export type Changes = Pick<FakeZapi, 'onChange' | 'until'> & {
  notify(): void;
  /** Ends every wait under way with an error, so that none outlives the fake. */
  close(): void;
};

const defaultTimeoutMs = 5000;

/** Tells listeners that something changed, and waits on that: no polling, no sleeping. */
export function createChanges(): Changes {
  const listeners = new Set<() => void>();
  const waits = new Set<(problem: string) => void>();

  function onChange(listener: () => void): () => void {
    // Wrapped, so that the same function given twice is two listeners.
    const entry = () => listener();
    listeners.add(entry);
    return () => listeners.delete(entry);
  }

  function until<T>(
    probe: () => T | undefined | false | null,
    what: string,
    timeoutMs = defaultTimeoutMs,
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      const stop = () => {
        clearTimeout(timer);
        stopListening();
        waits.delete(fail);
      };
      const fail = (problem: string) => {
        stop();
        reject(new Error(`${problem} while waiting for ${what}`));
      };
      const ask = () => {
        try {
          const value = probe();
          if (!value) return;
          stop();
          resolve(value);
        } catch (error) {
          stop();
          reject(error);
        }
      };
      const timer = setTimeout(() => fail(`${timeoutMs} ms went by`), timeoutMs);
      const stopListening = onChange(ask);
      waits.add(fail);
      ask();
    });
  }

  return {
    onChange,
    until,
    notify() {
      for (const listener of [...listeners]) listener();
    },
    close() {
      for (const fail of [...waits]) fail('the fake Z-API was closed');
    },
  };
}
