import { setTimeout as pause } from 'node:timers/promises';

/** Resolves with the first truthy value of `probe`; rejects when none came in time. What it rejects with is a no. */
export async function until<T>(
  probe: () => T | undefined | false | Promise<T | undefined | false>,
  what: string,
  timeoutMs = 10_000,
): Promise<T> {
  const deadlineMs = performance.now() + timeoutMs;
  for (let failure: unknown; ; ) {
    try {
      const found = await probe();
      if (found) return found;
    } catch (error) {
      failure = error;
    }
    if (performance.now() > deadlineMs)
      throw new Error(`this did not happen in time: ${what}`, { cause: failure });
    await pause(2);
  }
}
