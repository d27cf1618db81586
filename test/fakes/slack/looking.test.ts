import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startFakeSlack } from '../../../fakes/slack/fake-slack.ts';
import type { FakeSlack } from '../../../fakes/slack/types.ts';
import { modal, plain, section, WORKSPACE } from './fixtures.ts';
import { call } from './raw-app.ts';

// What an app can ask without anybody seeing it.

let slack: FakeSlack;

beforeEach(async () => {
  slack = await startFakeSlack({ workspace: WORKSPACE, now: () => Date.UTC(2026, 10, 24, 12) });
});

afterEach(() => slack.close());

describe('blocks.validate', () => {
  const validate = (fields: Record<string, unknown>) =>
    call(slack, 'blocks.validate', fields, { token: '', form: true });

  test.each([
    ['a view', { view: modal() }],
    ['blocks', { blocks: [section('hello')] }],
    ['a message', { message: { text: 'hello', blocks: [section('hello')] } }],
  ])('takes %s without a token', async (_, fields) => {
    expect(await validate(fields)).toEqual({ ok: true });
  });

  test.each([
    ['a view', { view: modal([], { title: plain('x'.repeat(25)) }) }, '/view/title/text'],
    ['blocks', { blocks: [section('')] }, '/blocks/0/text/text'],
    ['a message', { message: { blocks: [section('')] } }, '/blocks/0/text/text'],
  ])('says where %s breaks a rule', async (_, fields, pointer) => {
    expect(await validate(fields)).toEqual({
      ok: false,
      error: 'invalid_blocks',
      errors: [{ message: expect.stringMatching(/^must be/), pointer }],
    });
  });

  test.each([
    ['nothing', {}],
    ['two things', { view: modal(), blocks: [] }],
  ])('refuses %s', async (_, fields) => {
    expect(await validate(fields)).toMatchObject({ ok: false, error: 'invalid_arguments' });
  });
});

describe('chat.getPermalink', () => {
  test.each([
    ['a channel that the bot is in', 'C1', 'message_not_found'],
    ['a public channel that it is not in', 'C2', 'message_not_found'],
    ['a private channel that it is in', 'C5', 'message_not_found'],
    ['a private channel that it is not in', 'C3', 'channel_not_found'],
    ['no channel at all', 'C404', 'channel_not_found'],
  ])('of no message in %s', async (_, channel, error) => {
    expect(await call(slack, 'chat.getPermalink', { channel, message_ts: '1.000001' })).toEqual({
      ok: false,
      error,
    });
  });

  test('links to a message', async () => {
    const { ts } = await call(slack, 'chat.postMessage', { channel: 'C1', text: 'hello' });
    const { permalink } = await call(slack, 'chat.getPermalink', { channel: 'C1', message_ts: ts });
    expect(permalink).toBe(`https://acme.slack.com/archives/C1/p${ts.replace('.', '')}`);
  });
});

test('bots.info knows the bot and its app, and no other', async () => {
  const { bot_id } = await call(slack, 'auth.test');
  expect(await call(slack, 'bots.info', { bot: bot_id })).toMatchObject({
    ok: true,
    bot: { id: bot_id, app_id: expect.stringMatching(/^A/) },
  });
  expect(await call(slack, 'bots.info', { bot: 'B404' })).toEqual({ ok: false, error: 'bot_not_found' });
});

describe('an answer', () => {
  const headersFor = async (token: string) =>
    (
      await fetch(`${slack.apiUrl}auth.test`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
      })
    ).headers;

  test('says what the bot token may do, and nothing to a stranger', async () => {
    expect((await headersFor(slack.botToken)).get('x-oauth-scopes')).toBe(WORKSPACE.botScopes.join(','));
    expect((await headersFor('xoxb-other')).get('x-oauth-scopes')).toBeNull();
    slack.revokeToken('bot');
    expect((await headersFor(slack.botToken)).get('x-oauth-scopes')).toBeNull();
  });

  test("has the time of Slack's clock", async () => {
    expect((await headersFor(slack.botToken)).get('date')).toBe('Tue, 24 Nov 2026 12:00:00 GMT');
  });
});
