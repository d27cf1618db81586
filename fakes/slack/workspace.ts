import type { ChannelSeed, Message, UserGroupSeed, UserSeed, WorkspaceSeed } from './types.ts';

export type NewMessage = Omit<Message, 'ts'>;

export type Team = { id: string; domain: string };

/** Where an outsider is at home, when the seed does not say. */
const ELSEWHERE: Team = Object.freeze({ id: 'T0ELSEWHERE', domain: 'elsewhere' });

/** People, channels and messages. Knows no wire. */
export type Workspace = {
  readonly teamId: string;
  readonly teamDomain: string;
  readonly scopes: ReadonlySet<string>;
  readonly users: readonly UserSeed[];
  readonly channels: readonly ChannelSeed[];
  readonly userGroups: readonly UserGroupSeed[];
  /** When it was set up, in seconds since 1970. */
  readonly since: number;
  user(id: string): UserSeed | undefined;
  /** The workspace that a person belongs to. */
  teamOf(user: UserSeed): Team;
  /** Slack: of another organisation, and in no channel that the app has access to. [doc] */
  isStranger(user: UserSeed): boolean;
  userGroup(id: string): UserGroupSeed | undefined;
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
  const userGroups = structuredClone(seed.userGroups ?? []);
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
    userGroups,
    since: Math.floor(now() / 1000),
    user: (id) => users.find((user) => user.id === id),
    teamOf: ({ kind, homeTeamId: id = ELSEWHERE.id }) =>
      kind === 'outsider' ? { ...ELSEWHERE, id } : { id: seed.teamId, domain: seed.teamDomain },
    // That the app has access to every public channel is [inferred].
    isStranger: ({ kind, id }) =>
      kind === 'outsider' &&
      !channels.some(
        ({ kind: place, botIsMember, members }) =>
          (botIsMember || place === 'public') && members.includes(id),
      ),
    userGroup: (id) => userGroups.find((group) => group.id === id),
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
