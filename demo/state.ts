import type { Message, OpenModal } from '../fakes/slack/types.ts';
import type { WhatsappAccount, ZapiRequest } from '../fakes/zapi/types.ts';
import { isOn } from './faults.ts';
import type { Locale, SlashCommand, World } from './world.ts';

export type PageMessage = {
  ts: string;
  author: { kind: 'person'; id: string; name: string } | { kind: 'app' | 'slackbot'; name: string };
  text: string;
  blocks: unknown[];
  onlyVisibleToYou: boolean;
};

export type PageChannel = {
  id: string;
  name: string;
  kind: 'public' | 'private' | 'dm' | 'app';
  memberCount: number;
  botIsMember: boolean;
  messages: PageMessage[];
};

export type PagePerson = {
  id: string;
  name: string;
  timezone: string;
  kind: 'member' | 'guest' | 'outsider';
};

export type PageNumber = { name: string; label: string; instanceId: string; account: WhatsappAccount };

export type PageFault = { id: string; side: 'Z-API' | 'Slack'; label: string; effect: string; on: boolean };

/** Everything one person's page shows. Sent whole after each change: small, and nothing can drift. */
export type PageState = {
  workspaceName: string;
  botName: string;
  botUserId: string;
  /** Sockets the bot holds: 0 means that Slack can't reach it now. */
  botConnections: number;
  viewer: PagePerson;
  people: PagePerson[];
  channels: PageChannel[];
  commands: readonly SlashCommand[];
  modal: OpenModal | null;
  numbers: PageNumber[];
  /** Oldest first, as they arrived. */
  requests: ZapiRequest[];
  faults: PageFault[];
  /** The language that the bot speaks. */
  locale: Locale;
  takesFewChanges: boolean;
};

const DEFAULT_TIMEZONE = 'America/Sao_Paulo';

/** What this person sees now; other people's ephemeral messages, private channels and forms are not in it. */
export function stateFor(world: World, personId: string): PageState {
  const { slack, zapi } = world;
  const words = world.words[world.bot.locale];
  const people = slack.users.map(({ id, name, timezone = DEFAULT_TIMEZONE, kind }) => ({
    id,
    name,
    timezone,
    kind: kind === 'guest' || kind === 'outsider' ? kind : ('member' as const),
  }));
  const viewer = people.find(({ id }) => id === personId);
  if (!viewer) throw new Error('No such person');

  return {
    workspaceName: world.workspaceName,
    botName: words.botName,
    botUserId: slack.botUserId,
    botConnections: slack.connections(),
    viewer,
    people,
    channels: channelsFor(world, viewer, people),
    commands: words.commands,
    modal: slack.person(personId).modal() ?? null,
    numbers: world.numbers.map(({ name, label, instanceId }) => ({
      name,
      label,
      instanceId,
      account: zapi.account(instanceId),
    })),
    requests: [...zapi.requests],
    faults: world.faultSwitches.map((faultSwitch) => ({
      id: faultSwitch.id,
      side: faultSwitch.side,
      label: faultSwitch.label,
      effect: faultSwitch.effect,
      on: isOn(faultSwitch, world),
    })),
    locale: world.bot.locale,
    takesFewChanges: world.bot.takesFewChanges,
  };
}

function channelsFor(world: World, viewer: PagePerson, people: PagePerson[]): PageChannel[] {
  const { slack } = world;
  const nameOf = (id: string) => people.find((person) => person.id === id)?.name ?? id;
  const messagesIn = (channelId: string) =>
    slack
      .person(viewer.id)
      .sees(channelId)
      .map((message) => pageMessage(message, world, nameOf));
  const channels = slack.channels
    .filter(({ members }) => members.includes(viewer.id))
    .map((channel): PageChannel => {
      return {
        id: channel.id,
        name:
          channel.kind === 'dm'
            ? channel.members
                .filter((id) => id !== viewer.id)
                .map(nameOf)
                .join(', ')
            : channel.name,
        kind: channel.kind,
        memberCount: channel.members.length,
        botIsMember: channel.botIsMember,
        messages: messagesIn(channel.id),
      };
    });

  // The bot's own conversation with this person is there once it has said something.
  const botChannelId = slack.directMessages(viewer.id)[0]?.channel;
  if (botChannelId && !channels.some(({ id }) => id === botChannelId)) {
    channels.push({
      id: botChannelId,
      name: botNameIn(world),
      kind: 'app',
      memberCount: 2,
      botIsMember: true,
      messages: messagesIn(botChannelId),
    });
  }
  return channels;
}

function pageMessage(message: Message, world: World, nameOf: (id: string) => string): PageMessage {
  return {
    ts: message.ts,
    author: authorOf(message, world, nameOf),
    text: message.text,
    blocks: message.blocks,
    onlyVisibleToYou: message.visibleTo !== undefined,
  };
}

function authorOf(
  { via, from = '' }: Message,
  world: World,
  nameOf: (id: string) => string,
): PageMessage['author'] {
  if (via === 'person') return { kind: 'person', id: from, name: nameOf(from) };
  return via === 'slackbot'
    ? { kind: 'slackbot', name: 'Slackbot' }
    : { kind: 'app', name: botNameIn(world) };
}

function botNameIn({ words, bot }: World): string {
  return words[bot.locale].botName;
}
