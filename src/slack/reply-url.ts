import { setTimeout as pause } from 'node:timers/promises';
import type { types } from '@slack/bolt';
import { type Meter, noMeter } from '../privacy/meter.ts';
import { measuredFetch } from './measured-fetch.ts';
import { longestRetryAfterMs, wasNotSent } from './patience.ts';

/** A message through a response_url. `in_channel` is seen by everybody there, `ephemeral` by the person alone. */
export type Reply = {
  response_type: 'in_channel' | 'ephemeral';
  text: string;
  blocks?: types.KnownBlock[];
  /** In place of the message whose button was pressed. */
  replace_original?: boolean;
};

/** How long Slack takes posts at a response_url: https://docs.slack.dev/interactivity/handling-user-interaction */
export const replyUrlLifeMs = 30 * 60 * 1000;

const timeoutMs = 5_000;
const firstPauseMs = 500;
const longestPauseMs = 30_000;
const usualPatienceMs = 12_000;
/** The pauses before it is sent again after an answer that was lost: Slack takes five posts, and the channel may see each. */
const usualLostPausesMs = [500];

/** `lost`: no answer came, or one of trouble (a 5xx), so that Slack may have taken it or not. */
export type Posted = 'taken' | 'refused' | 'lost';

/**
 * Posts through the response_url of a command, which works wherever the command was typed. The address is a capability:
 * it is never logged, and nothing thrown from here carries it. Tries again, for as long as `forMs`, where Slack was
 * overloaded or out of reach, and as often as there are `lostPausesMs` where an answer was lost. Rejects only when the
 * signal ends it, and with what `beforeSend` throws, which is called before each try.
 */
export async function postToReplyUrl(
  replyUrl: string,
  reply: Reply,
  {
    forMs = usualPatienceMs,
    lostPausesMs = usualLostPausesMs,
    beforeSend,
    signal,
    meter = noMeter,
  }: {
    forMs?: number;
    lostPausesMs?: readonly number[];
    beforeSend?: () => void;
    signal?: AbortSignal;
    meter?: Meter;
  } = {},
): Promise<Posted> {
  const deadlineMs = Date.now() + forMs;
  const lostPauses = lostPausesMs.values();
  let wasLost = false;
  for (let nextPauseMs = firstPauseMs; ; nextPauseMs = Math.min(nextPauseMs * 2, longestPauseMs)) {
    signal?.throwIfAborted();
    beforeSend?.();
    const posted = await post(replyUrl, reply, measuredFetch(meter, 'response_url'));
    if (posted === 'taken') return posted;
    wasLost ||= posted === 'lost';
    const pauseMs = typeof posted === 'number' ? Math.max(posted, nextPauseMs) : lostPauses.next().value;
    const isOver = posted === 'refused' || pauseMs === undefined || Date.now() + pauseMs > deadlineMs;
    // A refusal may be of the same message, which was taken before.
    if (isOver) return wasLost ? 'lost' : 'refused';
    await pause(pauseMs, undefined, signal && { signal });
  }
}

/** A number: it was not taken, and is not to be sent again within so many milliseconds. */
async function post(replyUrl: string, reply: Reply, send: typeof fetch): Promise<Posted | number> {
  try {
    const response = await send(replyUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ replace_original: false, ...reply }),
      // Slack answers by itself; whoever sends us elsewhere is not Slack.
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const answer = await response.text();
    if (response.status === 429) return retryAfterMs(response);
    if (response.status >= 500) return 'lost';
    return response.ok && !/"ok"\s*:\s*false/.test(answer) ? 'taken' : 'refused';
  } catch (error) {
    return wasNotSent(error) ? 0 : 'lost';
  }
}

function retryAfterMs({ headers }: Response): number {
  const seconds = Number(headers.get('retry-after'));
  return Math.min(seconds > 0 ? seconds * 1000 : 0, longestRetryAfterMs);
}
