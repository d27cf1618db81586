import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export interface BotProcess {
  /** Ends the process as a power cut would, without a word. It is started again by itself. */
  kill(): void;
  /** Stops it in good order and starts it at once, with these variables from now on. */
  restart(variables: Record<string, string>): void;
  /** Stops it for good. */
  close(): Promise<void>;
}

const root = fileURLToPath(new URL('..', import.meta.url));
/** Long enough to see that the bot is gone. */
const restartAfterMs = 2_000;

/** The real bot as a process of its own, started again whenever it ends, as a service manager would do. */
export function startBotProcess(firstVariables: Record<string, string>): BotProcess {
  let variables = firstVariables;
  let isRestarting = false;
  const closing = new AbortController();
  let child: ChildProcess = start();
  const running = keepRunning();

  function start(): ChildProcess {
    // The channel closes with this process, however it ends; the module that is loaded first then ends the bot.
    return spawn(process.execPath, ['--import', new URL('end-with-parent.ts', import.meta.url).href, root], {
      env: { PATH: process.env.PATH, ...variables },
      stdio: ['ignore', 2, 2, 'ipc'],
    });
  }

  async function keepRunning(): Promise<void> {
    for (;;) {
      await once(child, 'exit');
      if (!isRestarting)
        await pause(restartAfterMs, undefined, { signal: closing.signal }).catch(() => undefined);
      if (closing.signal.aborted) return;
      isRestarting = false;
      child = start();
    }
  }

  return {
    kill: () => void child.kill('SIGKILL'),
    restart(changed) {
      variables = changed;
      isRestarting = true;
      child.kill('SIGTERM');
    },
    async close() {
      closing.abort();
      child.kill('SIGTERM');
      await running;
    },
  };
}
