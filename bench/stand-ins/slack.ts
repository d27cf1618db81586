import { asker, team } from '../load/slack-requests.ts';
import { type StandIn, startStandIn } from './stand-in.ts';

/** Slack's Web API and its response_urls, as far as the bench needs them. */
export type SlackStandIn = StandIn & {
  /** Where apps connect to in Socket Mode. */
  socketUrl: string;
  apiUrl: string;
  replyUrl: string;
  /** The view that was opened or updated last, as the app sent it. */
  shown(): { id: string; content: View };
};

export type View = {
  callback_id: string;
  private_metadata: string;
  blocks: { type: string; block_id: string; element?: { type: string; action_id: string } }[];
};

const answers: Record<string, object> = {
  'auth.test': { ok: true, team_id: team, user_id: 'U0BOT', bot_id: 'B0BOT', url: 'https://padaria/' },
  'users.info': { ok: true, user: { id: asker, team_id: team, is_bot: false, is_restricted: false } },
  'chat.postMessage': { ok: true, ts: '1764000000.000100', channel: 'C0OPS' },
};

export async function startSlack(): Promise<SlackStandIn> {
  let views = 0;
  let shownBody = '';
  const standIn = await startStandIn((line, body) => {
    const method = /\/api\/([\w.]+)/.exec(line)?.[1];
    // A response_url.
    if (method === undefined) return 'ok';
    if (method === 'apps.connections.open') return JSON.stringify({ ok: true, url: slack.socketUrl });
    if (!method.startsWith('views.')) return JSON.stringify(answers[method] ?? { ok: false, error: method });
    if (method === 'views.open') views += 1;
    shownBody = body;
    return JSON.stringify({ ok: true, view: { id: `V0${views}`, hash: `1.${views}` } });
  });
  const slack: SlackStandIn = Object.assign(standIn, {
    socketUrl: '',
    apiUrl: `${standIn.url}/api/`,
    replyUrl: `${standIn.url}/reply/`,
    shown: () => ({
      id: `V0${views}`,
      content: JSON.parse(new URLSearchParams(shownBody).get('view') ?? '') as View,
    }),
  });
  return slack;
}
