import { setTimeout as pause } from 'node:timers/promises';
import type { types } from '@slack/bolt';

/** A message through a response_url. `in_channel` is seen by everybody there, `ephemeral` by the person alone. */
export type Reply = { response_type: 'in_channel' | 'ephemeral'; text: string; blocks?: types.KnownBlock[] };

/** How long Slack takes posts at a response_url: https://docs.slack.dev/interactivity/handling-user-interaction */
export const replyUrlLifeMs = 30 * 60 * 1000;

const timeoutMs = 5_000;
const pausesMs = [500, 2_000, 8_000];

/**
 * Posts through the response_url of a command, which works wherever the command was typed. The address is a capability:
 * it is never logged, and nothing thrown from here carries it.
 *
 * @returns whether Slack took it. Tries again where Slack was out of reach.
 */
export async function postToReplyUrl(replyUrl: string, reply: Reply): Promise<boolean> {
  for (const pauseMs of [...pausesMs, undefined]) {
    const status = await post(replyUrl, reply);
    if (status !== undefined && status < 500 && status !== 429) return status >= 200 && status < 300;
    if (pauseMs !== undefined) await pause(pauseMs);
  }
  return false;
}

/** The status, or undefined where no answer came. */
async function post(replyUrl: string, reply: Reply): Promise<number | undefined> {
  try {
    const response = await fetch(replyUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...reply, replace_original: false }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    await response.body?.cancel();
    return response.status;
  } catch {
    return undefined;
  }
}
