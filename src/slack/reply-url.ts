import { setTimeout as pause } from 'node:timers/promises';
import type { types } from '@slack/bolt';
import { type Meter, noMeter } from '../privacy/meter.ts';
import { measuredFetch } from './measured-fetch.ts';
import { wasNotSent } from './patience.ts';

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

/** `lost`: no answer came, so that Slack may have taken it or not. */
export type Posted = 'taken' | 'refused' | 'lost';

/**
 * Posts through the response_url of a command, which works wherever the command was typed. The address is a capability:
 * it is never logged, and nothing thrown from here carries it. Tries again, for as long as `forMs`, where Slack was
 * overloaded or in trouble, and once more where an answer was lost. Rejects only when the signal ends it, and with what
 * `beforeSend` throws, which is called before each try.
 */
export async function postToReplyUrl(
  replyUrl: string,
  reply: Reply,
  {
    forMs = usualPatienceMs,
    beforeSend,
    signal,
    meter = noMeter,
  }: { forMs?: number; beforeSend?: () => void; signal?: AbortSignal; meter?: Meter } = {},
): Promise<Posted> {
  const deadlineMs = Date.now() + forMs;
  let lost = 0;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    signal?.throwIfAborted();
    beforeSend?.();
    const posted = await post(replyUrl, reply, measuredFetch(meter, 'response_url'));
    if (posted === 'lost') lost += 1;
    if (posted === 'taken' || posted === 'refused') return posted;
    if (lost > 1) return 'lost';
    if (Date.now() + pauseMs > deadlineMs) return lost > 0 ? 'lost' : 'refused';
    await pause(pauseMs, undefined, signal && { signal });
  }
}

async function post(replyUrl: string, reply: Reply, send: typeof fetch): Promise<Posted | 'not-now'> {
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
    if (response.status >= 500 || response.status === 429) return 'not-now';
    return response.ok && !/"ok"\s*:\s*false/.test(answer) ? 'taken' : 'refused';
  } catch (error) {
    return wasNotSent(error) ? 'not-now' : 'lost';
  }
}
