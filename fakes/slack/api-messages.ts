import { checkMessageBlocks, withIds } from './block-kit.ts';
import { LIMITS } from './block-kit-limits.ts';
import { asList, asString, type Json } from './json.ts';
import type { ChannelSeed } from './types.ts';
import { type ApiContext, type Method, refuse, refuseBlocks } from './web-api.ts';
import type { Workspace } from './workspace.ts';

/** Why Slack refuses what a message says, if it does. */
function contentRefusal({ text, blocks }: Json): Json | undefined {
  if (blocks != null && !Array.isArray(blocks)) return refuse('invalid_blocks_format');
  const findings = blocks == null ? [] : checkMessageBlocks(blocks);
  if (findings.length > 0) return refuseBlocks('invalid_blocks', findings); // error word: [thread]
  if (asString(text) === '' && asList(blocks).length === 0) return refuse('no_text');
  return asString(text).length > LIMITS.message.textMax ? refuse('msg_too_long') : undefined;
}

/** Slack: where a bot may post. [doc] */
function placeRefusal(channel: ChannelSeed | undefined, { scopes }: Workspace): string | undefined {
  // A private channel or a conversation that the bot is not in does not exist for it.
  if (!channel || (channel.kind !== 'public' && !channel.botIsMember)) return 'channel_not_found';
  if (channel.archived) return 'is_archived';
  if (!channel.botIsMember && !scopes.has('chat:write.public')) return 'not_in_channel';
  return undefined;
}

export function messageMethods({ workspace, payloads }: ApiContext): Record<string, Method> {
  /** Slack: a user id as channel means the bot's conversation with that person. [doc] */
  const placeOf = (id: string) =>
    workspace.user(id) ? workspace.openDirectChannel(id) : workspace.channel(id);
  const content = ({ text, blocks }: Json) => ({ text: asString(text), blocks: withIds(asList(blocks)) });

  return {
    'chat.postMessage': {
      token: 'bot',
      scope: 'chat:write',
      run: (body) => {
        const channel = placeOf(asString(body.channel));
        const error = placeRefusal(channel, workspace);
        if (!channel || error) return refuse(error ?? 'channel_not_found');
        const refused = contentRefusal(body);
        if (refused) return refused;
        const posted = workspace.post({ channel: channel.id, via: 'chat.postMessage', ...content(body) });
        return { ok: true, channel: channel.id, ts: posted.ts, message: payloads.message(posted) };
      },
    },
    // Slack: needs no scope. [doc] That it knows the channels that the bot could post in is [inferred].
    'chat.getPermalink': {
      token: 'bot',
      run: ({ channel: id, message_ts: messageTs }) => {
        const channel = workspace.channel(asString(id));
        if (!channel || (channel.kind !== 'public' && !channel.botIsMember))
          return refuse('channel_not_found');
        const ts = asString(messageTs);
        if (!workspace.messages(channel.id).some((message) => message.ts === ts))
          return refuse('message_not_found');
        const permalink = `https://${workspace.teamDomain}.slack.com/archives/${channel.id}/p${ts.replace('.', '')}`;
        return { ok: true, channel: channel.id, permalink };
      },
    },
    'chat.postEphemeral': {
      token: 'bot',
      scope: 'chat:write',
      run: (body) => {
        const channel = workspace.channel(asString(body.channel));
        const error = placeRefusal(channel, workspace);
        if (!channel || error) return refuse(error ?? 'channel_not_found');
        const visibleTo = asString(body.user);
        if (!channel.members.includes(visibleTo)) return refuse('user_not_in_channel');
        const refused = contentRefusal(body);
        if (refused) return refused;
        const sent = { channel: channel.id, via: 'chat.postEphemeral', visibleTo, ...content(body) } as const;
        return { ok: true, message_ts: workspace.post(sent).ts };
      },
    },
  };
}
