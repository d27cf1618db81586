import { cpuTimeMs } from '../load/cpu-time.ts';
import { median, ratio, rounded } from '../load/figures.ts';
import { closedLoop } from '../load/loops.ts';
import { command } from '../load/slack-requests.ts';
import type { Launch } from '../load/subject.ts';
import type { Row } from '../row.ts';
import { type Stage, setStage } from '../stage.ts';
import { boltAck, boltViewsOpen, rawHttp, sources } from '../subjects.ts';

const connectionCounts = [16, 64];

type Entrant = { name: string; launch: Launch; env?: Record<string, string>; opensForms: boolean };

/** `/lastseen` over signed HTTP: commands per second, with the form opened for each. */
export const commandThroughput: Row = {
  name: 'command-throughput',
  title: '`/lastseen` over signed HTTP, acknowledged and `views.open` sent',
  async run({ isQuick, built }) {
    const [rounds, forMs] = isQuick ? [2, 700] : [4, 1_200];
    const entrants: Entrant[] = [
      { name: sources.name, launch: sources, opensForms: true },
      { name: built.name, launch: built, opensForms: true },
      {
        name: `${sources.name}, every member may`,
        launch: sources,
        // An empty variable counts as unset.
        env: { ALLOWED_USERS: '' },
        opensForms: true,
      },
      { name: boltViewsOpen.name, launch: boltViewsOpen, opensForms: true },
      { name: boltAck.name, launch: boltAck, opensForms: false },
      { name: rawHttp.name, launch: rawHttp, opensForms: false },
    ];
    await using stack = new AsyncDisposableStack();
    const stages: (Stage & { entrant: Entrant })[] = [];
    for (const entrant of entrants) {
      const stage = stack.use(await setStage(entrant.launch, entrant.env ? { env: entrant.env } : {}));
      stages.push(Object.assign(stage, { entrant }));
    }
    const rates = new Map<string, number[]>();
    const cpuUs = new Map<string, number[]>(entrants.map(({ name }) => [name, []]));
    const of = (name: string, connections: number) => rates.get(`${name} ${connections}`) ?? [];
    const cpuOf = (name: string) => cpuUs.get(name) ?? [];
    for (const stage of stages) await measure(stage, 16, 500);
    for (let round = 0; round < rounds; round += 1) {
      for (const connections of connectionCounts) {
        for (const stage of stages) {
          const { rate, cpuUsEach } = await measure(stage, connections, forMs);
          cpuOf(stage.entrant.name).push(cpuUsEach);
          rates.set(`${stage.entrant.name} ${connections}`, [...of(stage.entrant.name, connections), rate]);
        }
      }
    }
    const best = built.name;
    return {
      columns: [
        'requests/s',
        ...connectionCounts.map((count) => `${count} connections`),
        'of Bolt ack only',
        'CPU µs each',
        'CPU of Bolt ack only',
      ],
      lines: entrants.map(({ name }) => [
        name,
        ...connectionCounts.map((count) => rounded(median(of(name, count)))),
        connectionCounts.map((count) => rounded(ratio(of(name, count), of(boltAck.name, count)))).join(', '),
        rounded(median(cpuOf(name))),
        rounded(ratio(cpuOf(name), cpuOf(boltAck.name))),
      ]),
      targets: connectionCounts.map((count) => ({
        what: `commands/s of ${best} at ${count} connections, beside bare Bolt that only acknowledges`,
        measured: ratio(of(best, count), of(boltAck.name, count)),
        unit: '×',
        limit: { atLeast: 0.8 },
        limitedBy:
          'Each command is a request in and a request out, where the peer has one in: most of what is left is Node writing to and reading from two sockets.',
      })),
      notes: [
        'A connection sends its next command when the last one was acknowledged and its form was opened. Medians of the rounds; ratios are medians of the ratios within a round.',
        'CPU is the time of the whole process, with what a command leaves behind: on a busy machine it says more than requests/s.',
      ],
    };
  },
};

/** Commands per second, until all of their forms are open. */
async function measure(
  { subject, slack, entrant, quiet }: Stage & { entrant: Entrant },
  connections: number,
  forMs: number,
): Promise<{ rate: number; cpuUsEach: number }> {
  // Signed before the clock runs; what is needed beyond is signed on the way.
  const sign = () => command('', slack).request;
  const prepared = Array.from({ length: Math.ceil(forMs * (entrant.opensForms ? 3 : 10)) }, sign);
  const forms = countForms(slack);
  const cpuBeforeMs = await cpuTimeMs(subject.pid);
  const { count, startedAtMs, endedAtMs } = await closedLoop(
    { port: subject.port, connections },
    { forMs, next: () => prepared.pop() ?? sign(), ...(entrant.opensForms && { done: forms.oneOpened }) },
  );
  await quiet();
  if (entrant.opensForms && forms.opened() !== count)
    throw new Error(`${forms.opened()} forms for ${count} commands`);
  const rate = (count * 1000) / (endedAtMs - startedAtMs);
  return { rate, cpuUsEach: (((await cpuTimeMs(subject.pid)) - cpuBeforeMs) * 1000) / count };
}

/** Forms that are opened; whoever waits for one gets the next one that nobody else waited for. */
function countForms(slack: Stage['slack']) {
  let opened = 0;
  let unclaimed = 0;
  const waiting: (() => void)[] = [];
  slack.onCall = ({ line }) => {
    if (!line.endsWith('/views.open')) return;
    opened += 1;
    const first = waiting.shift();
    if (first) first();
    else unclaimed += 1;
  };
  return {
    opened: () => opened,
    oneOpened(): Promise<void> {
      if (unclaimed === 0) return new Promise((resolve) => waiting.push(resolve));
      unclaimed -= 1;
      return Promise.resolve();
    },
  };
}
