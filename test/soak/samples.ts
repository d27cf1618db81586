import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { inspect } from './inspector.ts';
import type { Point } from './linear-fit.ts';
import type { Life, SoakStage } from './soak-stage.ts';

/** What was measured of one run of the process. */
export type Samples = {
  life: string;
  residentBytes: Point[];
  liveHeapBytes: Point[];
  descriptors: Point[];
  /** How long `/healthz` took to answer: the bot's event loop, and the machine. */
  healthMs: Point[];
  /** The same, without the time in which the bot, or this process, was ready to run and had to wait for a processor. */
  healthOwnMs: Point[];
  /** The same, without the bot's waiting alone: nothing that the bot did itself is taken out by mistake. */
  healthBotMs: Point[];
  /** For how long the bot and this process have waited for a processor up to then. */
  waitedMs: Point[];
  /** By the bot's own `/metrics`. */
  loopLagP99Ms: Point[];
  loopLagMaxMs: Point[];
  /** When `/healthz` was not answered within five seconds, or refused. */
  silentAtMs: number[];
};

const pageBytes = 4_096;
const healthEveryMs = 200;
const systemEveryMs = 1_000;
const heapEveryMs = 10_000;
const metricsEveryMs = 5_000;

/** Takes samples of every run of the process until the signal. */
export async function sampleUntil(stage: SoakStage, over: AbortSignal): Promise<Samples[]> {
  const all = new Map<Life, Samples>();
  const current = (): { life: Life; samples: Samples } | undefined => {
    const life = stage.lives.at(-1);
    if (!life) return undefined;
    const samples = all.get(life) ?? noSamples(life.name);
    all.set(life, samples);
    return { life, samples };
  };

  const every = async (ms: number, take: (life: Life, samples: Samples) => Promise<void>) => {
    while (!over.aborted) {
      const now = current();
      // A process that just ended, or only begins, has nothing to show.
      if (now) await take(now.life, now.samples).catch(() => undefined);
      await pause(ms, undefined, { signal: over }).catch(() => undefined);
    }
  };

  await Promise.all([
    every(healthEveryMs, async ({ bot: { pid } }, samples) => {
      const before = await waitedForProcessorMs(pid);
      const [atMs, fromMs] = [Date.now(), performance.now()];
      try {
        const response = await fetch(`${stage.healthUrl}/healthz`, { signal: AbortSignal.timeout(5_000) });
        await response.text();
        const tookMs = performance.now() - fromMs;
        const after = await waitedForProcessorMs(pid);
        const botMs = after.bot - before.bot;
        const ownMs = after.own - before.own;
        samples.waitedMs.push({ atMs: Date.now(), value: after.bot + after.own });
        samples.healthBotMs.push({ atMs, value: Math.max(0, tookMs - botMs) });
        samples.healthMs.push({ atMs, value: tookMs });
        samples.healthOwnMs.push({ atMs, value: Math.max(0, tookMs - botMs - ownMs) });
      } catch {
        samples.silentAtMs.push(atMs);
      }
    }),
    every(systemEveryMs, async ({ bot: { pid } }, samples) => {
      const [, pages] = (await readFile(`/proc/${pid}/statm`, 'utf8')).split(' ');
      const open = (await readdir(`/proc/${pid}/fd`)).length;
      const atMs = Date.now();
      samples.residentBytes.push({ atMs, value: Number(pages) * pageBytes });
      samples.descriptors.push({ atMs, value: open });
    }),
    every(heapEveryMs, async (life, samples) => {
      // For this moment only: a process with an inspector does not end.
      using inspector = await inspect(life.inspectorPort);
      samples.liveHeapBytes.push({ atMs: Date.now(), value: await inspector.liveHeap() });
    }),
    every(metricsEveryMs, async (_life, samples) => {
      const response = await fetch(`${stage.healthUrl}/metrics`, { signal: AbortSignal.timeout(5_000) });
      const text = await response.text();
      if (!response.ok) return;
      const atMs = Date.now();
      for (const [name, points] of [
        ['nodejs_eventloop_lag_p99_seconds', samples.loopLagP99Ms],
        ['nodejs_eventloop_lag_max_seconds', samples.loopLagMaxMs],
      ] as const) {
        const value = new RegExp(`^${name}(?:\\{.*\\})? (\\S+)$`, 'm').exec(text)?.[1];
        if (value !== undefined) points.push({ atMs, value: Number(value) * 1_000 });
      }
    }),
  ]);
  return [...all.values()];
}

/** For how long the bot and this process waited for a processor within a time, as near as it was sampled. */
export function waitedWithin(all: readonly Samples[], fromMs: number, toMs: number): number {
  return all.reduce((total, { waitedMs }) => {
    const before = waitedMs.findLast(({ atMs }) => atMs <= fromMs);
    const after = waitedMs.find(({ atMs }) => atMs >= toMs);
    return total + (before && after ? after.value - before.value : 0);
  }, 0);
}

/** For how long the main threads of the bot and of this process have waited for a processor, by the kernel's own count. */
async function waitedForProcessorMs(pid: number): Promise<{ bot: number; own: number }> {
  const [bot = 0, own = 0] = await Promise.all(
    [pid, process.pid].map(async (id) => {
      const counts = await readFile(`/proc/${id}/schedstat`, 'utf8').catch(() => '0 0 0');
      return Number(counts.split(' ')[1]) / 1_000_000;
    }),
  );
  return { bot, own };
}

function noSamples(life: string): Samples {
  return {
    life,
    residentBytes: [],
    liveHeapBytes: [],
    descriptors: [],
    healthMs: [],
    healthOwnMs: [],
    healthBotMs: [],
    waitedMs: [],
    loopLagP99Ms: [],
    loopLagMaxMs: [],
    silentAtMs: [],
  };
}
