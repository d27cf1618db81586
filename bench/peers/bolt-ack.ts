import { App } from '@slack/bolt';

// Bolt with its usual options, and nothing that acts: what a command costs at least in this framework.

const { SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET, SLACK_API_URL, PORT } = process.env;
const app = new App({
  token: SLACK_BOT_TOKEN ?? '',
  signingSecret: SLACK_SIGNING_SECRET ?? '',
  clientOptions: { slackApiUrl: SLACK_API_URL ?? '' },
});
app.command('/lastseen', ({ ack }) => ack());
process.on('SIGTERM', () => process.exit(0));
await app.start({ port: Number(PORT), host: '127.0.0.1' });
