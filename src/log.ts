import { type DestinationStream, type Logger, pino } from 'pino';
import type { Config } from './config.ts';
import { createRedact } from './redact.ts';

/** The log: JSON, one line an event, without secrets and phone numbers whatever was said to it. On standard output by default. */
export function createLog(
  config: Pick<Config, 'logLevel' | 'slack' | 'numbers' | 'store'>,
  destination?: DestinationStream,
): Logger {
  const redact = createRedact(config);
  return pino(
    {
      level: config.logLevel,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      hooks: { streamWrite: redact.line },
    },
    destination ?? pino.destination(1),
  );
}
