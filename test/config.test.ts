import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { logLevels, type ReadConfig, readConfig, readStoreConfig, variables } from '../src/config.ts';
import { variablesOf } from '../src/config-numbers.ts';

const slackTokens = { SLACK_BOT_TOKEN: 'xoxb-1-SECRET', SLACK_APP_TOKEN: 'xapp-1-SECRET' };
const zapi = {
  ZAPI_INSTANCE_ID: '3C0FFEE',
  ZAPI_INSTANCE_TOKEN: 'INSTANCE-SECRET',
  ZAPI_CLIENT_TOKEN: 'CLIENT-SECRET',
};
const socketMode = { ...slackTokens, ...zapi };
const httpMode = { SLACK_BOT_TOKEN: 'xoxb-1-SECRET', SLACK_SIGNING_SECRET: 'SIGNING-SECRET', ...zapi };

type Environment = Record<string, string | undefined>;

function configOf(env: Environment) {
  const read = readConfig(env);
  if (!read.ok) throw new Error(`these were to be right: ${JSON.stringify(read.problems)}`);
  return read.config;
}

function problemsOf(env: Environment): Record<string, string> {
  const read = readConfig(env);
  if (read.ok) return {};
  return Object.fromEntries(read.problems.map(({ variable, expected }) => [variable, expected]));
}

describe('the least that is needed', () => {
  test('for Socket Mode', () => {
    expect(configOf(socketMode)).toEqual({
      slack: {
        botToken: 'xoxb-1-SECRET',
        apiUrl: 'https://slack.com/api/',
        connection: { mode: 'socket', appToken: 'xapp-1-SECRET' },
      },
      zapiUrl: 'https://api.z-api.io',
      numbers: [
        {
          name: 'main',
          label: undefined,
          instanceId: '3C0FFEE',
          instanceToken: 'INSTANCE-SECRET',
          clientToken: 'CLIENT-SECRET',
          auditChannel: undefined,
          access: { users: [], groups: [], channels: [] },
        },
      ],
      adminContact: undefined,
      mostChangesPerHour: undefined,
      defaultCountry: undefined,
      locale: 'en',
      store: { kind: 'sqlite', dataDir: './data' },
      historyDays: 365,
      changeMaxAgeMs: 15 * 60_000,
      logLevel: 'info',
      health: undefined,
    });
  });

  test('for HTTP mode', () => {
    expect(configOf(httpMode).slack.connection).toEqual({
      mode: 'http',
      signingSecret: 'SIGNING-SECRET',
      port: 3000,
      host: '0.0.0.0',
    });
  });

  test('with both, Socket Mode', () => {
    expect(configOf({ ...httpMode, ...socketMode }).slack.connection.mode).toBe('socket');
  });
});

test('everything can be set', () => {
  expect(
    configOf({
      ...httpMode,
      SLACK_API_URL: 'http://127.0.0.1:4001/api',
      PORT: '8080',
      HOST: '127.0.0.1',
      ZAPI_API_URL: 'http://127.0.0.1:4002/base',
      AUDIT_CHANNEL: 'C0123ABCDEF',
      ALLOWED_USERS: 'U0ANA, W0BRUNO,U0ANA',
      ALLOWED_USERGROUPS: 'S0OPS',
      ALLOWED_CHANNELS: ';C0OPS G0OPS\n D0ANA,',
      ADMIN_CONTACT: 'Ana, of operations',
      MAX_CHANGES_PER_HOUR: '20',
      DEFAULT_COUNTRY: 'br',
      LOCALE: 'pt-br',
      DATA_DIR: '/var/lib/lastseen',
      DATABASE_URL: 'postgres://bot:DATABASE-SECRET@db.test:5432/lastseen',
      HISTORY_DAYS: '30',
      CHANGE_MAX_AGE: '90 s',
      LOG_LEVEL: 'DEBUG',
      HEALTH_PORT: '0',
      HEALTH_HOST: '::1',
    }),
  ).toEqual({
    slack: {
      botToken: 'xoxb-1-SECRET',
      apiUrl: 'http://127.0.0.1:4001/api/',
      connection: { mode: 'http', signingSecret: 'SIGNING-SECRET', port: 8080, host: '127.0.0.1' },
    },
    zapiUrl: 'http://127.0.0.1:4002/base',
    numbers: [
      {
        name: 'main',
        label: undefined,
        instanceId: '3C0FFEE',
        instanceToken: 'INSTANCE-SECRET',
        clientToken: 'CLIENT-SECRET',
        auditChannel: 'C0123ABCDEF',
        access: { users: ['U0ANA', 'W0BRUNO'], groups: ['S0OPS'], channels: ['C0OPS', 'G0OPS', 'D0ANA'] },
      },
    ],
    adminContact: 'Ana, of operations',
    mostChangesPerHour: 20,
    defaultCountry: 'BR',
    locale: 'pt-BR',
    store: { kind: 'postgres', databaseUrl: 'postgres://bot:DATABASE-SECRET@db.test:5432/lastseen' },
    historyDays: 30,
    changeMaxAgeMs: 90_000,
    logLevel: 'debug',
    health: { port: 0, host: '::1' },
  });
});

test.each(['', ' ', '\t', '\r\n', '\u00a0'])('a variable that is %j counts as unset', (blank) => {
  const optional = variables.filter((name) => !Object.hasOwn(socketMode, name));
  expect(configOf({ ...Object.fromEntries(optional.map((name) => [name, blank])), ...socketMode })).toEqual(
    configOf(socketMode),
  );
  expect(problemsOf({ ...socketMode, ZAPI_CLIENT_TOKEN: blank }).ZAPI_CLIENT_TOKEN).toMatch(
    /^missing; expected:/,
  );
});

test('what a copy leaves around a value is taken away', () => {
  const copied = Object.fromEntries(
    Object.entries(socketMode).map(([name, value]) => [name, `  ${value}\r\n`]),
  );
  expect(configOf(copied)).toEqual(configOf(socketMode));
});

test('variables of other programs are passed over', () => {
  expect(configOf({ ...socketMode, PATH: '/bin', SLACK_TOKEN: 'x', zapi_client_token: 'y' })).toEqual(
    configOf(socketMode),
  );
});

describe('every problem is told at once', () => {
  test('where nothing is set', () => {
    expect(Object.keys(problemsOf({})).sort()).toEqual([
      'SLACK_APP_TOKEN or SLACK_SIGNING_SECRET',
      'SLACK_BOT_TOKEN',
      'ZAPI_CLIENT_TOKEN',
      'ZAPI_INSTANCE_ID',
      'ZAPI_INSTANCE_TOKEN',
    ]);
  });

  test('where everything is wrong, by name and once each', () => {
    const { problems } = readConfig(everythingWrong) as Extract<ReadConfig, { ok: false }>;
    expect(problems.map(({ variable }) => variable).sort()).toEqual(Object.keys(everythingWrong).sort());
  });

  test('where something is missing and something is wrong', () => {
    const { ZAPI_CLIENT_TOKEN: _missing, ...rest } = socketMode;
    expect(Object.keys(problemsOf({ ...rest, PORT: 'http', LOG_LEVEL: 'loud' })).sort()).toEqual([
      'LOG_LEVEL',
      'PORT',
      'ZAPI_CLIENT_TOKEN',
    ]);
  });

  test('in a sentence that says what is expected', () => {
    for (const sentence of Object.values({ ...problemsOf({}), ...problemsOf(everythingWrong) })) {
      expect(sentence).toMatch(/expected: .{10,}|belongs to [A-Z_]+|no variable of this bot/);
      expect(sentence).not.toMatch(/undefined|Invalid|\[object/);
    }
  });
});

/** Each of these is wrong, and each holds something that nobody may read in a terminal. */
const leak = 'LEAKED-VALUE';
const everythingWrong = {
  SLACK_BOT_TOKEN: `${leak}-bot`,
  SLACK_APP_TOKEN: `${leak}-app`,
  SLACK_SIGNING_SECRET: `${leak} with blanks`,
  SLACK_API_URL: `${leak}`,
  PORT: leak,
  ZAPI_INSTANCE_ID: `https://api.z-api.io/instances/${leak}/token/${leak}`,
  ZAPI_INSTANCE_TOKEN: `${leak}\n${leak}`,
  ZAPI_CLIENT_TOKEN: `xoxb-${leak}`,
  ZAPI_API_URL: `ftp://${leak}`,
  AUDIT_CHANNEL: `#${leak}`,
  ALLOWED_USERS: `@${leak}`,
  ALLOWED_USERGROUPS: `@${leak}`,
  ALLOWED_CHANNELS: `#${leak}`,
  ADMIN_CONTACT: leak.repeat(20),
  MAX_CHANGES_PER_HOUR: leak,
  DEFAULT_COUNTRY: leak,
  LOCALE: leak,
  DATABASE_URL: `mysql://bot:${leak}@${leak}/lastseen`,
  HISTORY_DAYS: leak,
  CHANGE_MAX_AGE: leak,
  LOG_LEVEL: leak,
  HEALTH_PORT: `${leak}`,
};

describe('a value is never told', () => {
  test('where everything is wrong', () => {
    const told = JSON.stringify(readConfig(everythingWrong));
    expect(told.toUpperCase()).not.toContain(leak);
  });

  test.each(variables)('where somebody pastes a secret into %s', (variable) => {
    for (const pasted of [
      `xoxb-${leak}`,
      `xapp-${leak}`,
      `xoxp-${leak}`,
      `xoxe.xoxb-${leak}`,
      `https://${leak}/ ${leak}`,
      `postgres://bot:${leak}@host:port/${leak}`,
    ]) {
      const read = readConfig({ ...socketMode, ...{ [variable]: pasted } });
      // Where it passes (a host can have any name), it is not told either: it is the config.
      if (!read.ok) expect(JSON.stringify(read.problems).toUpperCase()).not.toContain(leak);
    }
  });
});

describe('a token in the wrong place is recognised', () => {
  test.each([
    ['SLACK_BOT_TOKEN', 'xapp-1-A', 'an app-level token', 'SLACK_APP_TOKEN'],
    ['SLACK_BOT_TOKEN', 'xoxp-1-A', 'a user token', 'no variable of this bot'],
    ['SLACK_BOT_TOKEN', 'xoxe.xoxb-1-A', 'a rotating token', 'no variable of this bot'],
    ['SLACK_BOT_TOKEN', 'xoxe-1-A', 'a rotating token', 'no variable of this bot'],
    ['SLACK_APP_TOKEN', 'xoxb-1-A', 'a bot token', 'SLACK_BOT_TOKEN'],
    ['SLACK_SIGNING_SECRET', 'xapp-1-A', 'an app-level token', 'SLACK_APP_TOKEN'],
    ['ZAPI_INSTANCE_ID', 'xoxb-1-A', 'a bot token', 'SLACK_BOT_TOKEN'],
    ['ZAPI_INSTANCE_TOKEN', 'xoxb-1-A', 'a bot token', 'SLACK_BOT_TOKEN'],
    ['ZAPI_CLIENT_TOKEN', 'xapp-1-A', 'an app-level token', 'SLACK_APP_TOKEN'],
  ])('%s = %s', (variable, value, kind, belongsTo) => {
    const problem = problemsOf({ ...socketMode, [variable]: value })[variable];
    expect(problem).toContain(kind);
    expect(problem).toContain(`belongs to ${belongsTo}`);
  });

  test.each(['ZAPI_INSTANCE_ID', 'ZAPI_INSTANCE_TOKEN', 'ZAPI_CLIENT_TOKEN', 'SLACK_SIGNING_SECRET'])(
    '%s is no whole address',
    (variable) => {
      const env = { ...socketMode, [variable]: 'https://api.z-api.io/instances/1/token/2' };
      expect(problemsOf(env)[variable]).toMatch(/this is a whole address/);
    },
  );
});

describe('what is taken and what is not', () => {
  test.each<[string, string, boolean]>([
    ['SLACK_BOT_TOKEN', 'xoxb-1-2-a', true],
    ['SLACK_BOT_TOKEN', 'xoxb-1 2', false],
    ['SLACK_BOT_TOKEN', 'xoxb-…', false],
    ['SLACK_BOT_TOKEN', '"xoxb-1-2-a"', false],
    ['SLACK_APP_TOKEN', 'xapp-1-A-b', true],
    ['SLACK_APP_TOKEN', 'xapp-1\tA', false],
    ['SLACK_SIGNING_SECRET', 'abc def', false],
    ['SLACK_API_URL', 'https://slack.test/api', true],
    ['SLACK_API_URL', 'slack.com/api', false],
    ['SLACK_API_URL', 'ws://slack.com/api', false],
    ['ZAPI_API_URL', 'http://127.0.0.1:4000', true],
    ['ZAPI_API_URL', 'api.z-api.io', false],
    ['ZAPI_API_URL', 'file:///etc/passwd', false],
    ['ZAPI_CLIENT_TOKEN', 'token\nwith a line', false],
    ['ZAPI_CLIENT_TOKEN', 'tökén', false],
    ['PORT', '0', true],
    ['PORT', '65535', true],
    ['PORT', '65536', false],
    ['PORT', '-1', false],
    ['PORT', '3000.5', false],
    ['PORT', '0x10', false],
    ['PORT', '1e3', false],
    ['HEALTH_PORT', '8081', true],
    ['HEALTH_PORT', '99999', false],
    ['AUDIT_CHANNEL', 'C0123ABCDEF', true],
    ['AUDIT_CHANNEL', 'G0123ABCDEF', true],
    ['AUDIT_CHANNEL', '#audit', false],
    ['AUDIT_CHANNEL', 'audit', false],
    ['AUDIT_CHANNEL', '<#C0123ABCDEF>', false],
    ['AUDIT_CHANNEL', 'U0123ABCDEF', false],
    ['ALLOWED_USERS', 'U0123ABCDEF', true],
    ['ALLOWED_USERS', 'U0123ABCDEF,W0456ABCDEF', true],
    ['ALLOWED_USERS', 'U0123ABCDEF,ana', false],
    ['ALLOWED_USERS', '@ana', false],
    ['ALLOWED_USERS', 'u0123abcdef', false],
    ['ALLOWED_USERS', '<@U0123ABCDEF>', false],
    ['ALLOWED_USERS', 'S0123ABCDEF', false],
    ['ALLOWED_USERS', 'C0123ABCDEF', false],
    ['ALLOWED_USERGROUPS', 'S0123ABCDEF', true],
    ['ALLOWED_USERGROUPS', '@ops', false],
    ['ALLOWED_USERGROUPS', 'U0123ABCDEF', false],
    ['ALLOWED_CHANNELS', 'C0123ABCDEF, G0123ABCDEF;D0123ABCDEF', true],
    ['ALLOWED_CHANNELS', '#ops', false],
    ['ALLOWED_CHANNELS', 'ops', false],
    ['ALLOWED_CHANNELS', 'U0123ABCDEF', false],
    ['ALLOWED_USERS', ',', false],
    ['ALLOWED_USERGROUPS', ' ; ', false],
    ['ALLOWED_CHANNELS', ',,', false],
    ['ADMIN_CONTACT', 'U0123ABCDEF', true],
    ['ADMIN_CONTACT', 'the people of operations <ops@example.com>', true],
    ['ADMIN_CONTACT', 'x'.repeat(100), true],
    ['ADMIN_CONTACT', 'x'.repeat(101), false],
    ['MAX_CHANGES_PER_HOUR', '1', true],
    ['MAX_CHANGES_PER_HOUR', '10000', true],
    ['MAX_CHANGES_PER_HOUR', '0', false],
    ['MAX_CHANGES_PER_HOUR', '10001', false],
    ['MAX_CHANGES_PER_HOUR', '-1', false],
    ['MAX_CHANGES_PER_HOUR', '2.5', false],
    ['MAX_CHANGES_PER_HOUR', '1e3', false],
    ['MAX_CHANGES_PER_HOUR', 'none', false],
    ['LOCALE', 'en', true],
    ['LOCALE', 'EN', true],
    ['LOCALE', 'pt-BR', true],
    ['LOCALE', 'PT-BR', true],
    ['LOCALE', 'pt-br', true],
    ['LOCALE', 'pt', false],
    ['LOCALE', 'pt_BR', false],
    ['LOCALE', 'de', false],
    ['LOCALE', 'constructor', false],
    ['DEFAULT_COUNTRY', 'BR', true],
    ['DEFAULT_COUNTRY', 'br', true],
    ['DEFAULT_COUNTRY', 'Brazil', false],
    ['DEFAULT_COUNTRY', '55', false],
    ['DEFAULT_COUNTRY', 'XX', false],
    ['DEFAULT_COUNTRY', 'constructor', false],
    ['DATA_DIR', '/var/lib/last seen', true],
    ['DATABASE_URL', 'postgres://bot:p%40ss@db.test:5432/lastseen', true],
    ['DATABASE_URL', 'postgresql://db.test/lastseen?sslmode=require', true],
    ['DATABASE_URL', 'mysql://bot:pass@db.test/lastseen', false],
    ['DATABASE_URL', 'https://db.test/lastseen', false],
    ['DATABASE_URL', 'db.test/lastseen', false],
    ['DATABASE_URL', 'host=db.test dbname=lastseen', false],
    ['HISTORY_DAYS', '1', true],
    ['HISTORY_DAYS', '36500', true],
    ['HISTORY_DAYS', '0', false],
    ['HISTORY_DAYS', '36501', false],
    ['HISTORY_DAYS', '-1', false],
    ['HISTORY_DAYS', '1.5', false],
    ['HISTORY_DAYS', '365 days', false],
    ['HISTORY_DAYS', '1e3', false],
    ['CHANGE_MAX_AGE', '15 min', true],
    ['CHANGE_MAX_AGE', '24h', true],
    ['CHANGE_MAX_AGE', '1440', true],
    ['CHANGE_MAX_AGE', '86400 s', true],
    ['CHANGE_MAX_AGE', '1441', false],
    ['CHANGE_MAX_AGE', '25 h', false],
    ['CHANGE_MAX_AGE', '0', false],
    ['CHANGE_MAX_AGE', '0 s', false],
    ['CHANGE_MAX_AGE', '-5', false],
    ['CHANGE_MAX_AGE', '15 days', false],
    ['CHANGE_MAX_AGE', '500 ms', false],
    ['CHANGE_MAX_AGE', 'soon', false],
    ['CHANGE_MAX_AGE', '1h30m', false],
    ['CHANGE_MAX_AGE', 'Infinity', false],
    ...logLevels.map((level): [string, string, boolean] => ['LOG_LEVEL', level, true]),
    ['LOG_LEVEL', 'Warn', true],
    ['LOG_LEVEL', 'verbose', false],
  ])('%s = %j: %s', (variable, value, isTaken) => {
    expect(Object.keys(problemsOf({ ...socketMode, [variable]: value }))).toEqual(isTaken ? [] : [variable]);
  });
});

test.each([
  ['15', 15 * 60_000],
  ['15m', 15 * 60_000],
  ['15 MIN', 15 * 60_000],
  ['1 minute', 60_000],
  ['2 minutes', 2 * 60_000],
  ['90s', 90_000],
  ['90 sec', 90_000],
  ['1 second', 1_000],
  ['1.5 h', 5_400_000],
  ['2 hours', 7_200_000],
  ['1 hour', 3_600_000],
])('a change may wait for %j: %i ms', (CHANGE_MAX_AGE, changeMaxAgeMs) => {
  expect(configOf({ ...socketMode, CHANGE_MAX_AGE }).changeMaxAgeMs).toBe(changeMaxAgeMs);
});

describe('where the journal is', () => {
  const databaseUrl = 'postgres://bot:DATABASE-SECRET@db.test/lastseen';

  test.each<[string, Environment, object]>([
    ['nowhere in particular', {}, { kind: 'sqlite', dataDir: './data' }],
    ['in a folder', { DATA_DIR: '/var/lib/lastseen' }, { kind: 'sqlite', dataDir: '/var/lib/lastseen' }],
    ['in a database', { DATABASE_URL: databaseUrl }, { kind: 'postgres', databaseUrl }],
    [
      'in a database, and a folder is named too',
      { DATABASE_URL: databaseUrl, DATA_DIR: '/var/lib/lastseen' },
      { kind: 'postgres', databaseUrl },
    ],
    ['in a database that is blank', { DATABASE_URL: ' ' }, { kind: 'sqlite', dataDir: './data' }],
  ])('can be read by itself, and alike: %s', (_where, env, store) => {
    expect(readStoreConfig(env)).toEqual({ ok: true, store });
    expect(configOf({ ...socketMode, ...env }).store).toEqual(store);
  });

  test('is told by name where it is wrong, and nothing else is asked for', () => {
    expect(readStoreConfig({ DATABASE_URL: `mysql://bot:${leak}@host/`, PORT: 'wrong' })).toEqual({
      ok: false,
      problems: [
        { variable: 'DATABASE_URL', expected: problemsOf({ ...socketMode, DATABASE_URL: 'x' }).DATABASE_URL },
      ],
    });
  });

  test.each([
    `mysql://bot:${leak}@host/lastseen`,
    `postgres://bot:${leak}@host:port/lastseen`,
    `postgres://bot:${leak}`,
    `postgres:/${leak}`,
    leak,
  ])('is never repeated: %j', (DATABASE_URL) => {
    expect(
      JSON.stringify([readStoreConfig({ DATABASE_URL }), problemsOf({ DATABASE_URL })]).replace(
        // What is right may be repeated: it is the config.
        /"databaseUrl":"[^"]*"/,
        '',
      ),
    ).not.toContain(leak);
  });
});

describe('the same variables are named', () => {
  const read = (file: string) => {
    const url = new URL(`../${file}`, import.meta.url);
    return existsSync(url) ? readFileSync(url, 'utf8') : '';
  };
  const namesIn = (text: string, pattern: RegExp) =>
    [...text.matchAll(pattern)].map(([, name]) => name).sort();
  const expected = [...variables].sort();
  /** With several numbers, each has its own: these show two of them. */
  const ofNumbers = ['sales', 'support'].flatMap(variablesOf);
  const inExample = namesIn(read('.env.example'), /^(?:# ?)?([A-Z][A-Z0-9_]*)=/gm);

  test('by .env.example, once each', () => {
    expect(inExample.filter((name) => !ofNumbers.includes(String(name)))).toEqual(expected);
  });

  test('by .env.example of two numbers: only such as there are, and every one of them once', () => {
    const named = inExample.filter((name) => ofNumbers.includes(String(name))).map(String);
    expect(new Set(named).size).toBe(named.length);
    const suffixes = named.map((name) => name.replace(/^ZAPI_(SALES|SUPPORT)_/, ''));
    expect([...new Set(suffixes)].sort()).toEqual(
      variablesOf('sales')
        .map((name) => name.replace('ZAPI_SALES_', ''))
        .sort(),
    );
    for (const name of ['sales', 'support'])
      expect(named).toEqual(
        expect.arrayContaining(
          ['INSTANCE_ID', 'INSTANCE_TOKEN', 'LABEL'].map((key) => `ZAPI_${name.toUpperCase()}_${key}`),
        ),
      );
  });

  test("by the README's table, once each", () => {
    const [, table = ''] = /^(\| Variable \|[\s\S]*?)\n\n/m.exec(read('README.md')) ?? [];
    expect(namesIn(table, /^\| `([A-Z][A-Z0-9_]*)`/gm)).toEqual(expected);
  });

  test('and .env.example, filled in as it asks, is taken, with one number and with two', () => {
    const filledIn = Object.fromEntries(
      [...read('.env.example').matchAll(/^(?:# ?)?([A-Z][A-Z0-9_]*)=(.*)$/gm)].map(
        ([, name = '', value = '']) => [name, value || { ...httpMode, ...socketMode }[name] || name],
      ),
    );
    const two = configOf(filledIn);
    expect(two.numbers.map(({ name, label }) => [name, label])).toEqual([
      ['sales', 'Sales'],
      ['support', 'Support'],
    ]);
    const one = Object.entries(filledIn).filter(
      ([name]) => name !== 'ZAPI_INSTANCES' && !ofNumbers.includes(name),
    );
    expect(configOf(Object.fromEntries(one)).numbers.map(({ name }) => name)).toEqual(['main']);
  });
});
