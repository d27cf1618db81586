import { setTimeout as pause } from 'node:timers/promises';
import { HttpFailure, type Reply } from '../http.ts';

/** Pauses before the second, third and fourth try. */
const pausesMs = [300, 1_000, 3_000];

/**
 * Sends, and sends again where that can do no harm, until `deadlineMs` (milliseconds since 1970).
 *
 * - Not sent (refused connection, unknown host, no connection in time): nothing arrived, so it may always be sent again.
 * - 429: turned away before it was looked at; sent again after `Retry-After`.
 * - 5xx, or a connection that broke: it may have been done, so only a `harmless` request, one that may be done twice, is
 *   sent again. A change of the list is not: what a second `add` of the same number does is not documented.
 * - A timeout has used up the time; any other answer is an answer.
 *
 * `beforeSend` is called before each try; what it throws ends the tries. So does the signal, with its reason.
 */
export async function sendWithRetries(
  send: (timeoutMs: number) => Promise<Reply>,
  {
    harmless,
    deadlineMs,
    beforeSend,
    signal,
  }: {
    harmless: boolean;
    deadlineMs: number;
    beforeSend?: (() => void) | undefined;
    signal?: AbortSignal | undefined;
  },
): Promise<Reply> {
  let perhapsDone: Reply | HttpFailure | undefined;
  for (let attempt = 0; ; attempt += 1) {
    beforeSend?.();
    const result = await send(deadlineMs - Date.now()).catch((error: unknown) => {
      if (error instanceof HttpFailure) return error;
      throw error;
    });
    signal?.throwIfAborted();
    const pauseMs = pauseBeforeRetry(result, attempt, harmless);
    if (pauseMs === undefined || Date.now() + pauseMs >= deadlineMs) {
      // A last try that nobody looked at says nothing of an earlier one.
      const told = wasNotLookedAt(result) ? (perhapsDone ?? result) : result;
      if (told instanceof HttpFailure) throw told;
      return perhapsDone ? { ...told, perhapsDoneBefore: true } : told;
    }
    if (!wasNotLookedAt(result)) perhapsDone = result;
    await pause(pauseMs, undefined, signal && { signal }).catch(() => signal?.throwIfAborted());
  }
}

function wasNotLookedAt(result: Reply | HttpFailure): boolean {
  return result instanceof HttpFailure ? result.kind === 'not-sent' : result.status === 429;
}

function pauseBeforeRetry(
  result: Reply | HttpFailure,
  attempt: number,
  harmless: boolean,
): number | undefined {
  const pauseMs = pausesMs[attempt];
  if (pauseMs === undefined) return undefined;
  if (result instanceof HttpFailure) {
    return result.kind === 'not-sent' || (result.kind === 'cut' && harmless) ? pauseMs : undefined;
  }
  if (result.status !== 429 && !(result.status >= 500 && harmless)) return undefined;
  return Math.max(result.retryAfterMs ?? 0, pauseMs);
}
