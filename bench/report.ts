import { execFileSync } from 'node:child_process';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { rounded } from './load/figures.ts';
import { isReached, type RowResult, type Target } from './row.ts';
import { limitText, measuredText } from './target-words.ts';

/** A row that was measured. */
export type Part = { name: string; title: string; result: RowResult; tookMs: number };

/** The whole report, in Markdown. `chart` lies beside it. */
export function reportOf(parts: readonly Part[], { date, chart }: { date: string; chart: string }): string {
  const targets = parts.flatMap(({ result }) => result.targets);
  const reached = targets.filter(isReached).length;
  const tookS = Math.round(parts.reduce((sum, { tookMs }) => sum + tookMs, 0) / 1000);
  return [
    `# Measured on ${date}`,
    inShort(targets),
    `${reached} of ${targets.length} targets reached. ${machine()}. Commit ${commit()}. ${tookS} s in all. How to read it: [README](../README.md).`,
    `![How much of each limit is used](${chart})`,
    table(
      ['target', 'limit', 'measured', ''],
      targets.map((target) => [target.what, limitText(target), measuredText(target), verdict(target)]),
    ),
    ...parts.map((part) => partText(part)),
  ]
    .filter((paragraph) => paragraph !== '')
    .join('\n\n');
}

/** One part, in Markdown, which is fit for a terminal as well. */
export function partText({ name, title, result, tookMs }: Part): string {
  const { columns, lines, targets, notes } = result;
  const said = targets.map((target) => {
    const why = isReached(target) ? '' : ` ${target.limitedBy}`;
    return `- **${verdict(target)}**: ${target.what}: ${measuredText(target)} (${limitText(target)}).${why}`;
  });
  return [
    `## ${title}`,
    `\`${name}\`, ${Math.round(tookMs / 1000)} s`,
    table(columns, lines),
    [...said, ...notes.map((note) => `- ${note}`)].join('\n'),
    '',
  ].join('\n\n');
}

function verdict(target: Target): string {
  return isReached(target) ? 'reached' : 'not reached';
}

/** For people who want no table: what the rows of the form and of the long journal say, where they were measured. */
export function inShort(targets: readonly Target[]): string {
  const form = targets.find(({ what }) => what === 'calls to Slack until the form is open');
  const history = targets.find(({ what }) => what.startsWith('p99 of /lastseen history'));
  const changes = history && /with ([\d,]+) changes/.exec(history.what)?.[1];
  return [
    form && `The form opens after ${measuredText(form)} to Slack.`,
    changes &&
      `With ${changes} changes in the journal, 99 of 100 looks at the history are answered within ${Math.ceil(history.measured)} thousandths of a second.`,
  ]
    .filter(Boolean)
    .join(' ');
}

function table(columns: readonly string[], lines: readonly (readonly (string | number)[])[]): string {
  const row = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  return [row(columns), row(columns.map(() => '---')), ...lines.map(row)].join('\n');
}

function machine(): string {
  // More than a machine has cores: others were at work, and tails are theirs as well.
  const load = `load ${rounded(loadavg()[1] ?? Number.NaN)}`;
  return `${availableParallelism()} cores (${cpus()[0]?.model ?? 'unknown'}), ${load}, Node ${process.versions.node}, ${process.platform}`;
}

function commit(): string {
  const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim();
  const isChanged = git('status', '--porcelain', 'src') !== '';
  return git('rev-parse', '--short', 'HEAD') + (isChanged ? ', with changes in src/' : '');
}
