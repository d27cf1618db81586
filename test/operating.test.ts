import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { outcome as english } from '../src/slack/sentences/en/outcome.ts';
import { outcome as portuguese } from '../src/slack/sentences/pt-br/outcome.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

const guide = read('docs/operating.md');
const unit = read('docs/operating/lastseen-bot.service');
const container = read('docs/operating/Containerfile');

test.each([
  ['docs/trouble.md', '| The bot says | What to do |', english],
  ['docs/trouble.pt-BR.md', '| O bot diz | O que fazer |', portuguese],
])('%s says of every way to fail what to do', (page, heading, { failures, expired }) => {
  const [, table = ''] = read(page).split(heading);
  for (const { happened } of [...Object.values(failures), expired]) {
    // Up to where a sentence goes on with what differs.
    const beginning = happened.split(/[.,]| antes | tempo /)[0];
    expect(table).toContain(`| ${beginning}`);
  }
});

/** Where no event stands in the call: what is to be in the tables instead. */
const saidOtherwise: Record<string, string[]> = {
  'src/privacy/change-applier.ts': ['change not told'],
  // Passes on what others say.
  'src/privacy/managed-number.ts': [],
  'src/slack/bolt-logger.ts': ['"from":"bolt"'],
};

/** What a file says to the log as a warning or an error; of an event that goes on with what differs, its beginning. */
function eventsIn(path: string): string[] {
  const source = read(path);
  return [...source.matchAll(/\blog(?:ger)?\.(?:warn|error)\b/g)].flatMap(({ index, 0: { length } }) => {
    const [args = ''] = /^\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)/.exec(source.slice(index + length)) ?? [];
    const [, , event] = /(['"`])((?:(?!\1)[\s\S])+)\1,?\s*\)$/.exec(args) ?? [];
    return event?.split(': ${')[0] ?? saidOtherwise[path] ?? [`an event in ${path} that is not seen`];
  });
}

test.each(['docs/trouble.md', 'docs/trouble.pt-BR.md'])(
  '%s says of every warning and error of the log what it means, and of none that there is not',
  (page) => {
    const [, table = ''] = read(page).split(/^\| `msg` .*$/m);
    const explained = [...table.matchAll(/^\| (.*?) \|/gm)].flatMap(([, cell = '']) =>
      [...cell.matchAll(/`(.+?)`/g)].map(([, event]) => event),
    );
    const events = globSync('src/**/*.ts', { cwd: root }).flatMap(eventsIn);
    expect(explained.sort()).toEqual([...new Set(events)].sort());
  },
);

/** As GitHub makes them of headings. */
const anchorsIn = (page: string) =>
  [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s-]/gu, '')
      .replaceAll(' ', '-'),
  );

test.each([
  'README.md',
  'docs/operating.md',
  'docs/trouble.md',
  'docs/trouble.pt-BR.md',
  'docs/using.md',
  'docs/who-may.md',
])('every link and picture of %s leads to something that is there', (page) => {
  const text = read(page);
  const targets = [...text.matchAll(/\]\((?!https?:)([^)]+)\)|src="([^"]+)"/g)].map(
    ([, link, src]) => link ?? src ?? '',
  );
  for (const target of targets) {
    const [path = '', anchor] = target.split('#');
    const file = path === '' ? page : join(dirname(page), path);
    expect({ target, isThere: existsSync(join(root, file)) }).toEqual({ target, isThere: true });
    if (anchor) expect(anchorsIn(read(file))).toContain(anchor);
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
  expect(unit).toMatch(/^ExecStart=\S+\/node (?:--\S+ )*\.$/m);
  expect(Number(/^TimeoutStopSec=(\d+)$/m.exec(unit)?.[1])).toBeGreaterThan(10);
});

test('the unit keeps what the engine compiled where the bot may write', () => {
  const [, folder] = /^CacheDirectory=(.+)$/m.exec(unit) ?? [];
  expect(unit).toContain(`\nEnvironment=NODE_COMPILE_CACHE=/var/cache/${folder}\n`);
  expect(unit).toMatch(/^CacheDirectoryMode=0700$/m);
});

test('the engine is told the same by npm start, the unit and the container', () => {
  const flagsIn = (text: string) => text.match(/--[a-z-]+=\d+/g);
  const { scripts } = JSON.parse(read('package.json')) as { scripts: { start: string } };
  const [start] = /^ExecStart=.*$/m.exec(unit) ?? [''];
  const [command] = /^CMD .*$/m.exec(container) ?? [''];
  expect(flagsIn(scripts.start)).toHaveLength(2);
  expect([flagsIn(start), flagsIn(command)]).toEqual([flagsIn(scripts.start), flagsIn(scripts.start)]);
  for (const place of [unit, container]) expect(place).toMatch(/^(?:Environment=|ENV )MALLOC_ARENA_MAX=1$/m);
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

test('the container copies what is there and no secret, and runs what was built as a user that is not root', () => {
  const copied = [...container.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, paths = '']) =>
    paths.split(' '),
  );
  expect([...new Set(copied)].sort()).toEqual(['bundle', 'package-lock.json', 'package.json', 'src']);
  for (const path of copied) expect(existsSync(join(root, path))).toBe(true);
  expect(container.indexOf('USER node')).toBeGreaterThan(container.indexOf('RUN npm ci --omit=dev'));
  const [build = '', run = ''] = container.split(/^FROM .+$/m).slice(1);
  expect(build).toContain('RUN node bundle/main.ts');
  expect(run).toContain('COPY --from=build /app/dist ./dist');
  expect(run).toMatch(/^CMD \["node", .*"dist\/start\.js"\]$/m);
});

test('the container starts once while it is built, as the user of later starts, for what the engine compiles', () => {
  const [, folder = ''] = /NODE_COMPILE_CACHE=\/app\/(\S+)/.exec(container) ?? [];
  const [, asThatUser = ''] = container.split('\nUSER node\n');
  expect(asThatUser).toContain(`RUN node dist/start.js || test -n "$(ls ${folder})"`);
});
