import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startFakeSlack } from '../../../fakes/slack/fake-slack.ts';
import type { FakeSlack, UserGroupSeed, UserSeed } from '../../../fakes/slack/types.ts';
import { MIXED_WORKSPACE } from './fixtures.ts';
import { call } from './raw-app.ts';

let slack: FakeSlack;

beforeEach(async () => {
  slack = await startFakeSlack({ workspace: MIXED_WORKSPACE, now: () => 1_750_000_000_500 });
});

afterEach(() => slack.close());

const userIn = (id: string) => slack.users.find((user) => user.id === id) as UserSeed;
const groupIn = (id: string) => slack.userGroups.find((group) => group.id === id) as UserGroupSeed;
const info = async (user: string, more = {}) =>
  (await call(slack, 'users.info', { user, ...more }, { form: true })).user;

const everyone = (id: string, name: string, team = 'T1') => ({
  id,
  team_id: team,
  name,
  deleted: false,
  is_bot: false,
  is_app_user: false,
  updated: 1_750_000_000,
  profile: {
    real_name: name,
    real_name_normalized: name,
    display_name: name,
    display_name_normalized: name,
    team,
  },
});

const OURS = {
  is_admin: false,
  is_owner: false,
  is_primary_owner: false,
  is_restricted: false,
  is_ultra_restricted: false,
};

describe('users.info', () => {
  test.each([
    ['a member', { ...everyone('U1', 'ana'), ...OURS, real_name: 'ana', tz: 'America/Sao_Paulo' }],
    ['a member with no time zone', { ...everyone('U2', 'bruno'), ...OURS, real_name: 'bruno' }],
    [
      'a guest',
      { ...everyone('U3', 'gil'), ...OURS, real_name: 'gil', tz: 'Europe/Lisbon', is_restricted: true },
    ],
    [
      'a single-channel guest',
      {
        ...everyone('U4', 'rui'),
        ...OURS,
        real_name: 'rui',
        is_restricted: true,
        is_ultra_restricted: true,
      },
    ],
    ['an outsider', { ...everyone('U5', 'olga', 'T2'), real_name: 'olga', is_stranger: false }],
    ['a person who is deactivated', { ...everyone('U6', 'dora'), deleted: true }],
  ])('writes a user object for each kind of person: %s', async (_kind, user) => {
    expect(await info(user.id)).toEqual(user);
  });

  test('calls an outsider a stranger only where no channel is shared', async () => {
    expect(await info('U9')).toMatchObject({ team_id: 'T0ELSEWHERE', is_stranger: true });
    const [ops, town, secret] = slack.channels;
    secret?.members.push('U5');
    ops?.members.splice(0);
    expect((await info('U5')).is_stranger).toBe(true);
    town?.members.push('U5');
    expect((await info('U5')).is_stranger).toBe(false);
    town?.members.splice(0);
    if (secret) secret.botIsMember = true;
    expect((await info('U5')).is_stranger).toBe(false);
  });

  test("tells a locale only to an app that asks, and never an outsider's", async () => {
    expect(await info('U3')).not.toHaveProperty('locale');
    expect(await info('U3', { include_locale: true })).toMatchObject({ locale: 'pt-PT' });
    for (const other of ['U1', 'U5', 'U6'])
      expect(await info(other, { include_locale: true })).not.toHaveProperty('locale');
  });

  test('tells what a person has become', async () => {
    const ana = userIn('U1');
    ana.kind = 'guest';
    expect(await info('U1')).toMatchObject({ is_restricted: true, team_id: 'T1' });
    ana.kind = 'deactivated';
    expect(await info('U1')).toMatchObject({ deleted: true });
    ana.kind = 'outsider';
    ana.homeTeamId = 'T3';
    expect(await info('U1')).toMatchObject({ team_id: 'T3', profile: { team: 'T3' } });
    ana.kind = 'member';
    expect(await info('U1')).toMatchObject({ team_id: 'T1', is_restricted: false });
    expect(MIXED_WORKSPACE.users[0]).not.toHaveProperty('kind');
  });

  test('knows nobody who is not there', async () => {
    const nobody = { ok: false, error: 'user_not_found' };
    expect(await call(slack, 'users.info', { user: 'U8' })).toEqual(nobody);
    expect(await call(slack, 'users.info')).toEqual(nobody);
  });
});

test('opens no conversation with a person who is deactivated, or a stranger', async () => {
  const opened = async (users: string) => (await call(slack, 'conversations.open', { users })).error;
  expect(await opened('U6')).toBe('user_disabled');
  expect(await opened('U9')).toBe('invalid_user_combination');
  expect(await opened('U5')).toBeUndefined();
  expect(await opened('U8')).toBe('user_not_found');
});

describe('usergroups.users.list', () => {
  const listed = (body: Record<string, unknown>) =>
    call(slack, 'usergroups.users.list', body, { form: true });

  test('lists the people of a group as they are now', async () => {
    expect(await listed({ usergroup: 'S1' })).toEqual({ ok: true, users: ['U1', 'U2'] });
    groupIn('S1').users = ['U3'];
    expect(await listed({ usergroup: 'S1' })).toEqual({ ok: true, users: ['U3'] });
    expect(MIXED_WORKSPACE.userGroups?.[0]?.users).toEqual(['U1', 'U2']);
  });

  test('lists nobody of a disabled group unless asked', async () => {
    expect(await listed({ usergroup: 'S2' })).toEqual({ ok: false, error: 'no_such_subteam' });
    expect(await listed({ usergroup: 'S2', include_disabled: true })).toEqual({ ok: true, users: ['U1'] });
    groupIn('S1').disabled = true;
    expect(await listed({ usergroup: 'S1' })).toMatchObject({ error: 'no_such_subteam' });
  });

  test('knows no group that is not there, or not named', async () => {
    expect(await listed({ usergroup: 'S9' })).toEqual({ ok: false, error: 'no_such_subteam' });
    expect(await listed({})).toEqual({ ok: false, error: 'no_such_subteam' });
  });
});

test('usergroups.list lists the groups, and as much of them as is asked for', async () => {
  const list = async (body = {}) => (await call(slack, 'usergroups.list', body)).usergroups;
  const [ops, ...more] = await list();
  expect(more).toEqual([]);
  expect(ops).toMatchObject({ id: 'S1', team_id: 'T1', is_usergroup: true, handle: 'ops', date_delete: 0 });
  expect(ops).not.toHaveProperty('users');
  expect(ops).not.toHaveProperty('user_count');
  expect(await list({ include_disabled: true, include_users: true, include_count: true })).toMatchObject([
    { id: 'S1', name: 'Operations', users: ['U1', 'U2'], user_count: 2 },
    { id: 'S2', users: ['U1'], date_delete: 1_750_000_000 },
  ]);
});

test.each([
  ['users.info', 'users:read'],
  ['usergroups.list', 'usergroups:read'],
  ['usergroups.users.list', 'usergroups:read'],
])('asks for a scope and can be in trouble: %s', async (method, scope) => {
  const body = { user: 'U1', usergroup: 'S1' };
  slack.inject({ kind: 'slow', delayMs: 60, method, times: 1 });
  slack.inject({ kind: 'api-error', error: 'plan_upgrade_required', method, times: 1 });
  const startedAtMs = performance.now();
  expect(await call(slack, method, body)).toEqual({ ok: false, error: 'plan_upgrade_required' });
  expect(performance.now() - startedAtMs).toBeGreaterThanOrEqual(59);
  expect(await call(slack, method, body)).toMatchObject({ ok: true });
  await slack.close();
  slack = await startFakeSlack({ workspace: { ...MIXED_WORKSPACE, botScopes: ['chat:write'] } });
  expect(await call(slack, method, body)).toMatchObject({ error: 'missing_scope', needed: scope });
});
