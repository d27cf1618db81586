import type { HttpFailure, Reply } from '../http.ts';
import { type Changed, GatewayError, type GatewayErrorKind } from '../privacy/ports.ts';

/**
 * What Z-API's words mean. Its failures have no codes, and the same words come under several statuses, so that the words
 * are looked at first. Seen in public client code and in Z-API's documentation, none of it promised.
 */
const wordsOfFailures: [RegExp, GatewayErrorKind][] = [
  [/client-token/i, 'credentials'],
  [/null not allowed/i, 'credentials'],
  [/method not allowed/i, 'wrong-request'],
  [/\bnot allowed\b/i, 'address-not-allowed'],
  [/instance not found/i, 'instance-not-found'],
  [/must subscribe/i, 'subscription-lapsed'],
  [/invalid phone/i, 'invalid-phone'],
  [/NOT_FOUND|matching target resource/i, 'wrong-request'],
  [/disconnected|not connected/i, 'disconnected'],
];

/** What a reply that is not a success means. Nothing of its text is kept. */
export function failureOfReply(reply: Reply): GatewayError {
  const [kind, changed] = meaningOf(reply);
  return new GatewayError(kind, reply.perhapsDoneBefore ? 'unknown' : changed, String(reply.status));
}

function meaningOf({ status, text }: Reply): [GatewayErrorKind, Changed] {
  if (status === 429) return ['rate-limited', 'no'];
  const saying = wordsOf(text);
  const known = wordsOfFailures.find(([pattern]) => pattern.test(saying));
  // In trouble, Z-API may have done what it complains about.
  if (known) return [known[1], status >= 500 ? 'unknown' : 'no'];
  return kindOfStatus(status, text);
}

/** What the lack of an answer means. */
export function failureOfHttp(failure: HttpFailure): GatewayError {
  switch (failure.kind) {
    case 'not-sent':
      return new GatewayError('unavailable', 'no', failure.code);
    case 'cut':
      return new GatewayError('unavailable', 'unknown', failure.code);
    case 'timeout':
      return new GatewayError('timeout', 'unknown', failure.code);
    case 'too-large':
      return new GatewayError('unexpected-reply', 'unknown', failure.code);
  }
}

function kindOfStatus(status: number, text: string): [GatewayErrorKind, Changed] {
  if (status >= 500) return ['unavailable', 'unknown'];
  if (status === 401 || status === 403) return ['credentials', 'no'];
  if (status === 404) return ['instance-not-found', 'no'];
  if (status === 405 || status === 415) return ['wrong-request', 'no'];
  if (status === 408) return ['timeout', 'unknown'];
  if (status >= 400) return ['refused', 'no'];
  if (status < 300 && isRefusal(text)) return ['refused', 'no'];
  return ['unexpected-reply', 'unknown'];
}

/** A 200 that says no: `{"success":false}`, `{"value":false}` or `{"error":…}`. */
function isRefusal(text: string): boolean {
  const body = parseObject(text);
  return body !== undefined && (body.success === false || body.value === false || Boolean(body.error));
}

function wordsOf(text: string): string {
  const body = parseObject(text);
  if (body) return [body.error, body.message].filter((word) => typeof word === 'string').join(' ');
  // A page of HTML may say anything; a bare line of text is Z-API speaking.
  return /^\s*</.test(text) || text.length > 300 ? '' : text;
}

/** A JSON object, or undefined for any other text. */
export function parseObject(text: string): Record<string, unknown> | undefined {
  const body = parseJson(text);
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? { ...body } : undefined;
}

/** A JSON value, or undefined for any other text. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
