import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import dotenv from 'dotenv';
import type { ConfigProblem, DotEnv, Environment } from './config-numbers.ts';

/** A line that sets a variable. dotenv takes a colon and a blank for `=`, too. */
const assignment = /^\s*(?:export\s+)?([\w.-]+)(?:\s*=|:\s)[^\S\n]*(.*)$/;
/** A `#` that was meant as part of a value: one word that begins with it, or nothing but a `#` between two parts. */
const hashInValue = /^#[^\s#]\S*\s*$|^[^'"`\s#][^#]*(?<=\S)#\S/;
/** A name and a value with nothing but a blank between them. */
const nameWithoutSign = /^\s*(?:export\s+)?([A-Za-z]\w*)\s+[^\s=:][^=]*$/;
/** What is in quotes may have lines of its own. */
const quoted = /(=[^\S\n]*|:[^\S\n]+)(['"`])[\s\S]*?\2/g;

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
  const misread = new Map<string, ConfigProblem>();
  for (const line of text.replace(quoted, '$1""').split(/\r\n?|\n/)) {
    const [, name = '', value = ''] = assignment.exec(line) ?? [];
    const [, nameAlone = ''] = nameWithoutSign.exec(line) ?? [];
    // Of two lines that set the same, the last one counts.
    if (name) misread.delete(name);
    if (hashInValue.test(value)) misread.set(name, cutByHash(name));
    else if (nameAlone) misread.set(nameAlone, withoutSign(nameAlone));
  }
  return {
    misread: [...misread.values()].filter(({ variable }) => !given.has(variable)),
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
