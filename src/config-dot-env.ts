import { readFileSync } from 'node:fs';
import dotenv from 'dotenv';
import type { ConfigProblem, Environment } from './config-numbers.ts';

/** A `#` that was meant as part of a value: outside of quotes, and with no blank on both sides as one of a comment has. */
const hashInValue = /^\s*(?:export\s+)?([\w.-]+)\s*=[^\S\n]*(?:[^'"`\s#][^#\n]*(?<=\S))?#\S/gm;

/**
 * Reads `.env`, in the folder where the process runs, into the environment, which wins. dotenv takes every `#` outside of
 * quotes for the beginning of a comment: the variables that lose something by that, such as `AUDIT_CHANNEL=#general`, are
 * told, because an empty variable counts as unset.
 */
export function readDotEnv(env: Environment): ConfigProblem[] {
  const given = new Set(Object.keys(env));
  dotenv.config({ quiet: true, processEnv: env as Record<string, string> });
  const cut = [...textOfDotEnv().matchAll(hashInValue)].map(([, variable = '']) => variable);
  return cut.filter((variable) => !given.has(variable)).map(problemOf);
}

function problemOf(variable: string): ConfigProblem {
  const meant = /CHANNELS?$/.test(variable)
    ? "the channel's id, such as C0123ABCDEF (in Slack: the channel, About), not its name"
    : 'the value in quotes';
  return {
    variable,
    expected: `in .env a # begins a comment, so that what follows it is not read; expected: ${meant}`,
  };
}

/** Where there is none, everything is in the environment. */
function textOfDotEnv(): string {
  try {
    return readFileSync('.env', 'utf8');
  } catch {
    return '';
  }
}
