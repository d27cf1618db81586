import { z } from 'zod';
import { type Country, isCountry } from './privacy/phone.ts';

/** How Slack reaches the bot. */
export type SlackConnection =
  | { mode: 'socket'; appToken: string }
  | { mode: 'http'; signingSecret: string; port: number; host: string };

export type Config = {
  slack: { botToken: string; apiUrl: string; connection: SlackConnection };
  zapi: { apiUrl: string; instanceId: string; instanceToken: string; clientToken: string };
  /** Where outcomes are posted; undefined: where the command was typed. */
  auditChannel: string | undefined;
  defaultCountry: Country | undefined;
  logLevel: string;
  /** A server of its own for `/healthz` and `/readyz`; undefined: none. */
  health: { port: number; host: string } | undefined;
};

/** One variable that is missing or wrong: what is expected, never what it held. */
export type ConfigProblem = { variable: string; expected: string };

export type ReadConfig = { ok: true; config: Config } | { ok: false; problems: ConfigProblem[] };

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** What Slack's tokens begin with, so that one in the wrong place is recognised. */
const tokenKinds: [prefix: string, name: string, belongsTo: string][] = [
  ['xoxb-', 'a bot token', 'SLACK_BOT_TOKEN'],
  ['xapp-', 'an app-level token', 'SLACK_APP_TOKEN'],
  ['xoxp-', 'a user token', 'no variable of this bot'],
  ['xoxe', 'a rotating token', 'no variable of this bot'],
];

function slackToken(prefix: 'xoxb-' | 'xapp-', where: string) {
  const expected = `expected: the token that begins with ${prefix} (${where})`;
  return text(expected).superRefine((value, context) => {
    if (!value.startsWith(prefix)) context.addIssue(misplaced(value) ?? expected);
    else if (!/^[\x21-\x7e]+$/.test(value)) context.addIssue(`${expected}, without blanks or line breaks`);
  });
}

function secret(where: string) {
  const expected = `expected: ${where}`;
  return text(expected).superRefine((value, context) => {
    const problem = misplaced(value);
    if (problem) context.addIssue(problem);
    else if (!/^[\x21-\x7e]+$/.test(value)) context.addIssue(`${expected}, without blanks or line breaks`);
    else if (/^https?:/i.test(value))
      context.addIssue(`this is a whole address; ${expected}, and nothing around it`);
  });
}

function misplaced(value: string): string | undefined {
  const kind = tokenKinds.find(([prefix]) => value.startsWith(prefix));
  return kind && `this looks like ${kind[1]} (it begins with ${kind[0]}), which belongs to ${kind[2]}`;
}

function text(expected: string) {
  return z.string({ error: `missing; ${expected}` });
}

function url(defaultUrl: string) {
  const expected = `expected: an address such as ${defaultUrl}`;
  return z.url({ protocol: /^https?$/, error: expected }).default(defaultUrl);
}

function port() {
  const expected = 'expected: a port number from 0 to 65535';
  return z
    .string()
    .regex(/^\d{1,5}$/, expected)
    .transform(Number)
    .refine((value) => value <= 65_535, expected);
}

const zapiPlace = "Z-API's panel, the instance's page";

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
  ZAPI_INSTANCE_ID: secret(`the instance's id (${zapiPlace})`),
  ZAPI_INSTANCE_TOKEN: secret(`the instance's token (${zapiPlace})`),
  ZAPI_CLIENT_TOKEN: secret("the account security token (Z-API's panel, Security)"),
  ZAPI_API_URL: url('https://api.z-api.io').refine(
    (value) => !value.includes('/instances/'),
    'expected: the address of Z-API alone, such as https://api.z-api.io, without /instances and what follows',
  ),
  AUDIT_CHANNEL: z
    .string()
    .regex(
      /^[CDG][A-Z0-9_]+$/,
      'expected: the id of a channel, such as C0123ABCDEF (in Slack: the channel, About), not its name',
    )
    .optional(),
  DEFAULT_COUNTRY: z
    .string()
    .transform((value) => value.toUpperCase())
    .refine(isCountry, 'expected: two letters of a country, such as BR')
    .optional(),
  LOG_LEVEL: z
    .string()
    .transform((value) => value.toLowerCase())
    .pipe(z.enum(logLevels, { error: `expected: one of ${logLevels.join(', ')}` }))
    .default('info'),
  HEALTH_PORT: port().optional(),
  HEALTH_HOST: z.string().default('127.0.0.1'),
});

/** Every variable that the bot reads. `.env.example` and the README name the same ones; a test compares. */
export const variables = Object.keys(environment.shape);

/** Reads the environment; a variable that is empty or blank counts as unset. Tells every problem at once. */
export function readConfig(env: Record<string, string | undefined>): ReadConfig {
  const given = Object.fromEntries(
    variables
      .map((name) => [name, env[name]?.trim() || undefined] as const)
      .filter(([, value]) => value !== undefined),
  );
  const parsed = environment.safeParse(given);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => ({ variable: String(path[0]), expected: message }));
  if (given.SLACK_APP_TOKEN === undefined && given.SLACK_SIGNING_SECRET === undefined) {
    problems.push({
      variable: 'SLACK_APP_TOKEN or SLACK_SIGNING_SECRET',
      expected: 'missing; expected: the app-level token (Socket Mode), or the signing secret (HTTP mode)',
    });
  }
  if (!parsed.success || problems.length > 0) return { ok: false, problems };
  return { ok: true, config: configOf(parsed.data) };
}

function configOf(env: z.infer<typeof environment>): Config {
  return {
    slack: {
      botToken: env.SLACK_BOT_TOKEN,
      apiUrl: withSlash(env.SLACK_API_URL),
      // With both set, Socket Mode: it is what Slack's own tools set for a developer whose .env is made for HTTP mode.
      connection: env.SLACK_APP_TOKEN
        ? { mode: 'socket', appToken: env.SLACK_APP_TOKEN }
        : { mode: 'http', signingSecret: env.SLACK_SIGNING_SECRET ?? '', port: env.PORT, host: env.HOST },
    },
    zapi: {
      apiUrl: env.ZAPI_API_URL,
      instanceId: env.ZAPI_INSTANCE_ID,
      instanceToken: env.ZAPI_INSTANCE_TOKEN,
      clientToken: env.ZAPI_CLIENT_TOKEN,
    },
    auditChannel: env.AUDIT_CHANNEL,
    defaultCountry: env.DEFAULT_COUNTRY,
    logLevel: env.LOG_LEVEL,
    health: env.HEALTH_PORT === undefined ? undefined : { port: env.HEALTH_PORT, host: env.HEALTH_HOST },
  };
}

function withSlash(address: string): string {
  return address.endsWith('/') ? address : `${address}/`;
}
