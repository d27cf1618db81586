import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSqliteStore } from '../../src/store/sqlite-store.ts';
import { until } from '../../test/until.ts';
import { openConnection } from '../load/connection.ts';
import { median, p99, rounded } from '../load/figures.ts';
import { fillJournal } from '../load/long-journal.ts';
import { command } from '../load/slack-requests.ts';
import type { Row } from '../row.ts';
import { type Stage, setStage } from '../stage.ts';

const instance = 'BENCH';

/** What looking back costs when much was changed. */
export const longJournal: Row = {
  name: 'long-journal',
  title: '`/lastseen history` and `/lastseen status`, with 1,000,000 changes in the journal',
  async run({ isQuick, built }) {
    const [changes, times] = isQuick ? [50_000, 50] : [1_000_000, 300];
    const dataDir = await mkdtemp(join(tmpdir(), 'lastseen-bench-journal-'));
    await using folder = new AsyncDisposableStack();
    folder.defer(() => rm(dataDir, { recursive: true, force: true }));
    const startedAtMs = performance.now();
    await fillJournal(dataDir, changes, instance);
    const filledS = (performance.now() - startedAtMs) / 1000;
    const reads = await readDirectly(dataDir, times);
    await using stage = await setStage(built, { env: { DATA_DIR: dataDir } });
    const answers = {
      '/lastseen history → answer': await ask(stage, 'history', times),
      '/lastseen status → answer': await ask(stage, 'status', times),
    };
    const measured = Object.entries({ ...reads, ...answers });
    return {
      columns: ['ms', 'median', 'p99', 'slowest'],
      lines: measured.map(([name, values]) => [
        name,
        rounded(median(values)),
        rounded(p99(values)),
        rounded(Math.max(...values)),
      ]),
      targets: measured.map(([name, values]) => ({
        what: `p99 of ${name}, with ${changes.toLocaleString('en')} changes`,
        measured: p99(values),
        unit: 'ms',
        limit: { atMost: 20 },
        limitedBy: name.startsWith('/')
          ? 'Beside the journal the answer is drawn and posted to the response_url; status asks Z-API twice.'
          : 'The statement reads more rows than it gives.',
      })),
      notes: [
        `SQLite. The changes are of one number, over a year; writing them took ${Math.round(filledS)} s. Commands one after another; measured until the answer arrives at the response_url.`,
      ],
    };
  },
};

/** The reads of the journal behind both words. */
async function readDirectly(dataDir: string, times: number): Promise<Record<string, number[]>> {
  const store = createSqliteStore({ dataDir });
  await store.open();
  const setting = 'last-seen' as const;
  const page = await store.page({ instances: [instance], setting, limit: 9 });
  const before = page.at(-1)?.id ?? '';
  if (page.length !== 9) throw new Error('the journal has no page');
  const reads = {
    'the newest page': () => store.page({ instances: [instance], setting, limit: 9 }),
    'the page before': () => store.page({ instances: [instance], setting, before, limit: 9 }),
    'the newest change': () => store.newest({ instance, setting }),
    'what is not done': () => store.backlog(),
  };
  const tookMs: Record<string, number[]> = {};
  for (const [name, read] of Object.entries(reads)) {
    await read();
    tookMs[name] = [];
    for (let time = 0; time < times; time += 1) {
      const startedAtMs = performance.now();
      await read();
      tookMs[name].push(performance.now() - startedAtMs);
    }
  }
  await store.close();
  return tookMs;
}

async function ask({ subject, slack }: Stage, word: string, times: number): Promise<number[]> {
  const connection = await openConnection(subject.port);
  const tookMs: number[] = [];
  for (let time = -5; time < times; time += 1) {
    const { triggerId, request } = command(word, slack);
    let answer: { atMs: number; body: string } | undefined;
    slack.onCall = ({ line, body, receivedAtMs }) => {
      if (line.endsWith(`/reply/${triggerId}`)) answer = { atMs: receivedAtMs, body };
    };
    const sentAtMs = performance.now();
    const { status } = await connection.send(request);
    if (status !== 200) throw new Error(`${word} was answered with ${status}`);
    const { atMs, body } = await until(() => answer, `the answer to ${word}`);
    if (!/nobody|except/i.test(body))
      throw new Error(`${word} answered without a change: ${body.slice(0, 300)}`);
    // The first ones are for warming up.
    if (time >= 0) tookMs.push(atMs - sentAtMs);
  }
  connection.close();
  return tookMs;
}
