import { type Client, pressedButton } from './client.ts';
import type { DeliveryError } from './delivery.ts';
import { isJson } from './json.ts';
import { contentProblem, responseMessage } from './response-urls.ts';
import type { ChannelSeed, Message, Person, UserSeed } from './types.ts';

/**
 * Slack: "Slash commands are not shared": only people of the workspace that installed the app can invoke them. [doc]
 * Single-channel guests are "unable to use […] slash commands for added apps"; other guests are, unless an
 * administrator forbids it. [doc] (help center)
 */
const hasNoCommands = ({ kind }: UserSeed) => kind === 'outsider' || kind === 'single-channel-guest';

type ChannelClient = Pick<Person, 'types' | 'sees'> & {
  presses(target: { messageTs: string; channel: string }, actionId: string): Promise<void>;
};

/** The part of the client that shows channels: reading, typing, commands, buttons in messages. */
export function createChannelClient(client: Client): ChannelClient {
  const { user, workspace, triggers, payloads, responseUrls, deliver } = client;

  const isMember = (channelId: string) => workspace.channel(channelId)?.members.includes(user.id) === true;

  const sees = (channelId: string): Message[] =>
    workspace
      .messages(channelId)
      .filter(({ visibleTo }) => isMember(channelId) && (visibleTo === undefined || visibleTo === user.id));

  const place = (channelId: string): ChannelSeed => {
    const channel = workspace.channel(channelId);
    if (!channel || !isMember(channelId))
      throw new Error(`${user.id} is not in ${channelId} and can't act there`);
    return channel;
  };

  /** Slack's own client speaks, to this person only. */
  const slackbot = (channel: ChannelSeed, text: string) =>
    workspace.post({ channel: channel.id, via: 'slackbot', text, blocks: [], visibleTo: user.id });

  /** Slack's words for a command that it does not know. [thread] speak/issues#222 */
  const unknownCommand = (name: string) =>
    `${name} is not a valid command. In Slack, all messages that start with the "/" character are interpreted as commands.`;

  const command = async (channel: ChannelSeed, name: string, text: string) => {
    const here = { channelId: channel.id, userId: user.id };
    const reach = { triggerId: triggers.issue(user.id), responseUrl: responseUrls.issue('commands', here) };
    const answer = await deliver(payloads.command({ user, channel, command: name, text, ...reach }));
    // Slack: how a failed command is told. [thread]
    const failed = (error: DeliveryError | 'invalid_blocks') =>
      slackbot(channel, `${name} failed with the error "${error}"`);
    if (answer.kind === 'failed') return failed(answer.error);
    if (!isJson(answer.payload)) return undefined;
    const problem = contentProblem(answer.payload);
    if (problem === 'invalid_blocks') return failed(problem); // [inferred]
    return problem ? undefined : workspace.post(responseMessage(here, answer.payload, 'command_ack'));
  };

  return {
    sees,
    types: async (channelId, text, { force = false } = {}) => {
      const channel = place(channelId);
      // Slack: deactivated people are signed out. [doc]
      if (user.kind === 'deactivated' && !force) throw new Error(`${user.id} is deactivated and can't type`);
      // Slack: archived channels are read-only. [doc]
      if (channel.archived) throw new Error(`${channelId} is archived: nobody can type there`);
      const [, name, rest = ''] = /^(\/\S+)(?:\s+(.*))?$/s.exec(text) ?? [];
      // That they are told so in these words is [inferred].
      if (name && !force && hasNoCommands(user)) slackbot(channel, unknownCommand(name));
      else if (name) await command(channel, name, rest.trim());
      else workspace.post({ channel: channelId, via: 'person', from: user.id, text, blocks: [] });
    },
    presses: async (target, actionId) => {
      const channel = place(target.channel);
      const message = sees(target.channel).find(({ ts }) => ts === target.messageTs);
      if (!message) throw new Error(`${user.id} sees no message ${target.messageTs} in ${target.channel}`);
      const action = pressedButton(message.blocks, actionId);
      const here = { channelId: channel.id, userId: user.id, source: message.ts };
      const reach = { triggerId: triggers.issue(user.id), responseUrl: responseUrls.issue('actions', here) };
      const answer = await deliver(payloads.messageAction({ message, user, channel, action, ...reach }));
      // Slack's client marks the button; here a message of Slackbot says so. [inferred]
      if (answer.kind === 'failed') slackbot(channel, `This app did not respond (${answer.error}).`);
    },
  };
}
