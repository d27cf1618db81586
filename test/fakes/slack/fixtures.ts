import type { WorkspaceSeed } from '../../../fakes/slack/types.ts';

export const WORKSPACE: WorkspaceSeed = {
  teamId: 'T1',
  teamDomain: 'acme',
  users: [
    { id: 'U1', name: 'ana', timezone: 'America/Sao_Paulo' },
    { id: 'U2', name: 'bruno' },
  ],
  channels: [
    { id: 'C1', name: 'ops', kind: 'public', members: ['U1', 'U2'], botIsMember: true },
    { id: 'C2', name: 'town', kind: 'public', members: ['U1'], botIsMember: false },
    { id: 'C3', name: 'secret', kind: 'private', members: ['U1'], botIsMember: false },
    { id: 'C4', name: 'old', kind: 'public', members: ['U1'], botIsMember: true, archived: true },
    { id: 'C5', name: 'vault', kind: 'private', members: ['U1'], botIsMember: true },
    { id: 'D1', name: 'ana, bruno', kind: 'dm', members: ['U1', 'U2'], botIsMember: false },
  ],
  userGroups: [
    { id: 'S1', handle: 'ops', name: 'Operations', users: ['U1', 'U2'] },
    { id: 'S2', handle: 'former', name: 'Former', users: ['U1'], disabled: true },
  ],
  botScopes: ['chat:write', 'im:write', 'users:read', 'usergroups:read', 'commands'],
};

/** The same, with a person of each kind in C1. U9 is in C3 alone, where the bot is not. */
export const MIXED_WORKSPACE: WorkspaceSeed = {
  ...WORKSPACE,
  users: [
    ...WORKSPACE.users,
    { id: 'U3', name: 'gil', kind: 'guest', timezone: 'Europe/Lisbon', locale: 'pt-PT' },
    { id: 'U4', name: 'rui', kind: 'single-channel-guest' },
    { id: 'U5', name: 'olga', kind: 'outsider', homeTeamId: 'T2', timezone: 'Europe/Paris', locale: 'fr-FR' },
    { id: 'U6', name: 'dora', kind: 'deactivated', timezone: 'Europe/Lisbon', locale: 'pt-PT' },
    { id: 'U9', name: 'otto', kind: 'outsider' },
  ],
  channels: WORKSPACE.channels.map((channel) => {
    if (channel.id === 'C1') return { ...channel, members: ['U1', 'U2', 'U3', 'U4', 'U5', 'U6'] };
    return channel.id === 'C3' ? { ...channel, members: ['U1', 'U9'] } : channel;
  }),
};

type Fields = Record<string, unknown>;

export const plain = (text: string) => ({ type: 'plain_text', text });

export const option = (value: string) => ({ text: plain(value.toUpperCase()), value });

export const input = (blockId: string, element: Fields, more: Fields = {}): Fields => ({
  type: 'input',
  block_id: blockId,
  label: plain('A label'),
  element: { action_id: 'it', ...element },
  ...more,
});

export const textInput = (blockId: string, element: Fields = {}, more: Fields = {}): Fields =>
  input(blockId, { type: 'plain_text_input', ...element }, more);

export const select = (blockId: string, element: Fields = {}, more: Fields = {}): Fields =>
  input(blockId, { type: 'static_select', options: [option('a'), option('b')], ...element }, more);

export const section = (text: string): Fields => ({ type: 'section', text: { type: 'mrkdwn', text } });

export const buttons = (...actionIds: string[]): Fields => ({
  type: 'actions',
  block_id: 'buttons',
  elements: actionIds.map((id) => ({
    type: 'button',
    action_id: id,
    text: plain('Press'),
    value: `value of ${id}`,
  })),
});

export const modal = (blocks: Fields[] = [textInput('name')], more: Fields = {}): Fields => ({
  type: 'modal',
  callback_id: 'form',
  title: plain('Form'),
  submit: plain('Save'),
  close: plain('Cancel'),
  blocks,
  ...more,
});
