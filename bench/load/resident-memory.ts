import { readFile } from 'node:fs/promises';
import { until } from '../../test/until.ts';

/** The resident memory of a process, when it has not changed by more than a hundredth for a second. Linux only. */
export async function settledMemoryMb(pid: number): Promise<number> {
  let figure = 0;
  let sinceMs = performance.now();
  await until(
    async () => {
      const now = await residentMb(pid);
      if (Math.abs(now - figure) > figure / 100) [figure, sinceMs] = [now, performance.now()];
      return performance.now() - sinceMs > 1_000;
    },
    'memory that does not change',
    30_000,
  );
  return figure;
}

async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(status)?.[1];
  if (kilobytes === undefined) throw new Error('this system does not say how much memory a process has');
  return Number(kilobytes) / 1024;
}
