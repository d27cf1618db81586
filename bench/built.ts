import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleBot } from '../bundle/bundle-bot.ts';
import type { Launch } from './load/subject.ts';
import { botAt } from './subjects.ts';

/** Builds the bot in a folder of its own, so that what is measured is what the sources are now. */
export async function buildInTemporaryFolder(): Promise<AsyncDisposable & { launch: Launch }> {
  const folder = await mkdtemp(join(tmpdir(), 'lastseen-bench-build-'));
  await bundleBot(folder);
  return {
    launch: botAt('lastseen-bot, built', join(folder, 'start.js')),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
