import { describe, expect, jest, test } from '@jest/globals';
import type { FakeSlack } from '../../fakes/slack/types.ts';
import type { Finding } from '../../src/doctor/finding.ts';
import { privateChannel, workspace } from '../world.ts';
import { startOddSlack } from './odd-slack.ts';
import { foundIn, startStage } from './stage.ts';

// Side by side, on a machine that may be busy.
jest.setTimeout(60_000);

const disabled = { id: 'S0OLD', handle: 'old', name: 'Old', users: ['U0ANA'], disabled: true };
const withoutScopes = (...names: string[]) => workspace.botScopes.filter((scope) => !names.includes(scope));

describe('the doctor names what is wrong at Slack', () => {
  test.concurrent('a bot token that Slack refuses', async () => {
    await using stage = await startStage('socket');
    const { ok, toDo, find } = await stage.examine({ SLACK_BOT_TOKEN: 'xoxb-other' });
    expect([ok, toDo]).toEqual([false, ['slack-token']]);
    expect(find('slack-token')).toMatchObject({
      says: 'Slack refuses the token in SLACK_BOT_TOKEN (invalid_auth).',
      todo: expect.stringContaining('OAuth & Permissions'),
    });
  });

  test.concurrent('scopes that are missing, by name; one that is too many is no fault', async () => {
    const botScopes = [...withoutScopes('users:read', 'im:write'), 'files:read'];
    await using stage = await startStage('socket', { botScopes });
    const { toDo, find } = await stage.examine();
    expect(toDo).toEqual(['slack-scopes']);
    expect(find('slack-scopes')).toMatchObject({
      says: 'The app lacks the scopes im:write, users:read.',
      todo: expect.stringContaining('install the app again'),
    });
  });

  test.concurrent('a scope that only user groups need, where there are some', async () => {
    const botScopes = [...withoutScopes('usergroups:read'), 'files:read'];
    await using stage = await startStage('socket', { botScopes });
    const without = await stage.examine();
    expect(without.toDo).toEqual([]);
    expect(without.find('slack-scopes')?.says).toBe(
      'The app has the scopes that it needs, and files:read, which it does not.',
    );
    const { toDo, find } = await stage.examine({ ALLOWED_USERGROUPS: 'S0OPS' });
    expect(toDo).toEqual(['slack-scopes', 'user-group-S0OPS']);
    expect(find('user-group-S0OPS')?.says).toBe('The app may not read user groups.');
  });

  test.concurrent('an app-level token that Slack refuses', async () => {
    await using stage = await startStage('socket');
    stage.slack.revokeToken('app');
    const { toDo, find } = await stage.examine();
    expect(toDo).toEqual(['slack-connection']);
    expect(find('slack-connection')).toMatchObject({
      says: 'Slack refuses the token in SLACK_APP_TOKEN (invalid_auth).',
      todo: expect.stringContaining('connections:write'),
    });
  });

  test.concurrent('a socket that can not be opened', async () => {
    await using stage = await startStage('socket');
    stage.slack.inject({ kind: 'socket-refused' });
    const { toDo, find } = await stage.examine();
    expect(toDo).toEqual(['slack-connection']);
    expect(find('slack-connection')?.todo).toContain('wss://');
  });

  test.concurrent('a channel that the bot does not find', async () => {
    await using stage = await startStage('socket');
    const { toDo, find } = await stage.examine({ AUDIT_CHANNEL: privateChannel });
    expect(toDo).toEqual([`audit-channel-${privateChannel}`]);
    expect(find(`audit-channel-${privateChannel}`)?.todo).toContain('/invite');
  });

  test.concurrent('user groups that are not there, are disabled, or have nobody', async () => {
    const empty = { id: 'S0EMPTY', handle: 'empty', name: 'Empty', users: [] };
    await using stage = await startStage('socket', { userGroups: [disabled, empty] });
    const { toDo, find } = await stage.examine({ ALLOWED_USERGROUPS: 'S0NONE,S0OLD,S0EMPTY' });
    expect(toDo).toEqual(['user-group-S0NONE', 'user-group-S0OLD', 'user-group-S0EMPTY']);
    expect(find('user-group-S0EMPTY')?.says).toBe('The group S0EMPTY has nobody in it.');
  });

  test.concurrent.each([
    [10, 'behind'],
    [-10, 'ahead of'],
  ])('a clock that is %i minutes from this one', async (minutes, word) => {
    await using stage = await startStage('socket', { now: () => Date.now() + minutes * 60_000 });
    const { toDo, find } = await stage.examine();
    expect(toDo).toEqual(['clock']);
    expect(find('clock')?.says).toBe(`This machine's clock is 10 minutes ${word} Slack's.`);
  });

  test.concurrent('a clock that is half a minute off is right', async () => {
    await using stage = await startStage('socket', { now: () => Date.now() + 30_000 });
    expect((await stage.examine()).toDo).toEqual([]);
  });

  test.concurrent('a view that Slack does not take', async () => {
    await using stage = await startStage('socket');
    const errors = [{ code: 'failed_constraint', message: 'must be less', pointer: '/view/title' }];
    const reply = { ok: false, error: 'invalid_blocks', errors };
    await using odd = await startOddSlack(stage.slack.apiUrl, { 'blocks.validate': reply });
    const { toDo, find } = await stage.examine({ SLACK_API_URL: odd.apiUrl });
    expect(toDo).toEqual(['slack-blocks']);
    expect(find('slack-blocks')?.says).toMatch(
      /^Slack does not take .* \(\/view\/title must be less\); .* and 36 more\.$/,
    );
  });

  test.concurrent('two tokens of two apps', async () => {
    await using stage = await startStage('socket');
    const reply = { ok: true, bot: { id: 'B0FAKEBOT', app_id: 'A0OTHER' } };
    await using odd = await startOddSlack(stage.slack.apiUrl, { 'bots.info': reply });
    const { toDo, find } = await stage.examine({ SLACK_API_URL: odd.apiUrl });
    expect(toDo).toEqual(['slack-app']);
    expect(find('slack-app')?.todo).toContain('same app');
  });
});

describe('a Slack that does not answer is to be mended, and what depends on it is not checked', () => {
  const whatDepends = [
    'slack-connection',
    'slack-manifest',
    'slack-blocks',
    'audit-channel-C0AUDIT',
    'clock',
  ];
  const notChecked = (checks: Finding[]) =>
    checks.filter(({ status }) => status === 'not-checked').map(({ name }) => name);

  test.concurrent('in less than twenty seconds', async () => {
    await using stage = await startStage('socket');
    stage.slack.inject({ kind: 'slow', delayMs: 60_000 });
    const startedAtMs = performance.now();
    const { code, stdout } = await stage.run({ AUDIT_CHANNEL: 'C0AUDIT' }, { options: ['--json'] });
    const { ok, toDo, checks, find } = foundIn(stdout);
    expect(performance.now() - startedAtMs).toBeLessThan(20_000);
    expect(toDo).toEqual(['slack-token']);
    expect(notChecked(checks)).toEqual(whatDepends);
    expect(find('slack-token')?.says).toContain('No proper answer came from Slack (no answer in time)');
    expect([code, ok]).toEqual([1, false]);
  });

  test.concurrent.each<[string, Parameters<FakeSlack['inject']>[0], string]>([
    ['is down', { kind: 'http-status', status: 503 }, 'HTTP 503'],
    ['is overloaded', { kind: 'rate-limited', retryAfterSeconds: 30 }, 'ratelimited'],
    ['breaks off', { kind: 'reset', when: 'before' }, 'UND_ERR_SOCKET'],
  ])('where Slack %s', async (_, fault, why) => {
    await using stage = await startStage('socket');
    stage.slack.inject(fault);
    const { ok, toDo, checks, find } = await stage.examine({ AUDIT_CHANNEL: 'C0AUDIT' });
    expect(toDo).toEqual(['slack-token']);
    expect(notChecked(checks)).toEqual(whatDepends);
    expect(find('slack-token')?.says).toContain(`No proper answer came from Slack (${why})`);
    expect(ok).toBe(false);
  });

  test.concurrent('and says so once, with what to do, where nobody is at the address', async () => {
    await using stage = await startStage('socket');
    const { code, stdout } = await stage.run({
      SLACK_API_URL: `http://127.0.0.1:${stage.port}/api/`,
      AUDIT_CHANNEL: 'C0AUDIT',
    });
    expect(stdout.split('\n').filter((line) => line.includes('ECONNREFUSED'))).toEqual([
      'to do        slack-token: No proper answer came from Slack (ECONNREFUSED), so that neither the token nor what follows could be checked.',
      'not checked  slack-connection, slack-blocks, audit-channel-C0AUDIT, clock: No proper answer came from Slack (ECONNREFUSED).',
    ]);
    expect(stdout.split('network, proxy and firewall')).toHaveLength(2);
    expect(code).toBe(1);
  });
});

describe('the doctor says what it could not check', () => {
  test.concurrent('where Slack does not say which scopes there are', async () => {
    await using stage = await startStage('socket');
    const reply = { ok: true, user: 'lastseen', team: 'padaria', bot_id: 'B0FAKEBOT' };
    await using odd = await startOddSlack(stage.slack.apiUrl, { 'auth.test': reply });
    const { ok, find } = await stage.examine({ SLACK_API_URL: odd.apiUrl });
    expect(find('slack-token')?.status).toBe('ok');
    expect(find('slack-scopes')).toMatchObject({ status: 'not-checked' });
    expect(ok).toBe(true);
  });

  test.concurrent('where Slack says of some views and messages alone that it takes them', async () => {
    await using stage = await startStage('socket');
    const limited = { kind: 'rate-limited', retryAfterSeconds: 30, method: 'blocks.validate' } as const;
    const asked = () =>
      stage.slack.calls.filter(({ method, reply }) => method === 'blocks.validate' && reply);
    const stop = stage.slack.onChange(() => {
      if (asked().length >= 6 && stage.slack.faults().length === 0) stage.slack.inject(limited);
    });
    const { find } = await stage.examine();
    stop();
    expect(find('slack-blocks')?.says).toMatch(/\(ratelimited\), but for \d+ of 39, which it takes\.$/);
  });

  test.concurrent('where Slack does not know how to look at blocks', async () => {
    await using stage = await startStage('socket');
    stage.slack.inject({ kind: 'api-error', error: 'unknown_method', method: 'blocks.validate' });
    const { ok, find } = await stage.examine();
    expect(find('slack-blocks')).toMatchObject({ status: 'not-checked' });
    expect(ok).toBe(true);
  });
});
