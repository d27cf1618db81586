import type { WorkspaceSeed } from '../fakes/slack/types.ts';

export const WORKSPACE_NAME = 'Padaria Aurora';
/** Whom to ask who may not. */
export const ADMIN = 'U0ANA00001';
/**
 * Three members in three time zones, so that one message is read at three local times; a guest, and somebody of an
 * agency, who has a channel in common with the team (Slack Connect).
 */
export const WORKSPACE: Omit<WorkspaceSeed, 'botScopes'> = {
  teamId: 'T0AURORA1',
  teamDomain: 'padaria-aurora',
  users: [
    { id: 'U0ANA00001', name: 'Ana Souza', timezone: 'America/Sao_Paulo' },
    { id: 'U0BRUNO001', name: 'Bruno Lima', timezone: 'America/Manaus' },
    { id: 'U0CARLA001', name: 'Carla Dias', timezone: 'Europe/Lisbon' },
    { id: 'U0DAVI0001', name: 'Davi (convidado)', timezone: 'America/Sao_Paulo', kind: 'guest' },
    {
      id: 'U0EVA00001',
      name: 'Eva (agência)',
      timezone: 'America/Sao_Paulo',
      kind: 'outsider',
      homeTeamId: 'T0AGENCIA1',
    },
  ],
  channels: [
    {
      id: 'C0WHATSOPS',
      name: 'whatsapp-ops',
      kind: 'public',
      members: ['U0ANA00001', 'U0BRUNO001', 'U0CARLA001', 'U0DAVI0001', 'U0EVA00001'],
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
    text: 'Customers keep asking why nobody answers at night. They see that *Vendas* was here five minutes ago :eyes:',
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
    text: 'Will you hide it from João Pedro too? +55 11 98888-1234',
  },
];
