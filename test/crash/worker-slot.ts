import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Submission } from '../../src/privacy/journal-entry.ts';
import type { Kill } from './evidence.ts';
import { startTollgate, type Toll, type Tollgate } from './tollgate.ts';
import type { FromWorker, ToWorker, WorkerOptions } from './worker.ts';

/** `lost`: the worker ended before it answered. */
export type Receipt = 'accepted' | 'refused' | 'unknown' | 'lost';

export type WorkerSlot = AsyncDisposable & {
  gates: { slack: Tollgate; zapi: Tollgate };
  isReady(): boolean;
  start(): Promise<void>;
  kill(): Promise<void>;
  deliver(submission: Submission): Promise<Receipt>;
};

/** A place where one worker after another runs, behind tollgates of its own. */
export async function openWorkerSlot({
  name,
  options,
  toll,
  kills,
  diedByThemselves,
}: {
  name: string;
  options: WorkerOptions;
  toll: Toll;
  kills: Kill[];
  diedByThemselves: string[];
}): Promise<WorkerSlot> {
  let worker: ChildProcess | undefined;
  let isReady = false;
  let count = 0;
  let deliveries = 0;
  const waiting = new Map<number, (receipt: Receipt) => void>();
  const sender = () => `${name}#${count}`;
  const slackOrigin = new URL(options.slack.apiUrl).origin;
  const slack = await startTollgate({ target: () => slackOrigin, sender, toll });
  const zapi = await startTollgate({ target: () => options.zapi.apiUrl, sender, toll });
  const workerOptions: WorkerOptions = {
    ...options,
    slack: { ...options.slack, apiUrl: `${slack.url}/api/` },
    zapi: { ...options.zapi, apiUrl: zapi.url },
  };

  function heard(message: FromWorker): void {
    if (message.kind === 'ready') {
      isReady = true;
      return;
    }
    const receipt = message.kind === 'accepted' || message.written === 'no' ? message.kind : 'unknown';
    waiting.get(message.delivery)?.(receipt);
    waiting.delete(message.delivery);
  }

  const slot: WorkerSlot = {
    gates: { slack, zapi },
    isReady: () => isReady,
    async start() {
      count += 1;
      const label = sender();
      const started = fork(join(import.meta.dirname, 'worker.ts'), {
        env: { WORKER_OPTIONS: JSON.stringify(workerOptions), LOG_LEVEL: process.env.WORKER_LOG_LEVEL },
      });
      worker = started;
      started.on('message', heard);
      started.once('exit', (code, signal) => {
        isReady = false;
        if (signal === 'SIGKILL') kills.push({ process: label, atMs: Date.now() });
        else diedByThemselves.push(`${label}: ${code} ${signal}`);
        for (const answer of waiting.values()) answer('lost');
        waiting.clear();
      });
      await Promise.race([once(started, 'message'), once(started, 'exit')]);
    },
    async kill() {
      if (!worker || worker.exitCode !== null || worker.signalCode !== null) return;
      const exited = once(worker, 'exit');
      worker.kill('SIGKILL');
      await exited;
    },
    deliver(submission) {
      const { promise, resolve } = Promise.withResolvers<Receipt>();
      if (!worker?.connected) return Promise.resolve('lost');
      deliveries += 1;
      waiting.set(deliveries, resolve);
      worker.send({ delivery: deliveries, submission } satisfies ToWorker, (error) => {
        if (error) resolve('lost');
      });
      return promise;
    },
    async [Symbol.asyncDispose]() {
      await slot.kill();
      await slack[Symbol.asyncDispose]();
      await zapi[Symbol.asyncDispose]();
    },
  };
  return slot;
}
