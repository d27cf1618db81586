import type { Config } from '../config.ts';
import { askSlack, slackDidNotAnswer } from './ask-slack.ts';
import { type Finding, notChecked, ok, toDo } from './finding.ts';

/** A moment at which no bot posted anything. */
const noMessage = '1000000000.000000';

/**
 * Whether the bot finds the channels that are told of changes. Posting is not tried: the question is for the link to a
 * message that does not exist, which needs no scope, and shows and changes nothing
 * (https://docs.slack.dev/reference/methods/chat.getPermalink).
 */
export async function checkChannels(config: Config): Promise<Finding[]> {
  const channels = [...new Set(config.numbers.flatMap(({ auditChannel }) => auditChannel ?? []))];
  if (channels.length === 0)
    return [ok('audit-channel', 'Changes are told where they are asked for: AUDIT_CHANNEL is not set.')];
  return Promise.all(channels.map((channel) => checkChannel(config, channel)));
}

async function checkChannel(config: Config, channel: string): Promise<Finding> {
  const name = `audit-channel-${channel}`;
  const { apiUrl, botToken: token } = config.slack;
  const answer = await askSlack(apiUrl, 'chat.getPermalink', {
    token,
    fields: { channel, message_ts: noMessage },
  });
  if (answer.kind === 'no-answer') return slackDidNotAnswer(name, answer.why);
  if (answer.ok || answer.error === 'message_not_found')
    return ok(
      name,
      `The bot finds the channel ${channel}. That it may post there is seen with the first message.`,
    );
  if (answer.error === 'channel_not_found')
    return toDo(
      name,
      `The bot finds no channel ${channel}.`,
      'If it is private, invite the bot there (/invite); otherwise compare the id with the channel (About).',
    );
  return notChecked(name, `Slack did not say whether there is a channel ${channel} (${answer.error}).`);
}
