import { type Logger, LogLevel } from '@slack/bolt';
import type { Log } from '../privacy/ports.ts';

/**
 * Bolt's own lines go to the bot's log from "warn" up. Its debug lines hold whole payloads, phone numbers included, so
 * that it is never told to write them. Warnings that match `leftOut` are said elsewhere.
 */
export function createBoltLogger(log: Log, leftOut?: RegExp): Logger {
  return {
    debug() {},
    info() {},
    warn(...parts) {
      const line = lineOf(parts);
      if (!leftOut?.test(line)) log.warn({ from: 'bolt' }, line);
    },
    error: (...parts) => log.error({ from: 'bolt' }, lineOf(parts)),
    setLevel() {},
    getLevel: () => LogLevel.WARN,
    setName() {},
  };
}

/** Of an error only its message. What is secret in it is taken out where the log is written (`redact.ts`). */
function lineOf(parts: unknown[]): string {
  return parts.map((part) => (part instanceof Error ? part.message : String(part))).join(' ');
}
