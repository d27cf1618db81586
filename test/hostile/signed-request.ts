import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { World } from '../world.ts';

type Sent = {
  contentType?: string;
  /** How far the clock of who signs is ahead. */
  aheadSeconds?: number;
  signature?: string;
  /** Tells of a longer body than is sent. */
  claimedBytes?: number;
};

/** Any body at all, signed as Slack signs. Resolves with the answer's status and text. */
export async function postSigned(
  world: Pick<World, 'slack' | 'requestUrl'>,
  body: string | Buffer,
  { contentType = 'application/x-www-form-urlencoded', aheadSeconds = 0, signature, claimedBytes }: Sent = {},
): Promise<{ status: number; body: string }> {
  const timestamp = Math.floor(Date.now() / 1000) + aheadSeconds;
  const digest = createHmac('sha256', world.slack.signingSecret)
    .update(`v0:${timestamp}:`)
    .update(body)
    .digest('hex');
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; body: string }>();
  const outgoing = request(world.requestUrl, {
    method: 'POST',
    agent: false,
    headers: {
      'content-type': contentType,
      'content-length': claimedBytes ?? Buffer.byteLength(body),
      'x-slack-request-timestamp': String(timestamp),
      'x-slack-signature': signature ?? `v0=${digest}`,
    },
  });
  outgoing.on('response', (response) => {
    text(response).then((said) => resolve({ status: response.statusCode ?? 0, body: said }), reject);
  });
  outgoing.on('error', reject);
  if (claimedBytes === undefined) outgoing.end(body);
  else outgoing.write(body);
  return promise;
}

/** A command as Slack writes it. */
export function commandBody(world: Pick<World, 'slack'>, fields: Record<string, string> = {}): string {
  return new URLSearchParams({
    command: '/lastseen',
    text: 'nobody',
    channel_id: 'C0OPS',
    user_id: 'U0ANA',
    team_id: 'T0TEAM',
    trigger_id: '1.2.3',
    response_url: `${world.slack.apiUrl}nowhere`,
    ...fields,
  }).toString();
}
