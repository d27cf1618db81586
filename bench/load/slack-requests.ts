import { createHmac } from 'node:crypto';

export const signingSecret = 'bench-signing-secret';
export const botToken = 'xoxb-bench';
export const appToken = 'xapp-bench';
export const asker = 'U0ANA';
export const team = 'T0TEAM';
export const channel = 'C0OPS';

let commands = 0;

/** A slash command's payload, with a trigger of its own. */
export function commandFields(text: string, { replyUrl }: { replyUrl: string }) {
  commands += 1;
  const triggerId = `${commands}.1.bench`;
  return {
    token: 'verification',
    team_id: team,
    team_domain: 'padaria',
    channel_id: channel,
    channel_name: 'whatsapp-ops',
    user_id: asker,
    user_name: 'ana',
    command: '/lastseen',
    text,
    api_app_id: 'A0BENCH',
    is_enterprise_install: 'false',
    response_url: `${replyUrl}${triggerId}`,
    trigger_id: triggerId,
  };
}

/** The same, as Slack posts it. */
export function command(
  text: string,
  { replyUrl }: { replyUrl: string },
): { triggerId: string; request: Buffer } {
  const fields = commandFields(text, { replyUrl });
  return { triggerId: fields.trigger_id, request: signed(new URLSearchParams(fields).toString()) };
}

/** What somebody did in a form, as Slack sends it. */
export function interaction(payload: object): Buffer {
  const whole = {
    user: { id: asker, username: 'ana', name: 'ana', team_id: team },
    team: { id: team, domain: 'padaria' },
    api_app_id: 'A0BENCH',
    token: 'verification',
    enterprise: null,
    is_enterprise_install: false,
    ...payload,
  };
  return signed(new URLSearchParams({ payload: JSON.stringify(whole) }).toString());
}

function signed(body: string): Buffer {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
  return Buffer.from(
    [
      'POST /slack/events HTTP/1.1',
      'host: 127.0.0.1',
      'content-type: application/x-www-form-urlencoded',
      `content-length: ${Buffer.byteLength(body)}`,
      'user-agent: Slackbot 1.0 (+https://api.slack.com/robots)',
      `x-slack-request-timestamp: ${timestamp}`,
      `x-slack-signature: v0=${signature}`,
      '',
      body,
    ].join('\r\n'),
  );
}
