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
  const told = alikeTogether(findings);
  const lines = told.flatMap(({ names, status, says, todo }, at) => {
    // styleText leaves out the colour for a file or a pipe, and where NO_COLOR asks for it.
    const word = styleText(colours[status], words[status].padEnd(wordWidth), { stream: process.stdout });
    const isSaidNext = todo === told[at + 1]?.todo;
    return [
      `${word}${names.join(', ')}: ${says}`,
      ...(todo === undefined || isSaidNext ? [] : [`${' '.repeat(wordWidth)}${todo}`]),
    ];
  });
  return `${[...lines, '', summary(findings)].join('\n')}\n`;
}

type Told = Omit<Finding, 'name'> & { names: string[] };

/** What is the same of several points, mostly by one cause, is said once, where it is first found. */
function alikeTogether(findings: readonly Finding[]): Told[] {
  const told = new Map<string, Told>();
  for (const { name, ...found } of findings) {
    const key = JSON.stringify([found.status, found.says, found.todo]);
    const before = told.get(key);
    if (before) before.names.push(name);
    else told.set(key, { ...found, names: [name] });
  }
  return [...told.values()];
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
