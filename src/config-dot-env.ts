import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import dotenv from 'dotenv';
import type { ConfigProblem, DotEnv, Environment } from './config-numbers.ts';

/** A `#` that was meant as part of a value: outside of quotes, and with no blank on both sides as one of a comment has. */
const hashInValue = /^\s*(?:export\s+)?([\w.-]+)\s*=[^\S\n]*(?:[^'"`\s#][^#\n]*(?<=\S))?#\S/gm;
/** A name and a value with nothing but a blank between them. */
const nameWithoutSign = /^\s*(?:export\s+)?([A-Za-z]\w*)[^\S\n]+[^\s=:][^=\n]*$/gm;
const quoted = /=\s*(['"`])[\s\S]*?\1/g;

/**
 * Reads `.env`, in the folder where the process runs, into the environment, which wins. dotenv takes every `#` outside of
 * quotes for the beginning of a comment, and passes over a line without `=`: the variables that are lost by that are told,
 * because an empty variable counts as unset.
 */
export function readDotEnv(env: Environment): DotEnv {
  const given = new Set(Object.keys(env));
  const file = textOfDotEnv();
  if ('absent' in file) return { misread: [], names: [], absent: file.absent };
  const { text } = file;
  const parsed = dotenv.parse(text);
  dotenv.populate(env as Record<string, string>, parsed);
  const found = (pattern: RegExp, within: string) =>
    [...within.matchAll(pattern)].map(([, name = '']) => name);
  const misread = [
    ...found(hashInValue, text).map(cutByHash),
    ...found(nameWithoutSign, text.replace(quoted, '=')).map(withoutSign),
  ];
  return {
    misread: misread.filter(({ variable }) => !given.has(variable)),
    names: Object.keys(parsed).filter((name) => !given.has(name)),
    absent: undefined,
  };
}

function cutByHash(variable: string): ConfigProblem {
  const meant = /CHANNELS?$/.test(variable)
    ? "the channel's id, such as C0123ABCDEF (in Slack: the channel, About), not its name"
    : 'the value in quotes';
  return {
    variable,
    expected: `in .env a # begins a comment, so that what follows it is not read; expected: ${meant}`,
  };
}

function withoutSign(variable: string): ConfigProblem {
  return {
    variable,
    expected: `in .env there is no = after the name, so that the line is not read; expected: ${variable}=…`,
  };
}

/** `absent`: why nothing was read; where everything is in the environment that is as it should be. */
function textOfDotEnv(): { text: string } | { absent: ConfigProblem } {
  try {
    return { text: readFileSync('.env', 'utf8') };
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const expected = isMissing
      ? `there is none in ${resolve('.')}; expected: a copy of .env.example, filled in, or all variables in the environment`
      : 'it is there, but can not be read; expected: to be run as the user that runs the bot';
    return { absent: { variable: '.env', expected } };
  }
}
