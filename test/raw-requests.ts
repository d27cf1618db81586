import { createHmac } from 'node:crypto';
import type { Person } from '../fakes/slack/types.ts';
import { formOf, type World } from './world.ts';

/** Puts another view in the place of an open form, as an older version of the bot might have left it there. */
export async function replaceForm(
  world: World,
  person: Person,
  change: { callbackId?: string; privateMetadata?: string; blocks?: unknown[] },
): Promise<void> {
  const form = { ...formOf(world, person).open(), ...change };
  const plain = (text = '') => ({ type: 'plain_text', text });
  const reply = await fetch(`${world.slack.apiUrl}views.update`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${world.slack.botToken}` },
    body: JSON.stringify({
      view_id: form.viewId,
      view: {
        type: 'modal',
        callback_id: form.callbackId,
        private_metadata: form.privateMetadata,
        title: plain(form.title),
        submit: plain(form.submit),
        close: plain(form.close),
        blocks: form.blocks,
      },
    }),
  });
  const { ok, ...refused } = (await reply.json()) as { ok: boolean };
  if (!ok) throw new Error(JSON.stringify(refused));
}

/** A request as Slack sends it in HTTP mode, or nearly so. */
export async function postToBot(
  world: Pick<World, 'slack' | 'requestUrl'>,
  fields: Record<string, string>,
  { secret = world.slack.signingSecret, agedSeconds = 0 } = {},
): Promise<{ status: number; body: string }> {
  const body = new URLSearchParams(fields).toString();
  const timestamp = Math.floor(Date.now() / 1000) - agedSeconds;
  const signature = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  const response = await fetch(world.requestUrl, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': String(timestamp),
      'x-slack-signature': `v0=${signature}`,
    },
    body,
  });
  return { status: response.status, body: await response.text() };
}
