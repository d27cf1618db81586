import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { createMetrics } from '../../src/metrics/metrics.ts';

const folder = new URL('../../docs/monitoring/', import.meta.url);
const read = (file: string) => readFileSync(new URL(file, folder), 'utf8');

type Panel = { id: number; type: string; title: string; targets?: { expr: string }[] };
const dashboard = JSON.parse(read('grafana-dashboard.json')) as {
  panels: Panel[];
  templating: { list: { name: string; type: string; query: unknown }[] };
};
type Rule = { alert: string; expr: string; for: string; annotations: { summary: string; action: string } };
const { groups } = parse(read('alerts.yml')) as { groups: { rules: Rule[] }[] };
const rules = groups.flatMap((group) => group.rules);
const readme = read('README.md');

/** The names of the page, and what a histogram's are in a query. */
const served = new Set<string>();
const ours = () => [...served].filter((name) => name.startsWith('lastseen_'));

beforeAll(async () => {
  const none = { count: 0, oldest: undefined };
  const { text } = await createMetrics({
    labels: { mode: 'socket', store: 'sqlite' },
    isConnected: () => true,
    isJournalAvailable: async () => true,
    backlog: async () => ({ toApply: none, toTell: none }),
    contacts: () => [],
  }).read();
  for (const [, name = ''] of text.matchAll(/^# TYPE (\w+)/gm)) served.add(name);
});

function namesIn(text: string): string[] {
  const names = text.match(/\b(?:lastseen|process|nodejs)_[a-z0-9_]+/g) ?? [];
  return [
    ...new Set(names.map((name) => (served.has(name) ? name : name.replace(/_(?:bucket|sum|count)$/, '')))),
  ];
}

const queries = dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));

test('there are figures', () => {
  expect(ours().length).toBeGreaterThan(15);
});

describe('the dashboard', () => {
  test('asks only for what the bot serves', () => {
    const variables = dashboard.templating.list.map(({ query }) => JSON.stringify(query));
    expect(namesIn([...queries, ...variables].join('\n')).filter((name) => !served.has(name))).toEqual([]);
  });

  test('shows everything that the bot serves', () => {
    const shown = namesIn(queries.join('\n'));
    expect(ours().filter((name) => !shown.includes(name))).toEqual([]);
  });

  test('can be imported anywhere: its data source is a variable, and its panels have ids of their own', () => {
    const [first] = dashboard.templating.list;
    expect(first).toMatchObject({ name: 'datasource', type: 'datasource', query: 'prometheus' });
    expect(JSON.stringify(dashboard).match(/"uid":"(?!\$\{datasource\}|lastseen-bot)[^"]*"/g)).toBeNull();
    const ids = dashboard.panels.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('the alerts', () => {
  test('are three, and each says what happened and what to do', () => {
    expect(rules).toHaveLength(3);
    for (const { annotations, for: lasting } of rules) {
      expect(annotations.summary).toMatch(/\.$|\{\{ ?end ?\}\}$/);
      expect(annotations.action).toMatch(/\.$/);
      expect(lasting).toMatch(/^\d+m$/);
    }
  });

  test('ask only for what the bot serves', () => {
    const asked = rules.flatMap(({ expr }) => namesIn(expr));
    expect(asked).not.toEqual([]);
    expect(asked.filter((name) => !served.has(name))).toEqual([]);
  });
});

describe('the words about the figures', () => {
  test('leave none out, and name none that is not there', () => {
    const named = readme.match(/^\| `(lastseen_\w+)` \|/gm)?.map((row) => row.slice(3, -3)) ?? [];
    expect(named.sort()).toEqual(ours().sort());
  });
});
