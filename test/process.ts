import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, connect as dial, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

export type BotProcess = {
  /** For the system's own figures of it. */
  pid: number;
  stdout(): string;
  stderr(): string;
  /** Waits until the process has written something, to either stream. */
  says(text: string, timeoutMs?: number): Promise<void>;
  /** How it ended: its exit code, or null where a signal ended it. */
  exited: Promise<number | null>;
  kill(signal: NodeJS.Signals): void;
  /** Ends it, if it still runs, and removes its folder. */
  [Symbol.asyncDispose](): Promise<void>;
};

/** The real process, in an empty folder, with these variables and no others. */
export async function startProcess({
  env,
  dotenv,
  node = join(root, 'node_modules/.bin/node'),
  program = root,
}: {
  env: Record<string, string>;
  /** The contents of a `.env` in the folder it runs in. */
  dotenv?: Record<string, string>;
  node?: string;
  /** What is started; unset: `node .` of the package. */
  program?: string;
}): Promise<BotProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'lastseen-'));
  if (dotenv) {
    const lines = Object.entries(dotenv).map(([name, value]) => `${name}=${value}`);
    await writeFile(join(folder, '.env'), lines.join('\n'));
  }
  const child = spawn(node, [program], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    child.emit('said');
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    child.emit('said');
  });
  const watchdog = startWatchdog(child.pid);
  const exited = once(child, 'close').then(([code]) => {
    watchdog.kill();
    return code as number | null;
  });
  if (child.pid === undefined) throw new Error('the process did not start');
  return {
    pid: child.pid,
    stdout: () => stdout,
    stderr: () => stderr,
    async says(text, timeoutMs = 30_000) {
      const signal = AbortSignal.timeout(timeoutMs);
      while (!(stdout + stderr).includes(text)) {
        await Promise.race([once(child, 'said', { signal }), exited]).catch(() => undefined);
        if ((stdout + stderr).includes(text)) return;
        if (signal.aborted || child.exitCode !== null)
          throw new Error(`the process did not say “${text}”, but:\n${stdout}${stderr}`);
      }
    },
    exited,
    kill: (signal) => void child.kill(signal),
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await exited;
      await rm(folder, { recursive: true });
    },
  };
}

/** Ends the process when the pipe from this one breaks, which it does at any end of it: a test that took too long ends nothing. */
function startWatchdog(pid: number | undefined): ChildProcess {
  const watchdog = spawn('sh', ['-c', 'read _; kill -9 "$0"', String(pid)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watchdog.unref();
  return watchdog;
}

/** A Node on this machine that is older than the bot needs, if there is one. */
export function findOldNode(): string | undefined {
  const found = execFileSync('sh', ['-c', 'which -a node || true'], { encoding: 'utf8' });
  return found
    .split('\n')
    .filter(Boolean)
    .find((path) => Number(/^v(\d+)/.exec(execFileSync(path, ['-v'], { encoding: 'utf8' }))?.[1]) < 24);
}

/** The status of a GET. Rejects where nobody listens. */
export async function statusOf(url: string): Promise<number> {
  const response = await fetch(url);
  await response.body?.cancel();
  return response.status;
}

const givenOut = new Set<number>();

/**
 * A port that nobody listens on, below those that the system hands out by itself: nobody takes it by chance before the
 * bot does.
 */
export async function quietPort(): Promise<number> {
  const port = randomInt(10_000, 32_000);
  if (givenOut.has(port)) return quietPort();
  givenOut.add(port);
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    return quietPort();
  }
  server.close();
  await once(server, 'close');
  return port;
}

/** An address that can be out of reach and come back: what connects to it is passed on to the target. */
export async function openGate(port: number, target: string) {
  const { hostname, port: targetPort } = new URL(target);
  const sockets = new Set<Socket>();
  const server = createServer((incoming) => {
    const outgoing = dial(Number(targetPort), hostname);
    incoming.pipe(outgoing).pipe(incoming);
    for (const socket of [incoming, outgoing]) {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    }
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
