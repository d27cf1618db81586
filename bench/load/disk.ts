import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from './figures.ts';

/** How long this disk takes, now, until a small write is on it: no commit of a database is faster. */
export async function syncedWriteMs(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'lastseen-bench-disk-'));
  const file = await open(join(folder, 'written'), 'w');
  const tookMs: number[] = [];
  for (let time = 0; time < 30; time += 1) {
    const startedAtMs = performance.now();
    await file.write('x'.repeat(4_096));
    await file.datasync();
    tookMs.push(performance.now() - startedAtMs);
  }
  await file.close();
  await rm(folder, { recursive: true });
  return median(tookMs);
}
