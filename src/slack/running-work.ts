/**
 * Keeps the work that goes on after an acknowledgement, so that a stop can wait for it: Bolt does not.
 */
export interface RunningWork {
  track<T>(work: Promise<T>): Promise<T>;
  /** Resolves when nothing runs any more, what began meanwhile included. */
  finished(): Promise<void>;
}

export function createRunningWork(): RunningWork {
  const running = new Set<Promise<unknown>>();
  return {
    track(work) {
      running.add(work);
      const forget = () => running.delete(work);
      work.then(forget, forget);
      return work;
    },
    async finished() {
      while (running.size > 0) await Promise.allSettled(running);
    },
  };
}
