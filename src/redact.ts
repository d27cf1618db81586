import type { Config } from './config.ts';

/** Takes secrets and phone numbers out of what is written. `line`: a line of JSON, which stays one. */
export type Redact = { text(text: string): string; line(line: string): string };

type Secretive = Pick<Config, 'slack' | 'numbers' | 'store'>;

/** Shorter ones are words: torn out of every line they would leave nothing to read. Their address is found as a whole. */
const shortestSecret = 6;

const token = String.raw`x(?:ox[a-z]|app|oxe\.xox[a-z])-[\w.%-]+`;
/** Ends at a quote or a backslash, so that JSON around it stays whole. */
const address = String.raw`(?:https?|wss?|postgres(?:ql)?):\/\/[^\s"\\<>]+`;
const isoTime = String.raw`(?<![+\p{Nd}])20\d\d-[01]\d-[0-3]\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:\d\d)?)?(?!\p{Nd})`;
/** As people write numbers: with blanks, dashes, dots, brackets, and marks that nobody sees. */
const betweenDigits = String.raw`(?:\\[nrt]|[\s().\p{Pd}\p{Cf}]){0,3}`;
const eightDigits = String.raw`\p{Nd}(?:${betweenDigits}\p{Nd}){7,}`;
const shapes = new RegExp(`(${token})|(${address})|(${isoTime})|${eightDigits}`, 'giu');

/** A string or a number of JSON. The ids of changes may have eight digits in a row, and stay. */
const jsonToken = /("(?:change|undoes)":"[0-9a-hjkmnp-tv-z]{12}")|("(?:[^"\\]|\\.)*")|-?\d[\d.eE+-]*/g;
/** Of bare numbers: a short one, with a fraction or not, or a time in milliseconds. No phone number of thirteen digits begins with 1. */
const harmlessNumber = /^(?:-?\d{1,7}(?:\.\d+)?(?:e[+-]?\d+)?|1\d{12})$/i;
/** With its quotes: what is shorter holds neither a secret nor eight digits. */
const shortestString = shortestSecret + 2;

/**
 * The second wall. Whoever writes a line takes care that nothing secret is in it; what was overlooked is taken out here:
 * the secrets of the configuration, and whatever looks like one of Slack's tokens, an address or a phone number.
 */
export function createRedact(config: Secretive): Redact {
  const secrets = patternOf(secretsOf(config));

  function text(given: string): string {
    return given
      .replace(secrets, '[secret]')
      .replace(shapes, (found, isToken?: string, isAddress?: string, isTime?: string) =>
        isToken ? '[token]' : isAddress ? '[address]' : isTime ? found : '[digits]',
      );
  }

  function line(given: string): string {
    return given.replace(jsonToken, (found, isId?: string, isString?: string) => {
      if (isId || found.length < shortestString || harmlessNumber.test(found)) return found;
      const redacted = text(found);
      return isString || redacted === found ? redacted : `"${redacted}"`;
    });
  }

  return { text, line };
}

function secretsOf({ slack, numbers, store }: Secretive): string[] {
  const { botToken, connection } = slack;
  return [
    botToken,
    connection.mode === 'socket' ? connection.appToken : connection.signingSecret,
    ...numbers.flatMap(({ instanceToken, clientToken }) => [instanceToken, clientToken]),
    ...(store.kind === 'postgres' ? [store.databaseUrl, ...passwordIn(store.databaseUrl)] : []),
  ];
}

/** As it stands in the address, and as the database knows it. */
function passwordIn(databaseUrl: string): string[] {
  const { password } = new URL(databaseUrl);
  try {
    return [password, decodeURIComponent(password)];
  } catch {
    return [password];
  }
}

/** Each secret also as it looks in JSON and in an address; the longest first, since one may hold another. */
function patternOf(secrets: string[]): RegExp {
  const spelled = secrets
    .filter((secret) => secret.length >= shortestSecret)
    .flatMap((secret) => [
      secret,
      JSON.stringify(secret).slice(1, -1),
      encodeURIComponent(secret.toWellFormed()),
    ]);
  const longestFirst = [...new Set(spelled)].sort((a, b) => b.length - a.length);
  return new RegExp(
    longestFirst.map((each) => each.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('|'),
    'giu',
  );
}
