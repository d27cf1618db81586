import { until } from '../../test/until.ts';
import { median, p99, percentile, rounded } from '../load/figures.ts';
import { openLoop } from '../load/loops.ts';
import { command } from '../load/slack-requests.ts';
import type { Row } from '../row.ts';
import { type Stage, setStage } from '../stage.ts';
import { boltViewsOpen, sources } from '../subjects.ts';

const perSecond = 50;

/** From the command's arrival to the request that opens the form. */
export const commandLatency: Row = {
  name: 'command-latency',
  title: `Command arrives → \`views.open\` leaves, at ${perSecond} commands/s`,
  async run({ isQuick, built }) {
    const [rounds, count] = isQuick ? [2, 100] : [4, 250];
    await using stack = new AsyncDisposableStack();
    const stages: Stage[] = [];
    for (const launch of [sources, built, boltViewsOpen]) stages.push(stack.use(await setStage(launch)));
    const samples = new Map(stages.map(({ subject }) => [subject.name, [] as number[][]]));
    for (const stage of stages) await measure(stage, perSecond);
    for (let round = 0; round < rounds; round += 1) {
      for (const stage of stages) samples.get(stage.subject.name)?.push(await measure(stage, count));
    }
    const ofRounds = (name: string, figure: (values: number[]) => number) =>
      (samples.get(name) ?? []).map(figure);
    const names = [...samples.keys()];
    const best = built.name;
    const more = ofRounds(best, p99).map(
      (value, round) => value - (ofRounds(boltViewsOpen.name, p99)[round] ?? Number.NaN),
    );
    return {
      columns: ['ms', 'median', 'p95', 'p99', 'slowest'],
      lines: names.map((name) => [
        name,
        rounded(median(ofRounds(name, median))),
        rounded(median(ofRounds(name, (values) => percentile(values, 0.95)))),
        rounded(median(ofRounds(name, p99))),
        rounded(Math.max(...ofRounds(name, (values) => Math.max(...values)))),
      ]),
      targets: [
        {
          what: `p99 of ${best} beyond that of bare Bolt, which does the same`,
          measured: median(more),
          unit: 'ms',
          limit: { atMost: 5 },
          limitedBy:
            'Nothing is awaited before views.open, so that the median says what the bot itself adds; a tail beyond it is a collection of garbage, or a processor that was waited for on a busy machine.',
        },
      ],
      notes: [
        'Measured from outside: from the writing of the command to its views.open, found by its trigger_id, at the stand-in for Slack. A command never waits for the answer to another one. Medians of the rounds’ figures.',
      ],
    };
  },
};

async function measure({ subject, slack, quiet }: Stage, count: number): Promise<number[]> {
  const commands = Array.from({ length: count }, () => command('', slack));
  const sentAtMs = new Map<string, number>();
  const latenciesMs: number[] = [];
  slack.onCall = ({ line, body, receivedAtMs }) => {
    if (!line.endsWith('/views.open')) return;
    const sent = sentAtMs.get(triggerIn(body));
    if (sent === undefined) throw new Error('a form that nobody asked for');
    latenciesMs.push(receivedAtMs - sent);
  };
  await openLoop(subject.port, {
    perSecond,
    count,
    next: (index) => commands[index]?.request ?? Buffer.alloc(0),
    onSent: (index, atMs) => sentAtMs.set(commands[index]?.triggerId ?? '', atMs),
  });
  await until(() => latenciesMs.length >= count, 'every form opened', 10_000);
  await quiet();
  if (latenciesMs.length !== count) throw new Error(`${latenciesMs.length} forms for ${count} commands`);
  return latenciesMs;
}

function triggerIn(body: string): string {
  return /"?trigger_id"?[=:]"?([\w.]+)/.exec(body)?.[1] ?? '';
}
