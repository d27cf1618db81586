import { App } from '@slack/bolt';

// The same as bolt-ack.ts, in Socket Mode.

const { SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_API_URL } = process.env;
const app = new App({
  token: SLACK_BOT_TOKEN ?? '',
  appToken: SLACK_APP_TOKEN ?? '',
  socketMode: true,
  clientOptions: { slackApiUrl: SLACK_API_URL ?? '' },
});
app.command('/lastseen', ({ ack }) => ack());
process.on('SIGTERM', () => process.exit(0));
await app.start();
