import type { ChannelSeed, Message, UserSeed, WorkspaceSeed } from './types.ts';

export type NewMessage = Omit<Message, 'ts'>;

/** People, channels and messages. Knows no wire. */
export type Workspace = {
  readonly teamId: string;
  readonly teamDomain: string;
  readonly scopes: ReadonlySet<string>;
  readonly users: readonly UserSeed[];
  readonly channels: readonly ChannelSeed[];
  user(id: string): UserSeed | undefined;
  /** A channel of the seed, or a direct-message channel the bot opened. */
  channel(id: string): ChannelSeed | undefined;
  /** The bot's direct-message channel with a person, if there is one. */
  directChannel(userId: string): ChannelSeed | undefined;
  openDirectChannel(userId: string): ChannelSeed;
  post(message: NewMessage): Message;
  edit(channelId: string, ts: string, change: Pick<Message, 'text' | 'blocks'>): void;
  remove(channelId: string, ts: string): void;
  messages(channelId: string): Message[];
  /** Slack: a `ts` is unique in its channel and orders it; here unique in the workspace. */
  nextTs(): string;
};

export function createWorkspace(
  seed: WorkspaceSeed,
  { now, announce }: { now: () => number; announce: () => void },
): Workspace {
  const users = structuredClone(seed.users);
  const channels = structuredClone(seed.channels);
  const botChannels = new Map<string, ChannelSeed>();
  let messages: Message[] = [];
  let lastMicros = 0;

  const nextTs = () => {
    lastMicros = Math.max(lastMicros + 1, Math.floor(now()) * 1000);
    const seconds = Math.floor(lastMicros / 1_000_000);
    return `${seconds}.${String(lastMicros % 1_000_000).padStart(6, '0')}`;
  };

  const directChannel = (userId: string) =>
    botChannels.get(userId) ??
    channels.find(
      ({ kind, botIsMember, members }) => kind === 'dm' && botIsMember && members.includes(userId),
    );

  return {
    teamId: seed.teamId,
    teamDomain: seed.teamDomain,
    scopes: new Set(seed.botScopes),
    users,
    channels,
    user: (id) => users.find((user) => user.id === id),
    channel: (id) =>
      channels.find((channel) => channel.id === id) ??
      [...botChannels.values()].find((channel) => channel.id === id),
    directChannel,
    openDirectChannel: (userId) => {
      const known = directChannel(userId);
      if (known) return known;
      const opened: ChannelSeed = {
        id: `D0${userId}`,
        name: 'directmessage',
        kind: 'dm',
        members: [userId],
        botIsMember: true,
      };
      botChannels.set(userId, opened);
      announce();
      return opened;
    },
    post: (message) => {
      const posted = { ...message, ts: nextTs() };
      messages.push(posted);
      announce();
      return posted;
    },
    edit: (channelId, ts, change) => {
      messages = messages.map((message) =>
        message.channel === channelId && message.ts === ts ? { ...message, ...change } : message,
      );
      announce();
    },
    remove: (channelId, ts) => {
      messages = messages.filter((message) => message.channel !== channelId || message.ts !== ts);
      announce();
    },
    messages: (channelId) => messages.filter((message) => message.channel === channelId),
    nextTs,
  };
}
