/** How late this process itself was: what is measured here while it could not run is not the bot's. */
export type OwnDelay = {
  /** The longest delay that touches the time, in milliseconds. */
  worstWithin(fromMs: number, toMs: number): number;
  worstMs(): number;
  stop(): void;
};

const everyMs = 20;
const worthNotingMs = 20;

export function watchOwnDelay(): OwnDelay {
  const delays: { atMs: number; lateMs: number }[] = [];
  let expectedMs = performance.now() + everyMs;
  const timer = setInterval(() => {
    const nowMs = performance.now();
    const lateMs = nowMs - expectedMs;
    if (lateMs > worthNotingMs) delays.push({ atMs: Date.now(), lateMs });
    expectedMs = nowMs + everyMs;
  }, everyMs);
  const worst = (among: readonly { lateMs: number }[]) => Math.max(0, ...among.map(({ lateMs }) => lateMs));
  return {
    worstWithin: (fromMs, toMs) =>
      Math.round(worst(delays.filter(({ atMs, lateMs }) => atMs >= fromMs && atMs - lateMs <= toMs))),
    worstMs: () => Math.round(worst(delays)),
    stop: () => clearInterval(timer),
  };
}
