import { setTimeout as pause } from 'node:timers/promises';

/** Resolves with the first truthy value of `probe`; rejects when none came in time. */
export async function until<T>(
  probe: () => T | undefined | false | Promise<T | undefined | false>,
  what: string,
  timeoutMs = 8_000,
): Promise<T> {
  const deadlineMs = performance.now() + timeoutMs;
  for (;;) {
    const found = await probe();
    if (found) return found;
    if (performance.now() > deadlineMs) throw new Error(`this did not happen in time: ${what}`);
    await pause(2);
  }
}
