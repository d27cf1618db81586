import { App, type types } from '@slack/bolt';

// Bolt that does what the bot must do at least: acknowledge, and open a form.

const { SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET, SLACK_API_URL, PORT } = process.env;
const plain = (text: string) => ({ type: 'plain_text' as const, text });
const view: types.ModalView = {
  type: 'modal',
  callback_id: 'form',
  title: plain('Last seen'),
  submit: plain('Save'),
  blocks: [
    {
      type: 'input',
      label: plain('Who can see last seen'),
      element: {
        type: 'static_select',
        action_id: 'chosen',
        options: ['Everyone', 'My contacts', 'My contacts except…', 'Nobody'].map((text) => ({
          text: plain(text),
          value: text,
        })),
      },
    },
  ],
};
const app = new App({
  token: SLACK_BOT_TOKEN ?? '',
  signingSecret: SLACK_SIGNING_SECRET ?? '',
  clientOptions: { slackApiUrl: SLACK_API_URL ?? '' },
});
app.command('/lastseen', async ({ ack, client, command }) => {
  await ack();
  await client.views.open({ trigger_id: command.trigger_id, view });
});
process.on('SIGTERM', () => process.exit(0));
await app.start({ port: Number(PORT), host: '127.0.0.1' });
