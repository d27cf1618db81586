import { styleText } from 'node:util';
import type { Finding } from './finding.ts';

const words = { ok: 'ok', 'to-do': 'to do', 'not-checked': 'not checked' } as const;
const colours = { ok: 'green', 'to-do': 'red', 'not-checked': 'yellow' } as const;
const wordWidth = 13;

/** Nothing is to be done; what could not be checked does not count. */
export function isWell(findings: readonly Finding[]): boolean {
  return findings.every(({ status }) => status !== 'to-do');
}

/** For people: a word, the point and what is so; on the next line what to do. Coloured where the output is a terminal. */
export function textReport(findings: readonly Finding[]): string {
  const lines = findings.flatMap(({ name, status, says, todo }) => [
    // styleText leaves out the colour for a file or a pipe, and where NO_COLOR asks for it.
    `${styleText(colours[status], words[status].padEnd(wordWidth), { stream: process.stdout })}${name}: ${says}`,
    ...(todo === undefined ? [] : [`${' '.repeat(wordWidth)}${todo}`]),
  ]);
  return `${[...lines, '', summary(findings)].join('\n')}\n`;
}

/** For scripts: one JSON document. */
export function jsonReport(findings: readonly Finding[]): string {
  return `${JSON.stringify({ ok: isWell(findings), checks: findings }, null, 2)}\n`;
}

function summary(findings: readonly Finding[]): string {
  const count = (status: Finding['status']) => findings.filter((finding) => finding.status === status).length;
  const toDo = count('to-do');
  const unchecked = count('not-checked');
  const found = toDo === 1 ? 'One thing to do.' : `${toDo} things to do.`;
  if (unchecked === 0) return toDo === 0 ? 'Nothing to do.' : found;
  return `${toDo === 0 ? 'Nothing to do, as far as it could be checked.' : found} ${unchecked === 1 ? 'One point was' : `${unchecked} points were`} NOT checked: see above.`;
}
