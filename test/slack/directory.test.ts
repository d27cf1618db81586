import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import bolt from '@slack/bolt';
import { startFakeSlack } from '../../fakes/slack/fake-slack.ts';
import type { FakeSlack, SlackFault } from '../../fakes/slack/types.ts';
import { createDirectory } from '../../src/slack/directory.ts';
import { MIXED_WORKSPACE } from '../fakes/slack/fixtures.ts';
import { createLogLines } from '../privacy/log-lines.ts';
import { until } from '../until.ts';

let slack: FakeSlack;
let nowMs = 1_000_000;

beforeEach(async () => {
  slack = await startFakeSlack({ workspace: MIXED_WORKSPACE });
  nowMs = 1_000_000;
});

afterEach(() => slack.close());

function startDirectory() {
  const { log, lines } = createLogLines();
  const ending = new AbortController();
  const quiet = () => undefined;
  const client = new bolt.webApi.WebClient(slack.botToken, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: {
      debug: quiet,
      info: quiet,
      warn: quiet,
      error: quiet,
      setLevel: quiet,
      setName: quiet,
      getLevel: () => bolt.LogLevel.ERROR,
    },
  });
  const directory = createDirectory(client, log, { ending: ending.signal, now: () => nowMs });
  const ask = (
    user: string,
    {
      groups = [] as string[],
      maxAgeMs = 0,
      waitMs = 5_000,
    }: Partial<Parameters<typeof directory.ask>[1]> = {},
  ) => directory.ask(user, { groups, maxAgeMs, waitMs });
  return { ...directory, ask, lines, ending };
}

const callsOf = (method: string) => slack.calls.filter((call) => call.method === method).length;
const become = (id: string, kind: 'guest' | 'member') => {
  const user = slack.users.find((one) => one.id === id);
  if (user) user.kind = kind;
};

describe('what somebody is', () => {
  test.each([
    ['a member', 'U1', 'member'],
    ['a guest', 'U3', 'guest'],
    ['a guest of a single channel', 'U4', 'guest'],
    ['somebody of another organisation', 'U5', 'outsider'],
    ['a stranger', 'U9', 'outsider'],
    ['a closed account', 'U6', 'nobody'],
    ['nobody that Slack knows', 'U404', 'unreadable'],
    ['no id at all', '', 'unreadable'],
  ])('%s', async (_what, user, standing) => {
    expect((await startDirectory().ask(user)).standing).toBe(standing);
  });

  test('is judged by the workspace of the bot, asked for once', async () => {
    const { ask } = startDirectory();
    await Promise.all([ask('U1'), ask('U5')]);
    await ask('U3');
    expect([callsOf('auth.test'), callsOf('users.info')]).toEqual([1, 3]);
  });
});

describe('who is in a group', () => {
  test('is asked for together with who somebody is', async () => {
    const { standing, membersOf } = await startDirectory().ask('U1', { groups: ['S1', 'S2'] });
    expect(standing).toBe('member');
    expect(membersOf('S1')).toEqual(new Set(['U1', 'U2']));
    // Disabled: Slack says that there is none.
    expect(membersOf('S2')).toBe('unreadable');
    expect(membersOf('S404')).toBe('unreadable');
  });

  test('is asked for once for everybody', async () => {
    const { ask } = startDirectory();
    await ask('U1', { groups: ['S1'], maxAgeMs: 1_000 });
    await ask('U2', { groups: ['S1'], maxAgeMs: 1_000 });
    expect(callsOf('usergroups.users.list')).toBe(1);
  });

  test('without the scope for it is unreadable, and the log says why', async () => {
    await slack.close();
    const botScopes = MIXED_WORKSPACE.botScopes.filter((scope) => scope !== 'usergroups:read');
    slack = await startFakeSlack({ workspace: { ...MIXED_WORKSPACE, botScopes } });
    const { ask, lines } = startDirectory();
    const { standing, membersOf } = await ask('U1', { groups: ['S1'] });
    expect([standing, membersOf('S1')]).toEqual(['member', 'unreadable']);
    expect(lines).toEqual([
      expect.objectContaining({ method: 'usergroups.users.list', group: 'S1', code: 'missing_scope' }),
    ]);
  });
});

describe('what was said', () => {
  test('is known for as long as is wanted, and not longer', async () => {
    const { ask, known } = startDirectory();
    expect(known('U1', 60_000).standing).toBeUndefined();
    await ask('U1', { groups: ['S1'] });
    nowMs += 60_000;
    expect(known('U1', 60_000).standing).toBe('member');
    expect(known('U1', 60_000).membersOf('S1')).toEqual(new Set(['U1', 'U2']));
    expect(known('U1', 59_999).standing).toBeUndefined();
    expect(known('U1', 59_999).membersOf('S1')).toBeUndefined();
    expect(known('U2', 60_000).standing).toBeUndefined();
    expect(known('U1', 60_000).membersOf('S2')).toBeUndefined();
  });

  test('is asked for anew where it is older than is wanted', async () => {
    const { ask } = startDirectory();
    await ask('U1');
    become('U1', 'guest');
    nowMs += 5_000;
    expect((await ask('U1', { maxAgeMs: 5_000 })).standing).toBe('member');
    expect((await ask('U1', { maxAgeMs: 4_999 })).standing).toBe('guest');
    expect(callsOf('users.info')).toBe(2);
  });

  test('is not forgotten for an answer that fails', async () => {
    const { ask, known } = startDirectory();
    await ask('U1');
    slack.inject({ kind: 'api-error', error: 'user_not_found', method: 'users.info' });
    nowMs += 1_000;
    expect((await ask('U1')).standing).toBe('unreadable');
    expect(known('U1', 2_000).standing).toBe('member');
  });

  test('to one who asks is said to all who ask meanwhile', async () => {
    slack.inject({ kind: 'slow', delayMs: 200, method: 'users.info' });
    const { ask } = startDirectory();
    const answers = await Promise.all([ask('U1'), ask('U1'), ask('U1')]);
    expect(answers.map(({ standing }) => standing)).toEqual(['member', 'member', 'member']);
    expect(callsOf('users.info')).toBe(1);
  });
});

test('who wants to know how it is now is not given an answer that was asked for before', async () => {
  slack.inject({ kind: 'slow', delayMs: 200, method: 'users.info', times: 1 });
  const { ask, known } = startDirectory();
  const before = ask('U1', { maxAgeMs: 1_000 });
  await until(() => callsOf('auth.test') === 1, 'the first is on its way');
  nowMs += 10;
  const now = ask('U1');
  await Promise.all([before, now]);
  expect(callsOf('users.info')).toBe(2);
  nowMs += 5;
  expect(known('U1', 5).standing).toBe('member');
});

describe('a Slack in trouble', () => {
  test.each<[string, SlackFault]>([
    ['is slow', { kind: 'slow', delayMs: 3_000 }],
    ['answers nothing but errors', { kind: 'http-status', status: 503 }],
    ['cuts the connection', { kind: 'reset', when: 'before' }],
    ['wants to be left alone', { kind: 'rate-limited', retryAfterSeconds: 30 }],
    ['takes the token no more', { kind: 'api-error', error: 'token_revoked' }],
  ])('that %s leaves it unreadable, in time', async (_how, fault) => {
    slack.inject(fault);
    const { ask } = startDirectory();
    const beganMs = performance.now();
    const { standing, membersOf } = await ask('U1', { groups: ['S1'], waitMs: 400 });
    expect(performance.now() - beganMs).toBeLessThan(1_000);
    expect([standing, membersOf('S1')]).toEqual(['unreadable', 'unreadable']);
  });

  test('may say who somebody is, but not who is in a group, or the reverse', async () => {
    slack.inject({ kind: 'slow', delayMs: 3_000, method: 'usergroups.users.list' });
    const first = await startDirectory().ask('U1', { groups: ['S1'], waitMs: 400 });
    expect([first.standing, first.membersOf('S1')]).toEqual(['member', 'unreadable']);
    slack.clearFaults();
    slack.inject({ kind: 'slow', delayMs: 3_000, method: 'users.info' });
    const second = await startDirectory().ask('U1', { groups: ['S1'], waitMs: 400 });
    expect([second.standing, second.membersOf('S1')]).toEqual(['unreadable', new Set(['U1', 'U2'])]);
  });

  test('that is in trouble once is asked again', async () => {
    slack.inject({ kind: 'http-status', status: 503, method: 'users.info', times: 1 });
    expect((await startDirectory().ask('U1')).standing).toBe('member');
  });

  test('that could not say which workspace this is lets nobody in, until it can', async () => {
    slack.inject({ kind: 'api-error', error: 'invalid_auth', method: 'auth.test', times: 1 });
    const { ask } = startDirectory();
    expect((await ask('U1')).standing).toBe('unreadable');
    expect((await ask('U1')).standing).toBe('member');
  });

  test('that is in trouble is not asked again once the bot is ending', async () => {
    const { ask, lines, ending } = startDirectory();
    slack.inject({ kind: 'http-status', status: 503, method: 'users.info' });
    const asked = ask('U1');
    await until(() => callsOf('users.info') === 1, 'a first try');
    ending.abort();
    expect((await asked).standing).toBe('unreadable');
    expect(lines).toMatchObject([{ method: 'users.info', level: 'warn' }]);
    expect(callsOf('users.info')).toBe(1);
  });

  test('that answers late is remembered all the same', async () => {
    slack.inject({ kind: 'slow', delayMs: 500, method: 'users.info' });
    const { ask, known } = startDirectory();
    expect((await ask('U1', { waitMs: 100 })).standing).toBe('unreadable');
    await until(() => known('U1', 1_000).standing === 'member', 'the answer came');
  });

  test('is told in the log without what it said or was asked with', async () => {
    slack.inject({ kind: 'api-error', error: 'fatal', method: 'users.info' });
    const { ask, lines } = startDirectory();
    await ask('U1');
    expect(lines).toEqual([
      {
        level: 'warn',
        event: 'Slack did not say who somebody is',
        method: 'users.info',
        error: expect.any(String),
        code: 'fatal',
      },
    ]);
  });
});
