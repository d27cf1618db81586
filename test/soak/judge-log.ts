import { givenAway } from '../given-away.ts';
import { instanceId } from '../world.ts';
import { type Criterion, figure, mustBeNone } from './criterion.ts';
import { type Episode, touching } from './episodes.ts';
import { type Samples, waitedWithin } from './samples.ts';
import type { SoakStage } from './soak-stage.ts';

type Line = { level: number; time: string; msg: string; detail?: string };

const errorLevel = 50;
const warnLevel = 40;
const afterMs = 15_000;
/** For so long the bot waits for its database, at least. */
const databaseWaitMs = 2_000;
/** What Node itself says of `--inspect`. */
const ofInspector = /^(?:Debugger |For help, see: |$)/;

/** What the bot logged: errors without a fault that explains them, and anything that must stay secret. */
export function judgeLog(
  stage: SoakStage,
  episodes: readonly Episode[],
  samples: readonly Samples[],
): Criterion[] {
  const logged = stage.lives.flatMap(({ bot }) => bot.stdout().split('\n').filter(Boolean));
  const said = stage.lives.flatMap(({ bot }) =>
    bot
      .stderr()
      .split('\n')
      .filter((line) => !ofInspector.test(line)),
  );
  const lines = logged.flatMap(parsed);
  const errors = lines.filter(({ level }) => level >= errorLevel);
  const unexplained = errors.filter(({ time, msg }) => {
    const atMs = Date.parse(time);
    return !touching(episodes, { fromMs: atMs, toMs: atMs }, afterMs).some(({ fault }) =>
      fault.explains?.test(msg),
    );
  });
  const isOfMachine = ({ time, detail }: Line) =>
    detail === 'timeout' &&
    waitedWithin(samples, Date.parse(time) - databaseWaitMs, Date.parse(time)) > databaseWaitMs / 2;
  const given = givenAway({
    slack: stage.slack,
    zapi: { ...stage.zapi, url: stage.zapiUrl },
    logs: [...logged, ...said],
    account: stage.zapi.account(instanceId),
    changes: () => stage.zapi.requests.filter(({ path }) => path.endsWith('/privacy/last-seen')),
  });
  return [
    figure('lines logged', logged.length),
    figure(
      'warnings',
      lines.filter(({ level }) => level === warnLevel).length,
      counted(lines.filter(({ level }) => level === warnLevel)),
    ),
    figure('errors logged', errors.length, counted(errors)),
    figure('errors because the database had no processor in time', unexplained.filter(isOfMachine).length, [
      `excused: a timeout, and in the ${databaseWaitMs / 1_000} s before it the bot and this process waited more than half as long for a processor`,
    ]),
    mustBeNone(
      'errors without a fault that explains them',
      unexplained
        .filter((line) => !isOfMachine(line))
        .map(({ time, msg, detail = '' }) => `${time} ${msg} ${detail}`),
    ),
    mustBeNone('lines that are no log, or on stderr', [
      ...logged.filter((line) => parsed(line).length === 0),
      ...said,
    ]),
    mustBeNone('given away', given),
  ];
}

function parsed(line: string): Line[] {
  try {
    const { level, time = '', msg = '', detail } = JSON.parse(line) as Partial<Line>;
    return level === undefined ? [] : [{ level, time, msg, ...(detail && { detail }) }];
  } catch {
    return [];
  }
}

function counted(lines: readonly Line[]): string[] {
  return [...Map.groupBy(lines, ({ msg }) => msg)].map(([msg, same]) => `${same.length} x ${msg}`);
}
