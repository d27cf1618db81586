import { availableParallelism, loadavg } from 'node:os';
import { atMost, type Criterion, figure, mustBeNone, rounded } from './criterion.ts';
import { type Episode, touching } from './episodes.ts';
import { fitLine, type Point, percentile } from './linear-fit.ts';
import type { Samples } from './samples.ts';

const mib = 1024 * 1024;
/**
 * Live heap: what is in use after everything else was thrown away, so that little noise is left. What is remembered of the
 * last thousand forms, and what the engine learns, fills within the first half hour: 4 MiB over the first 700 forms, and
 * nothing over the next 3,500. A short run sees a part of that.
 */
const mostHeapPerHour = (ms: number) => (ms < 30 * 60_000 ? 20 : 10);
/** Resident memory: V8 and the allocator take in steps what they need for rubbish between two collections. */
const mostResidentPerHour = 60;
const mostMoreDescriptors = 5;
const mostLoopDelayMs = 1_000;
const mostLoopDelayP99Ms = 100;
/** Over less than this, steps look like a slope: it is shown, and nothing is asked of it. */
const leastSlopeMs = 3 * 60_000;
const warmUpShare = 0.3;
const leastWarmUpMs = 30_000;

/** Memory, event loop and open files of the process, over the longest time that one ran. */
export function judgeProcess(all: readonly Samples[], episodes: readonly Episode[]): Criterion[] {
  const longest = all.toSorted((a, b) => b.residentBytes.length - a.residentBytes.length)[0];
  if (!longest) return [mustBeNone('samples of the process', ['there are none'])];
  const warmUp = warmUpEnd(longest.residentBytes, episodes);
  const after = (points: readonly Point[]) => points.filter(({ atMs }) => atMs >= warmUp);
  const heap = inMib(after(longest.liveHeapBytes));
  const resident = inMib(after(longest.residentBytes));
  return [
    figure('measured', `${longest.life}, ${minutesOf(longest.residentBytes)} min`, [
      `without the warm-up: ${warmUpShare * 100} %, at least ${leastWarmUpMs / 1_000} s, and where there is time until every fault has happened once`,
    ]),
    slope('live heap', heap, mostHeapPerHour(durationMs(longest.residentBytes))),
    slope('resident memory', resident, mostResidentPerHour),
    descriptors(after(longest.descriptors)),
    ...loopDelays(all, episodes),
  ];
}

function slope(name: string, points: readonly Point[], mostPerHour: number): Criterion {
  const { perHour, errorPerHour } = fitLine(points);
  const values = points.map(({ value }) => value);
  const isNoise = perHour - 2 * errorPerHour <= 0;
  return {
    name: `${name}, slope`,
    value: `${rounded(perHour)} +- ${rounded(errorPerHour)} MiB/h`,
    ...(!isTooShort(points) && { limit: `<= ${mostPerHour} MiB/h, or within two standard errors of 0` }),
    isMet: isTooShort(points) || perHour <= mostPerHour || isNoise,
    notes: [
      ...(isTooShort(points) ? ['the run is too short to judge it'] : []),
      `${points.length} samples: first ${rounded(values[0] ?? 0)}, last ${rounded(values.at(-1) ?? 0)}, least ${rounded(Math.min(...values))}, most ${rounded(Math.max(...values))} MiB`,
    ],
  };
}

/** Connections come and go with the work: what counts is whether the least there are of them grows. */
function descriptors(points: readonly Point[]): Criterion {
  const values = points.map(({ value }) => value);
  if (isTooShort(points)) return figure('open files and sockets', `${percentile(values, 50)} median`);
  const third = Math.floor(values.length / 3);
  const [early, late] = [Math.min(...values.slice(0, third)), Math.min(...values.slice(-third))];
  return atMost('open files and sockets, least late minus least early', late - early, {
    limit: mostMoreDescriptors,
    unit: '',
    notes: [`least ${Math.min(...values)}, median ${percentile(values, 50)}, most ${Math.max(...values)}`],
  });
}

function loopDelays(all: readonly Samples[], episodes: readonly Episode[]): Criterion[] {
  const restarts = episodes.filter(({ fault }) => fault.of === 'bot');
  const isRunning = (atMs: number) =>
    touching(restarts, { fromMs: atMs - 1_000, toMs: atMs + 1_000 }, 1_000).length === 0;
  const raw = all
    .flatMap(({ healthMs }) => healthMs)
    .filter(({ atMs }) => isRunning(atMs))
    .map(({ value }) => value);
  const health = all.flatMap(({ healthOwnMs }) => healthOwnMs).filter(({ atMs }) => isRunning(atMs));
  const times = health.map(({ value }) => value);
  const ofBot = all.flatMap(({ healthBotMs }) => healthBotMs).filter(({ atMs }) => isRunning(atMs));
  const slowest = ofBot.toSorted((a, b) => b.value - a.value).slice(0, 3);
  const silent = all.flatMap(({ silentAtMs }) => silentAtMs).filter(isRunning);
  const lagMax = all.flatMap(({ loopLagMaxMs }) => loopLagMaxMs).filter(({ atMs }) => isRunning(atMs));
  const lagP99 = all.flatMap(({ loopLagP99Ms }) => loopLagP99Ms).filter(({ atMs }) => isRunning(atMs));
  const during = ({ atMs, value }: Point) =>
    `${Math.round(value)} ms during ${
      touching(episodes, { fromMs: atMs, toMs: atMs + value }, 0)
        .map(({ fault }) => fault.name)
        .join(', ') || 'no fault'
    }`;
  const lag = (points: readonly Point[]) => rounded(Math.max(0, ...points.map(({ value }) => value)));
  return [
    figure('/healthz answered within, as measured', `${rounded(percentile(raw, 99))} ms p99`, [
      `max ${rounded(Math.max(0, ...raw))} ms; load of the machine ${loadavg().map(rounded).join(', ')} on ${availableParallelism()} processors`,
    ]),
    atMost('the same without waiting for a processor, p99', percentile(times, 99), {
      limit: mostLoopDelayP99Ms,
      unit: 'ms',
    }),
    atMost(
      "the same without the bot's waiting for a processor, max",
      Math.max(0, ...ofBot.map(({ value }) => value)),
      {
        limit: mostLoopDelayMs,
        unit: 'ms',
        notes: slowest.map(during),
      },
    ),
    mustBeNone(
      '/healthz not answered while the bot ran',
      silent.map((atMs) => new Date(atMs).toISOString()),
    ),
    lagMax.length > 0
      ? figure('event loop lag by /metrics', `${lag(lagP99)} ms p99`, [
          `max ${lag(lagMax)} ms; not judged: it can't tell a busy machine from a busy bot`,
        ])
      : figure('event loop lag by /metrics', 'not there'),
  ];
}

/** What a fault makes the bot do for the first time takes memory once: each has to have happened before. */
function warmUpEnd(points: readonly Point[], episodes: readonly Episode[]): number {
  const [first, last] = [points[0]?.atMs ?? 0, points.at(-1)?.atMs ?? 0];
  const isRepeated = ({ fault }: Episode, index: number) =>
    episodes.slice(0, index).some((earlier) => earlier.fault.name === fault.name);
  const secondRoundMs = episodes.find(isRepeated)?.fromMs ?? 0;
  const least = first + Math.max(leastWarmUpMs, (last - first) * warmUpShare);
  return last - secondRoundMs > leastSlopeMs ? Math.max(least, secondRoundMs) : least;
}

function isTooShort(points: readonly Point[]): boolean {
  return durationMs(points) < leastSlopeMs;
}

function durationMs(points: readonly Point[]): number {
  return (points.at(-1)?.atMs ?? 0) - (points[0]?.atMs ?? 0);
}

function inMib(points: readonly Point[]): Point[] {
  return points.map(({ atMs, value }) => ({ atMs, value: value / mib }));
}

function minutesOf(points: readonly Point[]): number {
  return rounded(((points.at(-1)?.atMs ?? 0) - (points[0]?.atMs ?? 0)) / 60_000);
}
