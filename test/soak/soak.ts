import { setTimeout as pause } from 'node:timers/promises';
import type { Delivered } from '../../fakes/slack/types.ts';
import { readJournal } from '../crash/read-journal.ts';
import { createRandom } from '../crash/seeded-random.ts';
import { until } from '../until.ts';
import type { Mode } from '../world.ts';
import { atMost, type Criterion, figure, mustBeNone } from './criterion.ts';
import { type Episode, runEpisodes, touching } from './episodes.ts';
import { openJournalPlace, type Store } from './journal-place.ts';
import { judgeAcks } from './judge-acks.ts';
import { judgeChanges } from './judge-changes.ts';
import { judgeLog } from './judge-log.ts';
import { judgeProcess } from './judge-process.ts';
import { watchOwnDelay } from './own-delay.ts';
import { type Deed, workUntil } from './people-at-work.ts';
import { sampleUntil } from './samples.ts';
import { type SoakStage, startSoakStage } from './soak-stage.ts';

export type Soaked = { criteria: Criterion[]; episodes: Episode[] };

/** The last part of the run is quiet, so that all that is said late is said. */
const quietShare = 0.1;
/** A message whose answer was lost is sent again after up to four minutes. */
const settleTimeoutMs = 6 * 60_000;
const mostStopMs = 10_000;
const mostRecoveryMs = 30_000;
/** A person who began as the trouble ended still meets it. */
const afterMs = 5_000;

/** Runs the bot under a steady load while things go wrong and come right again, and holds what was seen against the promises. */
export async function soak(options: {
  mode: Mode;
  store: Store;
  minutes: number;
  seed: number;
  /** Told what happens as it happens. */
  say: (what: string) => void;
}): Promise<Soaked> {
  const { mode, store, minutes, seed, say } = options;
  await using journal = await openJournalPlace(store);
  await using stage = await startSoakStage(mode, journal);
  const random = createRandom(seed);
  const delivered: Delivered[] = [];
  stage.slack.onDelivered((delivery) => void delivered.push(delivery));
  const ownDelay = watchOwnDelay();
  const [worked, sampled] = [new AbortController(), new AbortController()];
  const episodes: Episode[] = [];
  await stage.startBot();
  const endMs = Date.now() + minutes * 60_000;
  const sampling = sampleUntil(stage, sampled.signal);
  const working = workUntil(stage, random.named('people'), worked.signal);
  const faultsEndMs = endMs - minutes * 60_000 * quietShare;
  await runEpisodes(stage, {
    mode,
    random: random.named('faults'),
    endMs: faultsEndMs,
    onBegin: (episode) => {
      episodes.push(episode);
      say(`fault: ${episode.fault.name}`);
    },
  });
  // The rest of the time that was asked for.
  await pause(Math.max(0, endMs - Date.now()));
  say('the load ends');
  worked.abort();
  const deeds = await working;
  const settledMs = await settle(stage);
  say('all is told');
  sampled.abort();
  const samples = await sampling;
  ownDelay.stop();
  const stopMs = [...stopTimes(episodes), await stage.stopBot()];
  return {
    episodes,
    criteria: [
      ...(await judgeChanges(stage, episodes)),
      ...judgeDeeds(deeds, episodes),
      atMost('all told after the load ended', settledMs / 1_000, {
        limit: settleTimeoutMs / 1_000,
        unit: 's',
      }),
      ...judgeAcks(delivered, episodes, { ownDelay, samples }),
      ...judgeProcess(samples, episodes),
      ...judgeLog(stage, episodes, samples),
      ...judgeRecovery(episodes),
      atMost('SIGTERM to the end of the process, max', Math.max(...stopMs) / 1_000, {
        limit: mostStopMs / 1_000,
        unit: 's',
      }),
      ...(journal.trouble ? [] : [figure('the journal was never taken away', 'no mount on this machine')]),
    ],
  };
}

/** Resolves with how long it took until every change had ended and was told; what has not by the end, the judge finds. */
async function settle({ journal }: SoakStage): Promise<number> {
  const fromMs = performance.now();
  await until(
    async () => {
      const isSettled = (await readJournal(journal.where)).every(({ outcome, told }) => outcome && told);
      // Reading all of it is work, too.
      if (!isSettled) await pause(500);
      return isSettled;
    },
    'every change ended and told',
    settleTimeoutMs,
  ).catch(() => undefined);
  return performance.now() - fromMs;
}

function judgeDeeds(deeds: readonly Deed[], episodes: readonly Episode[]): Criterion[] {
  const unanswered = deeds.filter(({ isAnswered }) => !isAnswered);
  // Whatever Z-API does, people are answered.
  const isExcused = (deed: Deed) =>
    touching(episodes, deed, afterMs).some(({ fault }) => fault.of !== 'zapi');
  const kinds = [...Map.groupBy(deeds, ({ what }) => what)].map(([what, same]) => `${what} ${same.length}`);
  const inWords = ({ what, by, fromMs, toMs, why }: Deed) => {
    const during = touching(episodes, { fromMs, toMs }, 0).map(({ fault }) => fault.name);
    return `${what} by ${by} at ${new Date(fromMs).toISOString()}, ${toMs - fromMs} ms, during ${during.join(', ') || 'no fault'}: ${why}`;
  };
  return [
    figure('things that people did', deeds.length, [kinds.join(', ')]),
    figure('not answered while Slack, the journal or the bot was away', unanswered.filter(isExcused).length, [
      `excused: from the beginning of the fault until ${afterMs / 1_000} s after the bot was ready again`,
    ]),
    mustBeNone('not answered at other times', unanswered.filter((deed) => !isExcused(deed)).map(inWords)),
  ];
}

function judgeRecovery(episodes: readonly Episode[]): Criterion[] {
  const kinds = [...Map.groupBy(episodes, ({ fault }) => fault.name)].map(
    ([name, same]) => `${name} ${same.length}`,
  );
  const slowest = episodes.toSorted((a, b) => recoveryOf(b) - recoveryOf(a))[0];
  return [
    figure('faults', episodes.length, [kinds.join(', ')]),
    atMost('ready again after a fault, max', (slowest ? recoveryOf(slowest) : 0) / 1_000, {
      limit: mostRecoveryMs / 1_000,
      unit: 's',
      notes: [slowest ? `after: ${slowest.fault.name}` : ''],
    }),
  ];
}

function recoveryOf({ toMs, recoveredMs }: Episode): number {
  return recoveredMs - toMs;
}

function stopTimes(episodes: readonly Episode[]): number[] {
  return episodes.flatMap(({ stopMs }) => stopMs ?? []);
}
