import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Launch } from './load/subject.ts';

const root = join(import.meta.dirname, '..');

/** Builds the bot in a folder of its own, so that what is measured is what the sources are now. */
export async function buildInTemporaryFolder(): Promise<AsyncDisposable & { launch: Launch | undefined }> {
  const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  if (!scripts.build) return { launch: undefined, async [Symbol.asyncDispose]() {} };
  const folder = await mkdtemp(join(tmpdir(), 'lastseen-bench-build-'));
  const isLeftOut = (path: string) => /\/(?:node_modules|\.git|dist|docs|data|coverage)$/.test(path);
  await cp(root, folder, { recursive: true, filter: (path) => !isLeftOut(path) });
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  await promisify(execFile)('npm', ['run', 'build'], { cwd: folder });
  return {
    launch: { name: 'lastseen-bot, built', args: [join(folder, 'dist/start.js')] },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
