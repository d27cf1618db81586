import { readFile } from 'node:fs/promises';

const tickMs = 10;

/**
 * How long all threads of a process were on a processor. Hardly changes with what else the machine does, unlike the time
 * that passes. Linux only; NaN elsewhere.
 */
export async function cpuTimeMs(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The name of the program, in brackets, may hold anything.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * tickMs;
}
