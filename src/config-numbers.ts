import { z } from 'zod';
import { misspelt } from './config-misspelt.ts';
import { channel, ids, secret } from './config-values.ts';
import type { AccessRule } from './privacy/access.ts';

/** One WhatsApp number, and who may change it. */
export type NumberConfig = {
  /** As people type it after `on`, and as forms know it. */
  name: string;
  /** What people see; unset: what WhatsApp says of the number. */
  label: string | undefined;
  instanceId: string;
  instanceToken: string;
  clientToken: string;
  /** Where outcomes are posted; undefined: where the command was typed. */
  auditChannel: string | undefined;
  access: AccessRule;
};

export type Environment = Record<string, string | undefined>;

/** One variable that is missing or wrong: what is expected, never what it held. */
export type ConfigProblem = { variable: string; expected: string };

/**
 * What `.env` was. `misread`: what it did not give as it stands there; `names`: what it gave; `absent`: why it gave
 * nothing.
 */
export type DotEnv = {
  misread: readonly ConfigProblem[];
  names: readonly string[];
  absent: ConfigProblem | undefined;
};

const zapiPlace = "Z-API's panel, the instance's page";

/** The account of Z-API that the numbers belong to. */
const credentials = {
  INSTANCE_ID: secret(`the instance's id (${zapiPlace})`),
  INSTANCE_TOKEN: secret(`the instance's token (${zapiPlace})`),
  CLIENT_TOKEN: secret("the account security token (Z-API's panel, Security)"),
};

/** Who may, and who is told: for all numbers, or for one. */
const rules = {
  AUDIT_CHANNEL: channel().optional(),
  ALLOWED_USERS: ids(
    /^[UW][A-Z0-9_]+$/,
    'expected: ids of people, such as U0123ABCDEF, separated by commas (in Slack: the profile, Copy member ID), not their names',
  ).optional(),
  ALLOWED_USERGROUPS: ids(
    /^S[A-Z0-9_]+$/,
    'expected: ids of user groups, such as S0123ABCDEF, separated by commas, not their handles',
  ).optional(),
  ALLOWED_CHANNELS: ids(
    /^[CDG][A-Z0-9_]+$/,
    'expected: ids of channels, such as C0123ABCDEF, separated by commas (in Slack: the channel, About), not their names',
  ).optional(),
};

const generalRules = z.object(rules);
type Rules = z.infer<typeof generalRules>;
const ofOneNumber = z.object({
  ...credentials,
  ...rules,
  LABEL: z.string().max(60, 'expected: at most 60 characters').optional(),
});
const ofTheOnlyNumber = z.object(credentials);

const namePattern = /^[a-z0-9][a-z0-9_-]{0,29}$/;
/** What fits into one select of a form. */
const mostNumbers = 100;
/** The name of the only number, which nobody has to type. */
const onlyName = 'main';

/** The variables of the numbers. With several, each number has its own: see `variablesOf`. */
export const numberVariables = [
  'ZAPI_INSTANCES',
  ...Object.keys(credentials).map((key) => `ZAPI_${key}`),
  ...Object.keys(rules),
];

/** The variables of one of several numbers, such as `ZAPI_SALES_INSTANCE_ID`. */
export function variablesOf(name: string): string[] {
  return Object.keys(ofOneNumber.shape).map((key) => prefixOf(name) + key);
}

/** Whether a variable is called as those of one of several numbers are. */
export function isOfOneNumber(variable: string): boolean {
  return (
    /^ZAPI_./.test(variable) && Object.keys(ofOneNumber.shape).some((key) => variable.endsWith(`_${key}`))
  );
}

/**
 * Reads the numbers: the one of the plain variables, or those that `ZAPI_INSTANCES` names. `inDotEnv`: which names `.env`
 * gave; `variables`: those of the bot that are none of a number.
 */
export function readNumbers(
  env: Environment,
  { inDotEnv = [], variables = [] }: { inDotEnv?: readonly string[]; variables?: readonly string[] } = {},
): { numbers: NumberConfig[]; problems: ConfigProblem[] } {
  const general = parse(generalRules, env, '');
  const names = namesIn(env.ZAPI_INSTANCES);
  const misspeltAmong = (given: readonly string[], of: readonly string[]) =>
    misspelt({ names: given, inDotEnv }, namesOfOurs(of, variables));
  if ('problem' in names)
    return {
      numbers: [],
      problems: [
        ...general.problems,
        { variable: 'ZAPI_INSTANCES', expected: names.problem },
        // Whose those of a number are is not known yet.
        ...misspeltAmong(
          Object.keys(env).filter((name) => !name.startsWith('ZAPI_')),
          [],
        ),
      ],
    };
  const read =
    names.list === undefined
      ? [readTheOnlyNumber(env, general.data)]
      : names.list.map((name) => readNumber(env, name, general.data));
  const numbers = read.flatMap(({ number }) => number ?? []);
  return {
    numbers,
    problems: [
      ...general.problems,
      ...read.flatMap(({ problems }) => problems),
      ...twice(numbers),
      ...ambiguous(numbers),
      ...misspeltAmong(Object.keys(env), names.list ?? []),
    ],
  };
}

function namesOfOurs(names: readonly string[], variables: readonly string[]) {
  return {
    general: variables,
    ofNumbers: numberVariables,
    ofEach: names.flatMap(variablesOf),
    prefixes: names.map(prefixOf),
  };
}

type ReadNumber = { number: NumberConfig | undefined; problems: ConfigProblem[] };

function readTheOnlyNumber(env: Environment, general: Rules | undefined): ReadNumber {
  const { data, problems } = parse(ofTheOnlyNumber, env, 'ZAPI_');
  return { number: data && general && numberOf(onlyName, { ...general, ...data }), problems };
}

function readNumber(env: Environment, name: string, general: Rules | undefined): ReadNumber {
  const prefix = prefixOf(name);
  // One account has one security token, however many numbers it has.
  const clientToken = `${prefix}CLIENT_TOKEN`;
  const given = { ...env, [clientToken]: env[clientToken] ?? env.ZAPI_CLIENT_TOKEN };
  const { data, problems } = parse(ofOneNumber, given, prefix);
  if (!data || !general) return { number: undefined, problems };
  // Who may change this number is said here or there, never half here and half there: that would let in more people.
  const people = data.ALLOWED_USERS || data.ALLOWED_USERGROUPS ? data : general;
  return {
    number: numberOf(name, {
      ...data,
      LABEL: data.LABEL ?? name,
      AUDIT_CHANNEL: data.AUDIT_CHANNEL ?? general.AUDIT_CHANNEL,
      ALLOWED_CHANNELS: data.ALLOWED_CHANNELS ?? general.ALLOWED_CHANNELS,
      ALLOWED_USERS: people.ALLOWED_USERS,
      ALLOWED_USERGROUPS: people.ALLOWED_USERGROUPS,
    }),
    problems,
  };
}

function numberOf(
  name: string,
  given: Rules & z.infer<typeof ofTheOnlyNumber> & { LABEL?: string | undefined },
): NumberConfig {
  return {
    name,
    label: given.LABEL,
    instanceId: given.INSTANCE_ID,
    instanceToken: given.INSTANCE_TOKEN,
    clientToken: given.CLIENT_TOKEN,
    auditChannel: given.AUDIT_CHANNEL,
    access: {
      users: given.ALLOWED_USERS ?? [],
      groups: given.ALLOWED_USERGROUPS ?? [],
      channels: given.ALLOWED_CHANNELS ?? [],
    },
  };
}

function namesIn(list: string | undefined): { list: string[] | undefined } | { problem: string } {
  if (list === undefined) return { list: undefined };
  const names = list
    .split(/[\s,;]+/)
    .filter(Boolean)
    .map((name) => name.toLowerCase());
  if (names.length === 0 || !names.every((name) => namePattern.test(name)))
    return {
      problem:
        'expected: short names of your choice, separated by commas, such as sales,support; of letters a to z, digits, - and _, without accents and blanks (what people see goes into ZAPI_SALES_LABEL)',
    };
  if (names.length > mostNumbers) return { problem: `expected: at most ${mostNumbers} names` };
  const repeated = names.some(
    (name, at) => names.findIndex((other) => prefixOf(other) === prefixOf(name)) !== at,
  );
  return repeated ? { problem: 'expected: names that differ from one another' } : { list: names };
}

function prefixOf(name: string): string {
  return `ZAPI_${name.toUpperCase().replaceAll('-', '_')}_`;
}

/** In a command a number is named by either. */
function ambiguous(numbers: NumberConfig[]): ConfigProblem[] {
  return numbers.flatMap(({ name, label }) => {
    const others = numbers.filter((other) => other.name !== name);
    const isTaken = others.some((other) =>
      [other.name, other.label].some((taken) => taken?.toLowerCase() === label?.toLowerCase()),
    );
    return label !== undefined && isTaken
      ? [{ variable: `${prefixOf(name)}LABEL`, expected: 'expected: a label that no other number has' }]
      : [];
  });
}

/** The order of changes is kept for each instance: under two names it would be lost sight of. */
function twice(numbers: NumberConfig[]): ConfigProblem[] {
  return numbers.flatMap(({ name, instanceId }, at) => {
    const first = numbers.findIndex((other) => other.instanceId === instanceId);
    return first < at
      ? [
          {
            variable: `${prefixOf(name)}INSTANCE_ID`,
            expected: `expected: another instance than that of ${numbers[first]?.name}`,
          },
        ]
      : [];
  });
}

/** Parses the variables that begin with a prefix, and tells problems by their whole names. */
function parse<T extends z.ZodObject>(
  schema: T,
  env: Environment,
  prefix: string,
): { data: z.infer<T> | undefined; problems: ConfigProblem[] } {
  const given = Object.fromEntries(Object.keys(schema.shape).map((key) => [key, env[prefix + key]]));
  const parsed = schema.safeParse(given);
  if (parsed.success) return { data: parsed.data, problems: [] };
  return {
    data: undefined,
    problems: parsed.error.issues.map(({ path, message }) => ({
      variable: prefix + String(path[0]),
      expected: message,
    })),
  };
}
