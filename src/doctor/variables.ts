import type { ReadConfig } from '../config.ts';
import { type Finding, ok, toDo } from './finding.ts';

/** Every variable that is missing or wrong, by its name. */
export function variableFindings(read: ReadConfig): Finding[] {
  if (read.ok) {
    const { slack, numbers } = read.config;
    const mode = slack.connection.mode === 'socket' ? 'Socket Mode' : 'HTTP mode';
    const count = numbers.length === 1 ? 'one number' : `${numbers.length} numbers`;
    return [ok('variables', `The variables are right: ${mode}, ${count}.`)];
  }
  return read.problems.map(({ variable, expected }) => {
    const end = expected.endsWith('?') ? '' : '.';
    return toDo('variables', `${variable}: ${expected}${end}`, 'Correct this in .env or in the environment.');
  });
}
