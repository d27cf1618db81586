import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { webApi } from '@slack/bolt';
import { Pool } from 'undici';

// Makes the calls that it is told, through the clients that the bot uses, and nothing else: what a change costs at least.

export type Step = { method: 'GET' | 'POST'; path: string; body: string }[];
/** Steps come one after another; the calls of one step at once. The message is posted at the end. */
export type Replay = { steps: Step[]; message: Record<string, string> };

const { SLACK_BOT_TOKEN, SLACK_API_URL, ZAPI_API_URL, ZAPI_CLIENT_TOKEN, PORT } = process.env;
const zapi = new Pool(ZAPI_API_URL ?? '', { connections: 8 });
const slack = new webApi.WebClient(SLACK_BOT_TOKEN, { slackApiUrl: SLACK_API_URL ?? '' });

async function call({ method, path, body }: Step[number]): Promise<void> {
  const headers = { 'client-token': ZAPI_CLIENT_TOKEN ?? '', 'content-type': 'application/json' };
  const answer = await zapi.request({ method, path, headers, body: body || null });
  JSON.parse(await answer.body.text());
}

async function replay({ steps, message }: Replay): Promise<void> {
  for (const step of steps) await Promise.all(step.map(call));
  await slack.apiCall('chat.postMessage', message);
}

const server = createServer(async (request, response) => {
  const body = await text(request);
  if (body.startsWith('{')) await replay(JSON.parse(body));
  response.end();
});
process.on('SIGTERM', () => process.exit(0));
server.listen(Number(PORT), '127.0.0.1');
