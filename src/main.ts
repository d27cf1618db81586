import { createBot } from './app.ts';
import { readConfig } from './config.ts';
import { readDotEnv } from './config-dot-env.ts';
import { createLog } from './log.ts';
import { nameOfError } from './privacy/name-of-error.ts';
import { UnfitStore } from './privacy/ports.ts';
import { createRedact } from './redact.ts';
import { SlackRefused } from './slack/slack-refused.ts';

const dotEnv = readDotEnv(process.env);
const read = readConfig(process.env, dotEnv);
if (!read.ok) {
  const lines = read.problems.map(({ variable, expected }) => `  ${variable}: ${expected}`);
  // These name what is expected, addresses among it, and never what was found.
  console.error(
    ["The bot can't start. Fix these settings in .env or in the environment:", ...lines].join('\n'),
  );
  process.exit(1);
}

const log = createLog(read.config);
const redact = createRedact(read.config);
const bot = createBot(read.config, log);

// Bolt leaves some payloads that are none unhandled. What was accepted is in the journal: there is no reason to end.
process.on('unhandledRejection', (error) => {
  log.error({ error: nameOfError(error) }, 'unhandled rejection');
});
process.on('uncaughtException', (error) => finishAndEnd(whatEnded(error)));

let stopping = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    // A second signal, of either kind, ends at once.
    if (stopping) process.exit(1);
    stopping = true;
    log.info({ signal }, 'stopping');
    bot.stop().then(
      () => process.exit(0),
      (error: unknown) => end(whatEnded(error)),
    );
  });
}

bot.refused.then(
  (error) => finishAndEnd(error.message),
  () => {},
);

bot.start().catch((error: unknown) => end(whatEnded(error)));

/** What is under way is finished and told first. */
function finishAndEnd(sentence: string): void {
  if (stopping) return;
  stopping = true;
  log.fatal({}, sentence);
  bot.stop().then(
    () => end(sentence),
    () => end(sentence),
  );
}

/** What is written of an error that ends the process: the message only where it is known to hold no secret. */
function whatEnded(error: unknown): string {
  if (error instanceof SlackRefused || error instanceof UnfitStore) return error.message;
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  if (code === 'EADDRINUSE')
    return 'The port in PORT or HEALTH_PORT is in use by another program. Choose another one.';
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return 'The address in HOST or HEALTH_HOST is not one of this machine.';
  if (code === 'EACCES')
    return 'The port in PORT or HEALTH_PORT may not be used by this user. Choose one above 1023.';
  return `The bot ended unexpectedly: ${nameOfError(error)}${code ? ` (${code})` : ''}.`;
}

function end(sentence: string): never {
  console.error(redact.text(sentence));
  process.exit(1);
}
