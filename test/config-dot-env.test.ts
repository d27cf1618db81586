import { execFile, spawnSync } from 'node:child_process';
import { mkdir, realpath, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, jest, test } from '@jest/globals';
import { temporaryFolder } from './temporary-folder.ts';

const root = join(import.meta.dirname, '..');
const node = join(root, 'node_modules/.bin/node');

jest.setTimeout(60_000);

/** What a program says that is started in a folder with this `.env`. */
async function startWith(lines: string[], program: string[], env: Record<string, string> = {}) {
  await using folder = await temporaryFolder();
  await writeFile(join(folder.path, '.env'), lines.join('\n'));
  const [file = '', ...options] = program;
  return await new Promise<{ code: number; said: string }>((resolve) => {
    execFile(node, [join(root, file), ...options], { cwd: folder.path, env }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, said: stdout + stderr }),
    );
  });
}

/** The variables of which it is said that a # began a comment. */
const toldOf = (said: string) =>
  [...said.matchAll(/^ {2}(\w+): in \.env a # begins a comment/gm)].map(([, name]) => name);

const complete = [
  'SLACK_BOT_TOKEN=xoxb-1',
  'SLACK_APP_TOKEN=xapp-1',
  'ZAPI_INSTANCE_ID=I',
  'ZAPI_INSTANCE_TOKEN=T',
  'ZAPI_CLIENT_TOKEN=C',
];

test('a channel in .env that is named by its # stops the start, with what happened and what is expected', async () => {
  const { code, said } = await startWith([...complete, 'AUDIT_CHANNEL=#geral'], ['.']);
  expect(said).toBe(
    `The bot can't start. Fix these settings in .env or in the environment:
  AUDIT_CHANNEL: in .env a # begins a comment, so that what follows it is not read; expected: the channel's id, such as C0123ABCDEF (in Slack: the channel, About), not its name
`,
  );
  expect(code).toBe(1);
});

test('so does every variable that loses something by a #; what is a comment, or in quotes, or not read from there does not', async () => {
  const { said } = await startWith(
    [
      'ALLOWED_CHANNELS = C0OPS,#geral',
      'export ADMIN_CONTACT= #ajuda',
      'DATABASE_URL=postgres://bot:SECRET#SECRET@db.test/lastseen',
      'ZAPI_SALES_AUDIT_CHANNEL=#vendas',
      'DATA_DIR=./data#1 # the second one',
      'ALLOWED_USERS=#U0ANA',
      '# AUDIT_CHANNEL=#geral',
      'LOCALE=en # or pt-BR',
      'LOG_LEVEL=# info',
      'HEALTH_HOST= # 127.0.0.1',
      'SLACK_SIGNING_SECRET="#quoted"',
      "ZAPI_CLIENT_TOKEN='a#b'#c",
      'SOMETHING_ELSE=#1',
    ],
    ['.'],
    { ALLOWED_USERS: 'U0ANA' },
  );
  expect(toldOf(said)).toEqual([
    'ALLOWED_CHANNELS',
    'ADMIN_CONTACT',
    'DATABASE_URL',
    'ZAPI_SALES_AUDIT_CHANNEL',
    'DATA_DIR',
  ]);
  expect(said).toContain(
    'ADMIN_CONTACT: in .env a # begins a comment, so that what follows it is not read; expected: the value in quotes\n',
  );
  expect(said).not.toMatch(/geral|ajuda|SECRET|vendas/);
});

test.each([
  ['ALLOW_USERS=U0ANA', 'ALLOW_USERS: this bot has no variable of that name; is it misspelt?'],
  ['USERS_ALLOWED=U0ANA', 'USERS_ALLOWED: this bot has no variable of that name; is it misspelt?'],
  ['AUDIT_CANAL=C0OPS', 'AUDIT_CANAL: this bot has no variable of that name; is it misspelt?'],
  ['allowed_users=U0ANA', 'allowed_users: this bot has no variable of that name; is ALLOWED_USERS meant?'],
  ['DEFAULT_CONTRY=BR', 'DEFAULT_CONTRY: this bot has no variable of that name; is DEFAULT_COUNTRY meant?'],
  ['LOCAL=pt-BR', 'LOCAL: this bot has no variable of that name; is LOCALE meant?'],
  [
    'ALLOWED_USERS U0ANA',
    'ALLOWED_USERS: in .env there is no = after the name, so that the line is not read; expected: ALLOWED_USERS=…',
  ],
])('a rule that is lost in the line %s of .env stops the start', async (line, sentence) => {
  const { code, said } = await startWith([...complete, line], ['.']);
  expect(said.split('\n').slice(1)).toEqual([`  ${sentence}`, '']);
  expect(code).toBe(1);
});

test('other names, words in quotes and comments are no misspelt rules', async () => {
  const { code, said } = await startWith(
    [
      'COMPOSE_PROJECT_NAME=bot',
      'POSTGRES_USER=bot',
      'NODE_OPTIONS=--max-old-space-size=512',
      '# ALLOWED_USERS U0ANA',
      'ADMIN_CONTACT="ask',
      'ALLOWED_USERS U0ANA',
      'please"',
      'just words',
      ...complete.slice(1),
    ],
    ['.'],
  );
  expect(said.split('\n').slice(1)).toEqual([expect.stringMatching(/^ {2}SLACK_BOT_TOKEN: missing/), '']);
  expect(code).toBe(1);
});

test('a # that stands in no variable of the bot, in lines in quotes, in a comment, or in a line that is overruled is no fault', async () => {
  const { said } = await startWith(
    [
      'AUDIT_CHANNEL= #none yet',
      'LOCALE=   ########## language',
      'ZAPI_PANEL=https://app.z-api.io/#/instances',
      'NOTE="see',
      'ALLOWED_CHANNELS=#geral',
      'end"',
      'ALLOWED_CHANNELS=#geral',
      'ALLOWED_CHANNELS=C0OPS',
      ...complete.slice(1),
    ],
    ['.'],
  );
  expect(said.split('\n').slice(1)).toEqual([expect.stringMatching(/^ {2}SLACK_BOT_TOKEN: missing/), '']);
});

test.each(['AUDIT_CHANNEL: #geral', '\ufeffAUDIT_CHANNEL=#geral\r', 'AUDIT_CHANNEL= #geral'])(
  'a # is seen in %j, too',
  async (line) => {
    const { said } = await startWith([line, ...complete], ['.']);
    expect(toldOf(said)).toEqual(['AUDIT_CHANNEL']);
  },
);

test('what is left over of a number that is not named any more does not stop the start, but for its rules', async () => {
  const numbers = ['SALES1', 'SALES2', 'SALES3'].flatMap((name) => [
    `ZAPI_${name}_INSTANCE_ID=${name}`,
    `ZAPI_${name}_INSTANCE_TOKEN=T`,
    `ZAPI_${name}_AUDIT_CHANNEL=C0OPS`,
  ]);
  const { said } = await startWith(
    ['ZAPI_INSTANCES=sales1,sales2', 'ZAPI_SALES3_ALLOWED_USERS=U0ANA', ...numbers, ...complete],
    ['.'],
  );
  expect(said.split('\n').slice(1)).toEqual([
    '  ZAPI_SALES3_ALLOWED_USERS: this bot has no variable of that name; is it misspelt?',
    '',
  ]);
});

test('a misspelt rule is told beside names of numbers that are none', async () => {
  const { said } = await startWith(
    ['ZAPI_INSTANCES=suporte técnico!', 'ALLOW_USERS=U0ANA', ...complete],
    ['.'],
  );
  expect(said).toMatch(/^ {2}ZAPI_INSTANCES: expected: .*\n {2}ALLOW_USERS: this bot has no variable/m);
});

test('where variables are missing and there is no .env, that is said first', async () => {
  await using folder = await temporaryFolder();
  const { stderr } = spawnSync(node, [root], { cwd: folder.path, env: {}, encoding: 'utf8' });
  const [, first, second] = stderr.split('\n');
  expect(first).toBe(
    `  .env: there is none in ${await realpath(folder.path)}; expected: a copy of .env.example, filled in, or all variables in the environment`,
  );
  expect(second).toMatch(/^ {2}SLACK_BOT_TOKEN: missing/);
});

test('where variables are missing and .env can not be read, that is said first', async () => {
  await using folder = await temporaryFolder();
  await mkdir(join(folder.path, '.env'));
  const { stderr } = spawnSync(node, [root], { cwd: folder.path, env: {}, encoding: 'utf8' });
  expect(stderr.split('\n')[1]).toBe(
    '  .env: it is there, but can not be read; expected: to be run as the user that runs the bot',
  );
});

test('the doctor says the same', async () => {
  const { code, said } = await startWith(
    ['ALLOWED_CHANNELS=#geral', ...complete],
    ['src/doctor.ts', '--json'],
  );
  const { checks } = JSON.parse(said);
  expect(checks.filter(({ name }: { name: string }) => name === 'variables')).toEqual([
    {
      name: 'variables',
      status: 'to-do',
      says: expect.stringMatching(/^ALLOWED_CHANNELS: in \.env a # begins a comment/),
      todo: expect.any(String),
    },
  ]);
  expect(code).toBe(1);
});

test.each([[['src/history.ts', '--json']], [['src/store-copy.ts']]])(
  '%j says so of the folder and the database, and of nothing else',
  async (program) => {
    const { code, said } = await startWith(['DATA_DIR=#data', 'AUDIT_CHANNEL=#geral'], program);
    expect(said).toMatch(/^DATA_DIR: in \.env a # begins a comment/);
    expect(said).not.toContain('AUDIT_CHANNEL');
    expect(code).toBe(1);
  },
);
