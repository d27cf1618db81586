import { z } from 'zod';

// The kinds of values that variables take. What is wrong is told by what is expected, never by what was given.

/** What Slack's tokens begin with, so that one in the wrong place is recognised. */
const tokenKinds: [prefix: string, name: string, belongsTo: string][] = [
  ['xoxb-', 'a bot token', 'SLACK_BOT_TOKEN'],
  ['xapp-', 'an app-level token', 'SLACK_APP_TOKEN'],
  ['xoxp-', 'a user token', 'no variable of this bot'],
  ['xoxe', 'a rotating token', 'no variable of this bot'],
];

/** A token of Slack's that begins with a prefix. `where` it is found is part of the sentence. */
export function slackToken(prefix: 'xoxb-' | 'xapp-', where: string) {
  const expected = `expected: the token that begins with ${prefix} (${where})`;
  return text(expected).superRefine((value, context) => {
    if (!value.startsWith(prefix)) context.addIssue(misplaced(value) ?? expected);
    else if (!/^[\x21-\x7e]+$/.test(value))
      context.addIssue(`${expected}, without blanks, line breaks or curly quotes`);
  });
}

/** Anything that is to be copied as a whole. */
export function secret(where: string) {
  const expected = `expected: ${where}`;
  return text(expected).superRefine((value, context) => {
    const problem = misplaced(value);
    if (problem) context.addIssue(problem);
    else if (!/^[\x21-\x7e]+$/.test(value))
      context.addIssue(`${expected}, without blanks, line breaks or curly quotes`);
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

/** An http or https address. */
export function url(defaultUrl: string) {
  const expected = `expected: an address such as ${defaultUrl}`;
  return z.url({ protocol: /^https?$/, error: expected }).default(defaultUrl);
}

/** 0 to 65535, as a number. */
export function port() {
  const expected = 'expected: a port number from 0 to 65535';
  return z
    .string()
    .regex(/^\d{1,5}$/, expected)
    .transform(Number)
    .refine((value) => value <= 65_535, expected);
}

/** A time such as `15 min`, `90s` or `2h`, as milliseconds; a number alone counts minutes. */
export function duration(defaultText: string) {
  const expected = 'expected: a time of at most 24 hours, such as 15 min, 90 s or 2 h';
  const unitMs: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000 };
  return z
    .string()
    .default(defaultText)
    .transform((value, context) => {
      const [, amount, unit = 'm'] =
        /^(\d+(?:\.\d+)?)\s*(s|sec|seconds?|m|min|minutes?|h|hours?)?$/i.exec(value) ?? [];
      const ms = Number(amount) * (unitMs[unit.charAt(0).toLowerCase()] ?? Number.NaN);
      if (ms > 0 && ms <= 24 * 3_600_000) return ms;
      context.addIssue(expected);
      return z.NEVER;
    });
}

/** A whole number of days. */
export function days(defaultDays: number) {
  const expected = 'expected: a whole number of days, from 1 to 36500';
  return z
    .string()
    .regex(/^\d{1,5}$/, expected)
    .transform(Number)
    .refine((value) => value >= 1 && value <= 36_500, expected)
    .default(defaultDays);
}

/** A list of ids of Slack's, separated by commas or blanks. One that names nobody would be no rule at all. */
export function ids(pattern: RegExp, expected: string) {
  return z
    .string()
    .transform((value) => [...new Set(value.split(/[\s,;]+/).filter(Boolean))])
    .refine((list) => list.length > 0 && list.every((id) => pattern.test(id)), expected);
}

/** The id of a channel. */
export function channel() {
  return z
    .string()
    .regex(
      /^[CDG][A-Z0-9_]+$/,
      'expected: the id of a channel, such as C0123ABCDEF (in Slack: the channel, About), not its name',
    );
}

/** A whole number from 1. */
export function count(most: number) {
  const expected = `expected: a whole number from 1 to ${most}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, expected)
    .transform(Number)
    .refine((value) => value >= 1 && value <= most, expected);
}
