import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, jest, test } from '@jest/globals';
import { chartOf } from '../bench/chart.ts';
import { inShort } from '../bench/report.ts';
import type { Target } from '../bench/row.ts';

const root = join(import.meta.dirname, '..');

jest.setTimeout(60_000);

function targetOf(target: Partial<Target>): Target {
  return { what: 'a figure', measured: 1, unit: 'ms', limit: { atMost: 10 }, limitedBy: '', ...target };
}

/** The chart of such targets: what is drawn for each, in their order, and all of it. */
function chart(...targets: Partial<Target>[]) {
  const result = { columns: [], lines: [], notes: [], targets: targets.map(targetOf) };
  const all = chartOf([{ name: 'part', title: 'Part', tookMs: 0, result }]);
  const drawn = [...all.matchAll(/text-anchor="end">(.*)<\/text>\n<(rect|path) class="(\w+)"/g)];
  return { all, drawn: drawn.map(([, words, shape, look]) => [words, shape, look]) };
}

test('the chart says what its colours and its cuts mean', () => {
  const { all } = chart({});
  for (const words of [
    'kept: up to the limit',
    'not kept: beyond it',
    'cut: more than twice the limit',
    'the limit',
  ])
    expect(all).toContain(`>${words}</text>`);
});

test('a bar beyond twice its limit is cut, and a label has no marks of Markdown', () => {
  const { drawn } = chart(
    { what: 'within', measured: 10 },
    { what: 'beyond *nobody* & `all`', measured: 20 },
    { what: 'far beyond', measured: 21 },
    { what: 'too few', measured: 0.9, limit: { atLeast: 2 } },
    { what: 'one call too many', measured: 1, limit: { atMost: 0 } },
  );
  expect(drawn).toEqual([
    ['within', 'rect', 'reached'],
    ['beyond nobody &amp; all', 'rect', 'missed'],
    ['far beyond', 'path', 'missed'],
    ['too few', 'path', 'missed'],
    ['one call too many', 'path', 'missed'],
  ]);
});

test('each bar has its figure and its limit beside it', () => {
  const { all } = chart(
    { measured: 0.673, unit: '×', limit: { atLeast: 0.8 } },
    { measured: 1.06, unit: '×', limit: { atMost: 1.05 } },
    { measured: 1, unit: 'calls', limit: { atMost: 1 } },
    { measured: 1, unit: 'connections', limit: { atMost: 10 } },
    { measured: 1, unit: 'ms', limit: { atMost: 20 } },
  );
  for (const words of [
    '0.673 × (at least 0.8 ×)',
    '1.06 × (at most 1.05 ×)',
    '1 call (at most 1 call)',
    '1 connection (at most 10 connections)',
    '1 ms (at most 20 ms)',
  ])
    expect(all).toContain(`>${words}</text>`);
});

test('the report begins with what is no table, where it was measured', () => {
  const form = targetOf({ what: 'calls to Slack until the form is open', unit: 'calls' });
  const history = targetOf({
    what: 'p99 of /lastseen history → answer, with 1,000,000 changes',
    measured: 7.61,
  });
  expect(inShort([history, form])).toBe(
    'The form opens after 1 call to Slack. With 1,000,000 changes in the journal, 99 of 100 looks at the history are answered within 8 thousandths of a second.',
  );
  expect(inShort([form])).toBe('The form opens after 1 call to Slack.');
  expect(inShort([targetOf({})])).toBe('');
});

test.each([
  [['--quik'], 2, /^Only --only PART, --quick and --help are understood\.\n\nMeasures /],
  [['--only', 'nothing'], 2, /^There is no part nothing\.\n\nMeasures /],
  [['--help'], 0, /^Measures .*\n\n {2}npm run bench/],
])('the bench with %j ends with %i and says how it is used', (options, code, words) => {
  const node = join(root, 'node_modules/.bin/node');
  const { status, stdout, stderr } = spawnSync(node, ['bench/main.ts', ...options], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(code === 0 ? stdout : stderr).toMatch(words);
  expect(stderr).not.toMatch(/\n\s+at /);
  expect(status).toBe(code);
});
