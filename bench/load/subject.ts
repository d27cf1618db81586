import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { quietPort } from '../../test/process.ts';
import { openConnection } from './connection.ts';
import { command } from './slack-requests.ts';

/** How a program is started: what follows `node`, and variables. */
export type Launch = { name: string; args: string[]; env?: Record<string, string> };

/** A process that is measured, with an environment and a folder of its own. */
export type Subject = {
  name: string;
  port: number;
  pid: number;
  /** From its start to its first good answer. */
  readyAfterMs: number;
  /** What the process says of its memory; only where it was started with `tellsMemory`. */
  memory(): Promise<NodeJS.MemoryUsage>;
  /** Ends it by SIGTERM, waits for its end and removes its folder. */
  [Symbol.asyncDispose](): Promise<void>;
};

const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** A folder without a disk behind it, for what would otherwise wait for the disk most of the time. */
const memoryFolder = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
const readyWithinMs = 30_000;
const tellMemory = join(import.meta.dirname, 'tell-memory.cjs');

/** Resolves when it answers a signed command with 200, unless something else says that it `isReady`. */
export async function startSubject(
  { name, args, env: own }: Launch,
  env: Record<string, string>,
  {
    tellsMemory = false,
    isDiskless = false,
    isReady = ready,
  }: { tellsMemory?: boolean; isDiskless?: boolean; isReady?: (port: number) => Promise<unknown> } = {},
): Promise<Subject> {
  const folder = await mkdtemp(join(isDiskless ? memoryFolder : tmpdir(), 'lastseen-bench-'));
  const port = await quietPort();
  const startedAtMs = performance.now();
  const child = spawn(
    process.execPath,
    [...(tellsMemory ? ['--expose-gc', '--require', tellMemory] : []), ...args],
    {
      cwd: folder,
      env: { DATA_DIR: join(folder, 'data'), ...own, ...env, PORT: String(port), HOST: '127.0.0.1' },
      stdio: ['ignore', 'ignore', 'pipe', ...(tellsMemory ? (['ipc'] as const) : [])],
    },
  );
  running.add(child);
  let errors = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-2_000);
  });
  let isEnding = false;
  const exited = once(child, 'close').then(([code, signal]) => {
    running.delete(child);
    // Not caught anywhere, so that it ends the bench.
    if (!isEnding) throw new Error(`${name} ended by itself (${code ?? signal}):\n${errors}`);
    return true;
  });
  await Promise.race([isReady(port), exited]);
  const readyAfterMs = performance.now() - startedAtMs;
  return {
    name,
    port,
    pid: child.pid ?? 0,
    readyAfterMs,
    async memory() {
      const told = once(child, 'message');
      child.send('memory');
      const [memory] = await told;
      return memory as NodeJS.MemoryUsage;
    },
    async [Symbol.asyncDispose]() {
      isEnding = true;
      child.kill('SIGTERM');
      const isInTime = await Promise.race([exited, pause(15_000, false, { ref: false })]);
      if (!isInTime) throw new Error(`${name} did not end`);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Knocks every few milliseconds, on a new connection each time, since the first ones may come too early. */
async function ready(port: number): Promise<void> {
  const { request } = command('help', { replyUrl: 'http://127.0.0.1:9/' });
  for (const deadlineMs = performance.now() + readyWithinMs; performance.now() < deadlineMs; await pause(2)) {
    const connection = await openConnection(port).catch(() => undefined);
    if (!connection) continue;
    const tooLate = pause(500, undefined, { ref: false });
    const reply = await Promise.race([connection.send(request).catch(() => undefined), tooLate]);
    connection.close();
    if (reply?.status === 200) return;
  }
  throw new Error('it was not ready in time');
}
