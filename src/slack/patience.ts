import { setTimeout as pause } from 'node:timers/promises';
import { webApi } from '@slack/bolt';
import { HttpFailure } from '../http.ts';
import { nameOfError } from '../privacy/name-of-error.ts';

const firstPauseMs = 500;
const longestPauseMs = 30_000;
/** However long Slack asks to wait: what it says may be nonsense, and timers overflow. */
export const longestRetryAfterMs = 5 * 60 * 1000;

/** Errors of Slack's own that go away by themselves; every other one with a code is an answer. */
const passingErrors = new Set([
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'team_added_to_org',
  'ratelimited',
  'rate_limited',
]);

/**
 * After these some of it may have been done: https://docs.slack.dev/reference/methods/chat.postMessage#errors. Undefined: an
 * answer that is none of Slack's.
 */
const troubles = new Set<string | undefined>(['internal_error', 'fatal_error', undefined]);

/** Slack will not take this token, now or later: https://docs.slack.dev/reference/methods/auth.test#errors */
const tokenRefusals = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'not_allowed_token_type',
  'missing_scope',
  'no_permission',
  'access_denied',
  'org_login_required',
  'ekm_access_denied',
  'team_access_not_granted',
  'user_removed_from_team',
  'team_disabled',
]);

/** Nothing left this machine. */
const notSentCodes = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/**
 * Calls Slack, and again with growing pauses while Slack is out of reach, overloaded or in trouble (`Retry-After` is
 * honoured). Rejects with the last error when `forMs` are over, at once for any error that will not pass.
 *
 * An answer that was lost looks like Slack out of reach: what is called may then be done more than once. `lostAnswers`
 * is how many of those are borne (unset: any number).
 */
export async function patiently<T>(
  call: () => Promise<T>,
  options: {
    forMs: number;
    passes?: (error: unknown) => boolean;
    lostAnswers?: number;
    /** Awaited before a call whose answer was lost is made again. */
    beforeRepeating?: () => Promise<unknown>;
    /** Called before each call; what it throws ends the tries. */
    beforeSend?: (() => void) | undefined;
    signal?: AbortSignal;
    onWait?: (error: unknown, pauseMs: number) => void;
  },
): Promise<T> {
  const { forMs, passes: mayPass = passes, lostAnswers = Number.POSITIVE_INFINITY, signal, onWait } = options;
  const { beforeRepeating, beforeSend } = options;
  const deadlineMs = Date.now() + forMs;
  let lost = 0;
  for (let nextPauseMs = firstPauseMs; ; nextPauseMs = Math.min(nextPauseMs * 2, longestPauseMs)) {
    signal?.throwIfAborted();
    beforeSend?.();
    try {
      return await call();
    } catch (error) {
      if (mayBeDone(error)) lost += 1;
      const pauseMs = Math.min(Math.max(retryAfterMs(error), nextPauseMs), longestRetryAfterMs);
      if (!mayPass(error) || lost > lostAnswers || Date.now() + pauseMs > deadlineMs) throw error;
      onWait?.(error, pauseMs);
      await pause(pauseMs, undefined, signal && { signal });
      if (!mayBeDone(error) || !beforeRepeating) continue;
      // Whatever stands in its way, the call itself may be done.
      await beforeRepeating().catch(() => {
        throw error;
      });
    }
  }
}

/** Whether the same call may succeed later, unchanged. What is no answer of Slack's passes: a proxy, a broken body. */
export function passes(error: unknown): boolean {
  if (error instanceof webApi.WebAPIHTTPError) return error.statusCode >= 500 || error.statusCode === 429;
  const code = slackErrorOf(error);
  return code === undefined || passesByItself(code);
}

/** Whether an error of Slack's own goes away by itself. */
export function passesByItself(code: string): boolean {
  return passingErrors.has(code);
}

/** Whether Slack refuses the token itself. */
export function refusesToken(code: string): boolean {
  return tokenRefusals.has(code);
}

/**
 * Whether Slack may have done what was asked: no answer came, none that can be read, or one of trouble, which says nothing of
 * what was done before it.
 */
export function mayBeDone(error: unknown): boolean {
  if (error instanceof webApi.WebAPIRequestError) return !wasNotSent(error.original);
  if (error instanceof webApi.WebAPIHTTPError) return error.statusCode >= 500;
  if (error instanceof webApi.WebAPIPlatformError) return troubles.has(slackErrorOf(error));
  return !(error instanceof webApi.SlackError);
}

/** Slack's `error` of an `ok: false`, such as `hash_conflict`; undefined where there is no code that reads like one. */
export function slackErrorOf(error: unknown): string | undefined {
  if (!(error instanceof webApi.WebAPIPlatformError)) return undefined;
  const code: unknown = error.data.error;
  return typeof code === 'string' && /^[a-z_]{1,60}$/.test(code) ? code : undefined;
}

/** What may be logged of an error from Slack's client: its class, a code, and what of a view Slack does not take. */
export function errorFields(error: unknown): { error: string; code?: string; refused?: string } {
  const code = codeOf(error);
  const refused = refusedPartOf(error);
  return { error: nameOfError(error), ...(code && { code }), ...(refused && { refused }) };
}

/** Slack's own code, the status, or why there was no answer, such as `ENOTFOUND` or `timeout`. */
function codeOf(error: unknown): string | undefined {
  if (error instanceof webApi.WebAPIHTTPError) return String(error.statusCode);
  if (!(error instanceof webApi.WebAPIRequestError)) return slackErrorOf(error);
  const { original } = error;
  return original instanceof HttpFailure ? (original.code ?? original.kind) : undefined;
}

/** Slack says in words what is wrong with which part; the words could hold what is in it. */
function refusedPartOf(error: unknown): string | undefined {
  if (!(error instanceof webApi.WebAPIPlatformError)) return undefined;
  const messages: unknown = error.data.response_metadata?.messages;
  return /\[json-pointer:([\w/]{1,200})\]/.exec(String(messages))?.[1];
}

function retryAfterMs(error: unknown): number {
  return error instanceof webApi.WebAPIRateLimitedError ? error.retryAfter * 1000 : 0;
}

/** Whether it failed before anything left this machine. `fetch` puts the system's error into the cause of its own. */
export function wasNotSent(error: unknown): boolean {
  if (error instanceof HttpFailure) return error.kind === 'not-sent';
  const cause = (error as { cause?: { code?: unknown } } | undefined)?.cause;
  return notSentCodes.has(String(cause?.code));
}
