import { until } from '../../test/until.ts';
import { cpuTimeMs } from '../load/cpu-time.ts';
import { median, ratio, rounded } from '../load/figures.ts';
import { commandFields } from '../load/slack-requests.ts';
import type { Row } from '../row.ts';
import { type Stage, setStage } from '../stage.ts';
import { type SocketModeStandIn, startSocketMode } from '../stand-ins/socket-mode.ts';
import { boltSocketAck, sources } from '../subjects.ts';

const atOnce = 16;
type SocketStage = { stage: Stage; socket: SocketModeStandIn; opensForms: boolean };

/** `/lastseen` in Socket Mode: nothing is promised of it, since people come one at a time. */
export const socketThroughput: Row = {
  name: 'socket-throughput',
  title: '`/lastseen` in Socket Mode, acknowledged and `views.open` sent',
  async run({ isQuick, built }) {
    const [rounds, forMs] = isQuick ? [2, 700] : [4, 1_500];
    await using stack = new AsyncDisposableStack();
    const stages: SocketStage[] = [];
    for (const launch of [sources, built, boltSocketAck]) {
      const socket = stack.use(await startSocketMode());
      const stage = stack.use(await setStage(launch, { socket }));
      stages.push({ stage, socket, opensForms: launch !== boltSocketAck });
    }
    const figures = stages.map(({ stage: { subject } }) => ({
      name: subject.name,
      rates: [] as number[],
      cpuUs: [] as number[],
    }));
    for (const stage of stages) await measure(stage, 500);
    for (let round = 0; round < rounds; round += 1) {
      for (const [index, stage] of stages.entries()) {
        const { rate, cpuUsEach } = await measure(stage, forMs);
        figures[index]?.rates.push(rate);
        figures[index]?.cpuUs.push(cpuUsEach);
      }
    }
    const bare = figures.at(-1);
    return {
      columns: [
        '',
        `commands/s, ${atOnce} at once`,
        'of Bolt ack only',
        'CPU µs each',
        'CPU of Bolt ack only',
      ],
      lines: figures.map(({ name, rates, cpuUs }) => [
        name,
        rounded(median(rates)),
        rounded(ratio(rates, bare?.rates ?? [])),
        rounded(median(cpuUs)),
        rounded(ratio(cpuUs, bare?.cpuUs ?? [])),
      ]),
      targets: [],
      notes: ['One socket. A run ends when the last form was opened.'],
    };
  },
};

async function measure(
  { stage: { subject, slack, quiet }, socket, opensForms }: SocketStage,
  forMs: number,
): Promise<{ rate: number; cpuUsEach: number }> {
  let opened = 0;
  let endedAtMs = 0;
  slack.onCall = ({ line, receivedAtMs }) => {
    if (!line.endsWith('/views.open')) return;
    opened += 1;
    endedAtMs = receivedAtMs;
  };
  const cpuBeforeMs = await cpuTimeMs(subject.pid);
  const startedAtMs = performance.now();
  let count = 0;
  const lanes = Array.from({ length: atOnce }, async () => {
    while (performance.now() - startedAtMs < forMs) {
      await socket.deliver(commandFields('', slack));
      count += 1;
    }
  });
  await Promise.all(lanes);
  endedAtMs = Math.max(endedAtMs, performance.now());
  if (opensForms) await until(() => opened >= count, `${count} forms opened by ${subject.name}`, 30_000);
  await quiet();
  const cpuUsEach = (((await cpuTimeMs(subject.pid)) - cpuBeforeMs) * 1000) / count;
  return { rate: (count * 1000) / (endedAtMs - startedAtMs), cpuUsEach };
}
