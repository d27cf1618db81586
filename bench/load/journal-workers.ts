import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { JournalWork, Made } from '../peers/journal-worker.ts';
import { cpuTimeMs } from './cpu-time.ts';

const program = join(import.meta.dirname, '../peers/journal-worker.ts');

/** Processes that share one journal. */
export type JournalWorkers = AsyncDisposable & {
  /** All of them make changes for so long; until the last one is told. */
  makeChanges(forMs: number): Promise<{ perSecond: number; cpuMsEach: number; refused: number }>;
};

export async function startJournalWorkers(work: JournalWork, processes: number): Promise<JournalWorkers> {
  const children: ChildProcess[] = [];
  for (let started = 0; started < processes; started += 1) {
    const child = spawn(process.execPath, [program], {
      env: { JOURNAL_WORK: JSON.stringify(work) },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    children.push(child);
    if ((await told(child)) !== 'ready') throw new Error('a worker was not ready');
  }
  const cpuMs = async () => {
    const each = await Promise.all(children.map(({ pid }) => cpuTimeMs(pid ?? 0)));
    return each.reduce((sum, ms) => sum + ms, 0);
  };
  return {
    async makeChanges(forMs) {
      const cpuBeforeMs = await cpuMs();
      const startedAtMs = performance.now();
      const made = await Promise.all(
        children.map((child) => {
          const answer = told(child);
          child.send(forMs);
          return answer as Promise<Made>;
        }),
      );
      const count = made.reduce((sum, ofOne) => sum + ofOne.made, 0);
      const refused = made.reduce((sum, ofOne) => sum + ofOne.refused, 0);
      const tookS = (performance.now() - startedAtMs) / 1000;
      return { perSecond: count / tookS, cpuMsEach: ((await cpuMs()) - cpuBeforeMs) / count, refused };
    },
    async [Symbol.asyncDispose]() {
      // They end when they hear nothing more of this process, however it ends.
      await Promise.all(
        children.map(async (child) => {
          const exited = once(child, 'exit');
          child.disconnect();
          await exited;
        }),
      );
    },
  };
}

async function told(child: ChildProcess): Promise<unknown> {
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`a worker ended by itself (${code})`);
  });
  const [message] = await Promise.race([once(child, 'message'), ended]);
  return message;
}
