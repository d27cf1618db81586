import { setTimeout as pause } from 'node:timers/promises';

/** Waits until the probe says yes. What it rejects with is a no. */
export async function until(probe: () => Promise<unknown>, what: string, timeoutMs = 10_000): Promise<void> {
  const endsAtMs = performance.now() + timeoutMs;
  for (;;) {
    const seen = await probe().catch(() => false);
    if (seen) return;
    if (performance.now() > endsAtMs) throw new Error(`not seen: ${what}`);
    await pause(10);
  }
}
