import type { Log } from '../../src/privacy/ports.ts';

export type LogLine = { level: string; event: string } & Record<string, unknown>;

/** A log that keeps what it is told, as it would be written. */
export function createLogLines(): { log: Log; lines: LogLine[] } {
  const lines: LogLine[] = [];
  const at = (level: string) => (fields: object, event: string) => {
    lines.push(JSON.parse(JSON.stringify({ ...fields, level, event })));
  };
  return { log: { info: at('info'), warn: at('warn'), error: at('error') }, lines };
}
