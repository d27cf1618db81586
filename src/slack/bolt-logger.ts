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
      const line = scrubbed(parts);
      if (!leftOut?.test(line)) log.warn({ from: 'bolt' }, line);
    },
    error: (...parts) => log.error({ from: 'bolt' }, scrubbed(parts)),
    setLevel() {},
    getLevel: () => LogLevel.WARN,
    setName() {},
  };
}

/** Tokens, addresses that are capabilities, and long runs of digits never reach a log. */
function scrubbed(parts: unknown[]): string {
  return parts
    .map((part) => (part instanceof Error ? part.message : String(part)))
    .join(' ')
    .replace(/\bx(?:ox[a-z]|app|oxe\.)[\w.-]+/g, '[token]')
    .replace(/\b(?:wss?|https?):\/\/\S+/g, '[address]')
    .replace(/\d{8,}/g, '[digits]');
}
