import { setTimeout as pause } from 'node:timers/promises';
import { webApi } from '@slack/bolt';

const firstPauseMs = 500;
const longestPauseMs = 30_000;

/** Errors of Slack's own that go away by themselves; every other `ok: false` is an answer. */
export const passingErrors: ReadonlySet<string> = new Set([
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'ratelimited',
  'rate_limited',
]);

/**
 * Calls Slack, and again with growing pauses while Slack is out of reach, overloaded or in trouble (`Retry-After` is
 * honoured). Rejects with the last error when `forMs` are over, at once for any error that will not pass.
 *
 * An answer that was lost looks like Slack out of reach: what is called may then be done twice.
 */
export async function patiently<T>(
  call: () => Promise<T>,
  {
    forMs,
    signal,
    onWait,
  }: { forMs: number; signal?: AbortSignal; onWait?: (error: unknown, pauseMs: number) => void },
): Promise<T> {
  const deadlineMs = Date.now() + forMs;
  for (let nextPauseMs = firstPauseMs; ; nextPauseMs = Math.min(nextPauseMs * 2, longestPauseMs)) {
    try {
      return await call();
    } catch (error) {
      const pauseMs = error instanceof webApi.WebAPIRateLimitedError ? error.retryAfter * 1000 : nextPauseMs;
      if (!passes(error) || Date.now() + pauseMs > deadlineMs) throw error;
      onWait?.(error, pauseMs);
      await pause(pauseMs, undefined, signal && { signal });
    }
  }
}

/** Whether the same call may succeed later, unchanged. */
export function passes(error: unknown): boolean {
  if (error instanceof webApi.WebAPIPlatformError) return passingErrors.has(error.data.error);
  if (error instanceof webApi.WebAPIHTTPError) return error.statusCode >= 500;
  return error instanceof webApi.WebAPIRateLimitedError || error instanceof webApi.WebAPIRequestError;
}

/** What may be logged of an error from Slack's client: its class and Slack's code, never its message. */
export function errorFields(error: unknown): { error: string; code?: string } {
  if (error instanceof webApi.WebAPIPlatformError) return { error: error.name, code: error.data.error };
  if (error instanceof webApi.WebAPIHTTPError) return { error: error.name, code: String(error.statusCode) };
  return { error: error instanceof Error ? error.name : typeof error };
}

/** Slack's `error` of an `ok: false`, such as `hash_conflict`. */
export function slackErrorOf(error: unknown): string | undefined {
  return error instanceof webApi.WebAPIPlatformError ? error.data.error : undefined;
}
