import { z } from 'zod';
import { isLikeARule } from './config-misspelt.ts';
import {
  type ConfigProblem,
  type DotEnv,
  type Environment,
  isOfOneNumber,
  type NumberConfig,
  numberVariables,
  readNumbers,
} from './config-numbers.ts';
import { count, days, duration, port, secret, slackToken, url } from './config-values.ts';
import { type Country, isCountry } from './privacy/phone.ts';

/** How Slack reaches the bot. */
export type SlackConnection =
  | { mode: 'socket'; appToken: string }
  | { mode: 'http'; signingSecret: string; port: number; host: string };

/** Where the journal of changes is kept. `databaseUrl` is a secret. */
export type StoreConfig = { kind: 'sqlite'; dataDir: string } | { kind: 'postgres'; databaseUrl: string };

export type Config = {
  slack: { botToken: string; apiUrl: string; connection: SlackConnection };
  zapiUrl: string;
  /** The WhatsApp numbers, at least one. */
  numbers: readonly NumberConfig[];
  /** Whom to ask who may not: an id of Slack's, or words. */
  adminContact: string | undefined;
  /** Against accidents; undefined: no limit. */
  mostChangesPerHour: number | undefined;
  defaultCountry: Country | undefined;
  locale: Locale;
  store: StoreConfig;
  /** After so many days the phone numbers of a change are erased from the journal. */
  historyDays: number;
  /** A change that waited longer than this is not made any more. */
  changeMaxAgeMs: number;
  logLevel: string;
  /** A server of its own for `/healthz` and `/readyz`; undefined: none. */
  health: { port: number; host: string } | undefined;
};

export type ReadConfig = { ok: true; config: Config } | { ok: false; problems: ConfigProblem[] };

/** The languages that the bot speaks. */
export const locales = ['en', 'pt-BR'] as const;
export type Locale = (typeof locales)[number];

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const environment = z.object({
  SLACK_BOT_TOKEN: slackToken('xoxb-', 'your app at api.slack.com/apps, OAuth & Permissions'),
  SLACK_APP_TOKEN: slackToken(
    'xapp-',
    'your app at api.slack.com/apps, Basic Information, App-Level Tokens',
  ).optional(),
  SLACK_SIGNING_SECRET: secret(
    'the signing secret (your app at api.slack.com/apps, Basic Information)',
  ).optional(),
  SLACK_API_URL: url('https://slack.com/api/'),
  PORT: port().default(3000),
  HOST: z.string().default('0.0.0.0'),
  ZAPI_API_URL: url('https://api.z-api.io').refine(
    (value) => !value.includes('/instances/'),
    'expected: the address of Z-API alone, such as https://api.z-api.io, without /instances and what follows',
  ),
  ADMIN_CONTACT: z.string().max(100, 'expected: at most 100 characters').optional(),
  MAX_CHANGES_PER_HOUR: count(10_000).optional(),
  DEFAULT_COUNTRY: z
    .string()
    .transform((value) => value.toUpperCase())
    .refine(isCountry, 'expected: two letters of a country, such as BR')
    .optional(),
  LOCALE: z
    .string()
    .transform((value) => locales.find((locale) => locale.toLowerCase() === value.toLowerCase()) ?? value)
    .pipe(z.enum(locales, { error: `expected: ${locales.join(' or ')}` }))
    .default('en'),
  DATA_DIR: z.string().default('./data'),
  DATABASE_URL: z
    .url({
      protocol: /^postgres(ql)?$/,
      error:
        'expected: the address of a PostgreSQL database, such as postgres://user:password@host:5432/lastseen',
    })
    .optional(),
  HISTORY_DAYS: days(365),
  CHANGE_MAX_AGE: duration('15 min'),
  LOG_LEVEL: z
    .string()
    .transform((value) => value.toLowerCase())
    .pipe(z.enum(logLevels, { error: `expected: one of ${logLevels.join(', ')}` }))
    .default('info'),
  HEALTH_PORT: port().optional(),
  HEALTH_HOST: z.string().default('127.0.0.1'),
});

/**
 * Every variable that the bot reads, but for those of each of several numbers (`ZAPI_SALES_…`). `.env.example` and the
 * README name the same ones; a test compares.
 */
export const variables = [...Object.keys(environment.shape), ...numberVariables];

/** The variables that say where the journal is: all that a tool needs which only reads it. */
const storeVariables = ['DATA_DIR', 'DATABASE_URL'] as const;

const noDotEnv: DotEnv = { misread: [], names: [], absent: undefined };

/** A variable that is empty or blank counts as unset. */
function givenIn(env: Environment, names: readonly string[]): Environment {
  return Object.fromEntries(
    names
      .map((name) => [name, env[name]?.trim() || undefined] as const)
      .filter(([, value]) => value !== undefined),
  );
}

function problemsOf({ issues }: z.ZodError): ConfigProblem[] {
  return issues.map(({ path, message }) => ({ variable: String(path[0]), expected: message }));
}

/** Reads where the journal is, and nothing else. */
export function readStoreConfig(
  env: Environment,
  { misread }: Pick<DotEnv, 'misread'> = noDotEnv,
): { ok: true; store: StoreConfig } | { ok: false; problems: ConfigProblem[] } {
  const parsed = environment
    .pick({ DATA_DIR: true, DATABASE_URL: true })
    .safeParse(givenIn(env, storeVariables));
  const problems = [
    ...misread.filter(({ variable }) => storeVariables.some((ours) => ours === variable)),
    ...(parsed.success ? [] : problemsOf(parsed.error)),
  ];
  return parsed.success && problems.length === 0
    ? { ok: true, store: storeOf(parsed.data) }
    : { ok: false, problems };
}

/** Reads the environment; a variable that is empty or blank counts as unset. Tells every problem at once. */
export function readConfig(env: Environment, dotEnv: DotEnv = noDotEnv): ReadConfig {
  const given = givenIn(env, Object.keys(env));
  const parsed = environment.safeParse(given);
  const { numbers, problems: ofNumbers } = readNumbers(given, {
    inDotEnv: dotEnv.names,
    variables: Object.keys(environment.shape),
  });
  const problems = [
    ...dotEnv.misread.filter(({ variable }) => isOurs(variable)),
    ...(parsed.success ? [] : problemsOf(parsed.error)),
    ...ofNumbers,
  ];
  if (given.SLACK_APP_TOKEN === undefined && given.SLACK_SIGNING_SECRET === undefined) {
    problems.push({
      variable: 'SLACK_APP_TOKEN or SLACK_SIGNING_SECRET',
      expected: 'missing; expected: the app-level token (Socket Mode), or the signing secret (HTTP mode)',
    });
  }
  if (parsed.success && problems.length === 0) return { ok: true, config: configOf(parsed.data, numbers) };
  return { ok: false, problems: [...(dotEnv.absent ? [dotEnv.absent] : []), ...problems] };
}

function isOurs(variable: string): boolean {
  return variables.includes(variable) || isOfOneNumber(variable) || isLikeARule(variable);
}

function configOf(env: z.infer<typeof environment>, numbers: NumberConfig[]): Config {
  return {
    slack: {
      botToken: env.SLACK_BOT_TOKEN,
      apiUrl: withSlash(env.SLACK_API_URL),
      // With both set, Socket Mode: it is what Slack's own tools set for a developer whose .env is made for HTTP mode.
      connection: env.SLACK_APP_TOKEN
        ? { mode: 'socket', appToken: env.SLACK_APP_TOKEN }
        : { mode: 'http', signingSecret: env.SLACK_SIGNING_SECRET ?? '', port: env.PORT, host: env.HOST },
    },
    zapiUrl: env.ZAPI_API_URL,
    numbers,
    adminContact: env.ADMIN_CONTACT,
    mostChangesPerHour: env.MAX_CHANGES_PER_HOUR,
    defaultCountry: env.DEFAULT_COUNTRY,
    locale: env.LOCALE,
    store: storeOf(env),
    historyDays: env.HISTORY_DAYS,
    changeMaxAgeMs: env.CHANGE_MAX_AGE,
    logLevel: env.LOG_LEVEL,
    health: env.HEALTH_PORT === undefined ? undefined : { port: env.HEALTH_PORT, host: env.HEALTH_HOST },
  };
}

function storeOf({
  DATA_DIR,
  DATABASE_URL,
}: {
  DATA_DIR: string;
  DATABASE_URL?: string | undefined;
}): StoreConfig {
  return DATABASE_URL
    ? { kind: 'postgres', databaseUrl: DATABASE_URL }
    : { kind: 'sqlite', dataDir: DATA_DIR };
}

function withSlash(address: string): string {
  return address.endsWith('/') ? address : `${address}/`;
}
