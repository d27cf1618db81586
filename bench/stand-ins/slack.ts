import { asker, team } from '../load/slack-requests.ts';
import { type StandIn, startStandIn } from './stand-in.ts';

/** Slack's Web API and its response_urls, as far as the bench needs them. */
export type SlackStandIn = StandIn & { apiUrl: string; replyUrl: string };

const answers: Record<string, () => object> = {
  'auth.test': () => ({
    ok: true,
    team_id: team,
    user_id: 'U0BOT',
    bot_id: 'B0BOT',
    url: 'https://padaria/',
  }),
  'users.info': () => ({ ok: true, user: { id: asker, team_id: team, is_bot: false, is_restricted: false } }),
  'chat.postMessage': () => ({ ok: true, ts: '1764000000.000100', channel: 'C0OPS' }),
};

export async function startSlack(): Promise<SlackStandIn> {
  let views = 0;
  const standIn = await startStandIn((line) => {
    const method = /\/api\/([\w.]+)/.exec(line)?.[1];
    if (method === undefined) return 'ok';
    if (method === 'views.open') views += 1;
    const answer = answers[method] ?? (() => ({ ok: true, view: { id: `V0${views}`, hash: `1.${views}` } }));
    return JSON.stringify(answer());
  });
  return Object.assign(standIn, { apiUrl: `${standIn.url}/api/`, replyUrl: `${standIn.url}/reply/` });
}
