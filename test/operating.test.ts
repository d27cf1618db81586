import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { outcome } from '../src/slack/sentences/en/outcome.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

const guide = read('docs/operating.md');
const unit = read('docs/operating/lastseen-bot.service');
const container = read('docs/operating/Containerfile');

test('the README says of every way to fail what to do', () => {
  const [, table = ''] = read('README.md').split('| The bot says | What to do |');
  for (const { happened } of [...Object.values(outcome.failures), outcome.expired]) {
    const [beginning = happened] = happened.split(/[.,]/);
    expect(table).toContain(`| ${beginning}`);
  }
});

test('every link of the guide leads to something that is there', () => {
  const links = [...guide.matchAll(/\]\(([^)#]+)(?:#([^)]*))?\)/g)];
  expect(links.length).toBeGreaterThan(4);
  for (const [, path = '', heading] of links) {
    expect(existsSync(join(root, 'docs', path))).toBe(true);
    if (heading)
      expect(read(join('docs', path)).toLowerCase()).toContain(`## ${heading.replaceAll('-', ' ')}`);
  }
});

test('every npm script and source file that the guide names is there', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  for (const [, name = ''] of guide.matchAll(/npm run ([\w:]+)/g))
    expect(Object.keys(scripts)).toContain(name);
  for (const [, path = ''] of guide.matchAll(/bin\/node (src\/\S+)/g))
    expect(existsSync(join(root, path))).toBe(true);
});

test('the unit starts Node, not npm, as a user of its own, and leaves a stop the time that it needs', () => {
  expect(unit).toMatch(/^User=lastseen$/m);
  expect(unit).toMatch(/^ExecStart=\S+\/node \.$/m);
  expect(Number(/^TimeoutStopSec=(\d+)$/m.exec(unit)?.[1])).toBeGreaterThan(10);
});

const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;

(hasSystemd ? test : test.skip)('systemd finds no fault in the unit', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lastseen-'));
  try {
    const path = join(folder, 'lastseen-bot.service');
    writeFileSync(path, unit.replace(/^ExecStart=\S+/m, `ExecStart=${process.execPath}`));
    const { status, stdout, stderr } = spawnSync('systemd-analyze', ['verify', path], { encoding: 'utf8' });
    expect({ status, said: stdout + stderr }).toEqual({ status: 0, said: '' });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the container copies what is there and no secret, and runs Node as a user that is not root', () => {
  const copied = [...container.matchAll(/^COPY (.+) \S+$/gm)].flatMap(([, paths = '']) => paths.split(' '));
  expect(copied).toEqual(['package.json', 'package-lock.json', 'src']);
  for (const path of copied) expect(existsSync(join(root, path))).toBe(true);
  expect(container.indexOf('USER node')).toBeGreaterThan(container.indexOf('RUN npm ci --omit=dev'));
  expect(container).toMatch(/^CMD \["node", "\."\]$/m);
});
