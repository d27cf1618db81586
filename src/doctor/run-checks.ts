import { setTimeout as pause } from 'node:timers/promises';
import { nameOfError } from '../privacy/name-of-error.ts';
import { type Finding, notChecked } from './finding.ts';

/** `run` undefined: it needs variables that are not right. */
export type Check = { name: string; run: (() => Promise<Finding[]>) | undefined };

/** Longer than any single question and its tries. */
const longestCheckMs = 16_000;

/** Runs all checks side by side; what they found, in the order of the checks. Never rejects, and settles in time. */
export async function runChecks(checks: readonly Check[], limitMs = longestCheckMs): Promise<Finding[]> {
  return (await Promise.all(checks.map((check) => runCheck(check, limitMs)))).flat();
}

async function runCheck({ name, run }: Check, limitMs: number): Promise<Finding[]> {
  if (!run) return [notChecked(name, 'Left out until the variables above are right.')];
  const late = pause(limitMs, undefined, { ref: false }).then(() => [
    notChecked(name, `There was no answer within ${limitMs / 1000} seconds.`, 'Try again in a minute.'),
  ]);
  // Of what nobody foresaw the class alone is known to hold no secret.
  const found = run().catch((error: unknown) => [
    notChecked(
      name,
      `The check itself failed (${nameOfError(error)}).`,
      'Please tell whoever looks after the bot.',
    ),
  ]);
  return Promise.race([found, late]);
}
