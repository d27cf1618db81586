import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../crash/seeded-random.ts';
import { until } from '../until.ts';
import type { Mode } from '../world.ts';
import { type Fault, faultsFor } from './faults.ts';
import type { SoakStage } from './soak-stage.ts';

/** A fault as it happened. `recoveredMs`: when the bot said again that it is ready. */
export type Episode = {
  fault: Fault;
  fromMs: number;
  toMs: number;
  recoveredMs: number;
  /** How long the process took to stop, where the fault is that. */
  stopMs?: number;
};

const quietMs = [4_000, 8_000] as const;
const recoveryTimeoutMs = 120_000;

/**
 * Makes one thing after another go wrong, in an order that the seed gives, with quiet times between them, until the time is
 * over; in a short run each lasts less long.
 */
export async function runEpisodes(
  stage: SoakStage,
  {
    mode,
    random,
    endMs,
    onBegin,
  }: { mode: Mode; random: Random; endMs: number; onBegin: (episode: Episode) => void },
): Promise<void> {
  const { first, others } = faultsFor(mode, stage);
  const scale = scaleFor([first, ...others], endMs - Date.now());
  const between = ([least, most]: readonly [number, number]) => scale * random.whole(least, most);
  for (let turn = [first, ...shuffled(others, random)]; ; turn = shuffled(others, random)) {
    for (const fault of turn) {
      const lastsMs = between(fault.lastsMs);
      // A quiet time, on purpose; and the time that the fault lasts.
      await pause(between(quietMs));
      if (Date.now() + lastsMs > endMs) return;
      const episode: Episode = {
        fault,
        fromMs: Date.now(),
        toMs: Number.POSITIVE_INFINITY,
        recoveredMs: Number.POSITIVE_INFINITY,
      };
      onBegin(episode);
      const took = await fault.begin(stage);
      if (fault.of === 'bot' && typeof took === 'number') episode.stopMs = took;
      await pause(lastsMs);
      await fault.end(stage);
      episode.toMs = Date.now();
      await until(stage.isReady, `ready again after: ${fault.name}`, recoveryTimeoutMs);
      episode.recoveredMs = Date.now();
    }
  }
}

/** Whether one of them touches the time, counting so long after its end. */
export function touching(
  episodes: readonly Episode[],
  { fromMs, toMs }: { fromMs: number; toMs: number },
  afterMs: number,
): Episode[] {
  return episodes.filter(
    (episode) => episode.fromMs <= toMs && Math.max(episode.toMs, episode.recoveredMs) + afterMs >= fromMs,
  );
}

function scaleFor(faults: readonly Fault[], availableMs: number): number {
  const middle = ([least, most]: readonly [number, number]) => (least + most) / 2;
  const neededMs = faults.reduce((total, { lastsMs }) => total + middle(lastsMs) + middle(quietMs), 0);
  return Math.min(1, Math.max(0.3, (0.9 * availableMs) / neededMs));
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  return items
    .map((item) => ({ item, rank: random.fraction() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}
