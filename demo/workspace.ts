import type { WorkspaceSeed } from '../fakes/slack/types.ts';
import type { InstanceSeed } from '../fakes/zapi/types.ts';

export const WORKSPACE_NAME = 'Padaria Aurora';
/** Three people in three time zones, so that one message is read at three local times. */
export const WORKSPACE: Omit<WorkspaceSeed, 'botScopes'> = {
  teamId: 'T0AURORA1',
  teamDomain: 'padaria-aurora',
  users: [
    { id: 'U0ANA00001', name: 'Ana Souza', timezone: 'America/Sao_Paulo' },
    { id: 'U0BRUNO001', name: 'Bruno Lima', timezone: 'America/Manaus' },
    { id: 'U0CARLA001', name: 'Carla Dias', timezone: 'Europe/Lisbon' },
  ],
  channels: [
    {
      id: 'C0WHATSOPS',
      name: 'whatsapp-ops',
      kind: 'public',
      members: ['U0ANA00001', 'U0BRUNO001', 'U0CARLA001'],
      botIsMember: true,
    },
    {
      id: 'C0DIRETOR1',
      name: 'diretoria',
      kind: 'private',
      members: ['U0ANA00001', 'U0CARLA001'],
      botIsMember: false,
    },
    {
      id: 'D0ANABRUNO',
      name: 'Ana Souza, Bruno Lima',
      kind: 'dm',
      members: ['U0ANA00001', 'U0BRUNO001'],
      botIsMember: false,
    },
  ],
};

export const INSTANCE: InstanceSeed = {
  instanceId: '3D0AURORA0INSTANCE',
  instanceToken: 'demo-instance-token-4f1c',
  account: {
    phone: '5511987654321',
    name: WORKSPACE_NAME,
    lastSeen: 'ALL',
    disallowed: ['5511912340001', '5521998760002'],
    connected: true,
  },
};

export const CLIENT_TOKEN = 'Fdemo0client0token0a1b2c3';

/** What people had written before the visitor came, oldest first. */
export const SMALL_TALK: readonly { channel: string; person: string; minutesAgo: number; text: string }[] = [
  {
    channel: 'C0DIRETOR1',
    person: 'U0CARLA001',
    minutesAgo: 131,
    text: 'Nobody invited the bot in here. `/lastseen` works all the same.',
  },
  {
    channel: 'C0WHATSOPS',
    person: 'U0BRUNO001',
    minutesAgo: 52,
    text: 'Customers keep asking why nobody answers at night. They see our number was here five minutes ago :eyes:',
  },
  {
    channel: 'C0WHATSOPS',
    person: 'U0CARLA001',
    minutesAgo: 49,
    text: 'Could we show last seen to our contacts only? The suppliers still need it.',
  },
  {
    channel: 'C0WHATSOPS',
    person: 'U0ANA00001',
    minutesAgo: 47,
    text: 'Sure, no need to find the phone: `/lastseen` does it from here, and this channel sees who changed what.',
  },
  {
    channel: 'D0ANABRUNO',
    person: 'U0BRUNO001',
    minutesAgo: 24,
    text: 'Will you hide it from the old supplier? +55 21 99876-0002',
  },
];
