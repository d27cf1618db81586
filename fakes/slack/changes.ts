export type Changes = {
  /** Tells every listener that something changed. */
  announce(): void;
  onChange(listener: () => void): () => void;
  /** Resolves with the first truthy value of `probe`, asked now and after each change. */
  until<T>(probe: () => T | undefined | false | null, what: string, timeoutMs?: number): Promise<T>;
  /** Rejects whoever still waits. */
  close(): void;
};

const DEFAULT_TIMEOUT_MS = 5000;

export function createChanges(): Changes {
  const listeners = new Set<() => void>();
  const closers = new Set<() => void>();

  const onChange = (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };

  const until = <T>(
    probe: () => T | undefined | false | null,
    what: string,
    timeoutMs = DEFAULT_TIMEOUT_MS,
  ): Promise<T> => {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const finish = (settle: () => void) => {
      clearTimeout(timer);
      stop();
      closers.delete(abandon);
      settle();
    };
    const look = () => {
      try {
        const found = probe();
        if (found) finish(() => resolve(found));
      } catch (error) {
        finish(() => reject(error));
      }
    };
    const giveUp = (why: string) => finish(() => reject(new Error(why)));
    const abandon = () => giveUp(`fake Slack was closed while waiting for ${what}`);
    const timer = setTimeout(() => giveUp(`waited ${timeoutMs} ms in vain for ${what}`), timeoutMs);
    const stop = onChange(look);
    closers.add(abandon);
    look();
    return promise;
  };

  return {
    announce: () => {
      for (const listener of [...listeners]) listener();
    },
    onChange,
    until,
    close: () => {
      for (const abandon of [...closers]) abandon();
    },
  };
}
