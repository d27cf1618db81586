import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../../test/postgres-server.ts';
import { syncedWriteMs } from '../load/disk.ts';
import { median, ratio, rounded } from '../load/figures.ts';
import { startJournalWorkers } from '../load/journal-workers.ts';
import type { Row } from '../row.ts';

const instances = 1_000;
/** As much as goes. */
const full = { instances, atOnce: 50, gatewayMs: 20 };
/** As people work: a few at once, with a gateway that takes as long as usual. */
const usual = { instances, atOnce: 5, gatewayMs: 200 };

/** Changes through the journal: accepted, applied, told. */
export const journal: Row = {
  name: 'journal',
  title: 'Changes through the journal, with 1,000 instances',
  async run({ isQuick }) {
    const [rounds, forMs] = isQuick ? [1, 1_500] : [3, 4_000];
    await using stack = new AsyncDisposableStack();
    const dataDir = await mkdtemp(join(tmpdir(), 'lastseen-bench-journal-'));
    stack.defer(() => rm(dataDir, { recursive: true, force: true }));
    const server = stack.use(await startPostgres({ durable: true }));
    const postgres = async () => ({ kind: 'postgres' as const, databaseUrl: await server.createDatabase() });
    const entrants = [
      { name: 'SQLite, 1 process', store: { kind: 'sqlite' as const, dataDir }, processes: 1, work: full },
      { name: 'PostgreSQL, 1 process', store: await postgres(), processes: 1, work: full },
      { name: 'PostgreSQL, 3 processes', store: await postgres(), processes: 3, work: full },
      { name: 'PostgreSQL, 1 process, as people work', store: await postgres(), processes: 1, work: usual },
      { name: 'PostgreSQL, 3 processes, as people work', store: await postgres(), processes: 3, work: usual },
    ];
    const figures: { name: string; rates: number[]; cpuMs: number[]; refused: number }[] = [];
    const running = [];
    for (const { name, store, processes, work } of entrants) {
      const workers = stack.use(await startJournalWorkers({ ...work, store }, processes));
      await workers.makeChanges(500);
      running.push(workers);
      figures.push({ name, rates: [], cpuMs: [], refused: 0 });
    }
    for (let round = 0; round < rounds; round += 1) {
      for (const [index, workers] of running.entries()) {
        const { perSecond, cpuMsEach, refused } = await workers.makeChanges(forMs);
        const figure = figures[index];
        figure?.rates.push(perSecond);
        figure?.cpuMs.push(cpuMsEach);
        if (figure) figure.refused += refused;
      }
    }
    const [, one, three, usualOne, usualThree] = figures;
    const syncMs = await syncedWriteMs();
    return {
      columns: ['', 'changes/s', 'CPU ms each, without the server', 'not recorded in time'],
      lines: figures.map(({ name, rates, cpuMs, refused }) => [
        name,
        rounded(median(rates)),
        rounded(median(cpuMs)),
        refused,
      ]),
      targets: [
        {
          what: 'changes/s on PostgreSQL of 3 processes, beside 1, as much as goes',
          measured: ratio(three?.rates ?? [], one?.rates ?? []),
          limitedBy:
            'The processor: the server runs on the same two cores as the bots, and one bot and the server keep both busy.',
        },
        {
          what: 'changes/s on PostgreSQL of 3 processes, beside 1, as people work',
          measured: ratio(usualThree?.rates ?? [], usualOne?.rates ?? []),
          limitedBy: 'The processor, as above.',
        },
      ].map((target) => ({ ...target, unit: '×', limit: { atLeast: 2 } })),
      notes: [
        `As much as goes: ${full.atOnce} changes at once in each process, of instances at random; a gateway and a channel within the process take ${full.gatewayMs} ms each. As people work: ${usual.atOnce} at once, and ${usual.gatewayMs} ms each. Both databases put every commit on the disk (\`synchronous=FULL\`, \`fsync=on\`).`,
        `A change is written five times: accepted, claimed, ended, claimed to be told, told. A write that must be on this disk takes ${rounded(syncMs)} ms now; on SQLite one commit follows another, so that no more than ${Math.round(1000 / syncMs / 5)} changes/s are possible now.`,
      ],
    };
  },
};
