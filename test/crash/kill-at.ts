import { DatabaseSync, StatementSync } from 'node:sqlite';

// Loaded before the bot (`--import`): ends the process with SIGKILL just before, or just after, the Nth statement that
// writes. Counts from the start, or from SIGUSR2 on.

const { KILL_AT, KILL_SIDE, KILL_COUNTS_FROM } = process.env;
const killAt = Number(KILL_AT);
let isCounting = KILL_COUNTS_FROM === 'start';
let count = 0;

process.on('SIGUSR2', () => {
  isCounting = true;
  process.stderr.write('counting writes\n');
});

/** What only reads is passed over: nothing on disk differs between two reads. */
const reads = /^\s*(?:select|with|pragma (?:quick_check|table_info))\b/i;

function dieAround<T>(text: string, work: () => T): T {
  if (!isCounting || reads.test(text)) return work();
  count += 1;
  if (count === killAt && KILL_SIDE === 'before') die(text);
  const result = work();
  if (count === killAt && KILL_SIDE === 'after') die(text);
  return result;
}

function die(text: string): never {
  process.stderr.write(`killed ${KILL_SIDE}: ${text.replaceAll(/\s+/g, ' ').trim().slice(0, 80)}\n`);
  process.kill(process.pid, 'SIGKILL');
  for (;;);
}

const { exec } = DatabaseSync.prototype;
DatabaseSync.prototype.exec = function (text) {
  return dieAround(text, () => exec.call(this, text));
};

for (const name of ['run', 'all'] as const) {
  const original = StatementSync.prototype[name] as (...values: unknown[]) => unknown;
  const watched = function (this: StatementSync, ...values: unknown[]) {
    return dieAround(this.sourceSQL, () => original.apply(this, values));
  };
  Object.assign(StatementSync.prototype, { [name]: watched });
}
