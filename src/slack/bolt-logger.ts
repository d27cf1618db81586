import { type Logger, LogLevel } from '@slack/bolt';
import type { Log } from '../privacy/ports.ts';

/**
 * Bolt's own lines go to the bot's log from "warn" up. Its debug lines hold whole payloads, phone numbers included, so
 * that it is never told to write them.
 */
export function createBoltLogger(log: Log): Logger {
  return {
    debug() {},
    info() {},
    warn: (...parts) => log.warn({ from: 'bolt' }, lineOf(parts)),
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
