import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startFakeSlack } from '../../../fakes/slack/fake-slack.ts';
import type { FakeSlack } from '../../../fakes/slack/types.ts';
import { modal, textInput, WORKSPACE } from './fixtures.ts';
import { call, command, open, type SocketApp, startSocketApp } from './raw-app.ts';

let slack: FakeSlack;
let app: SocketApp;
let clockMs: number;

beforeEach(async () => {
  clockMs = Date.now();
  slack = await startFakeSlack({ workspace: WORKSPACE, now: () => clockMs });
  app = await startSocketApp(slack);
});

afterEach(() => slack.close());

describe('tokens', () => {
  test.each([
    ['no token', '', 'not_authed'],
    ['a token nobody gave out', 'xoxb-other', 'invalid_auth'],
  ])('refuses a call with %s', async (_what, token, error) => {
    expect(await call(slack, 'auth.test', {}, { token })).toMatchObject({ ok: false, error });
  });

  test('refuses a token of the wrong type', async () => {
    const wrong = { ok: false, error: 'not_allowed_token_type' };
    expect(await call(slack, 'auth.test', {}, { token: slack.appToken })).toMatchObject(wrong);
    expect(await call(slack, 'apps.connections.open')).toMatchObject(wrong);
  });

  test('refuses a revoked token', async () => {
    slack.revokeToken('bot');
    expect(await call(slack, 'auth.test')).toMatchObject({ ok: false, error: 'invalid_auth' });
    slack.revokeToken('app');
    const revoked = await call(slack, 'apps.connections.open', {}, { token: slack.appToken });
    expect(revoked).toMatchObject({ ok: false, error: 'invalid_auth' });
  });

  test('names the scope that is missing', async () => {
    await slack.close();
    slack = await startFakeSlack({ workspace: { ...WORKSPACE, botScopes: ['chat:write'] } });
    expect(await call(slack, 'conversations.open', { users: 'U1' })).toMatchObject({
      ok: false,
      error: 'missing_scope',
      needed: 'im:write',
      provided: 'chat:write',
    });
  });

  test('keeps every call in the log, and no token in it', async () => {
    await call(slack, 'no.such.method', { token: slack.botToken, a: 1 }, { token: '' });
    await call(slack, 'auth.test');
    expect(slack.calls.slice(-2)).toMatchObject([
      {
        method: 'no.such.method',
        token: 'bot',
        body: { a: 1 },
        reply: { ok: false, error: 'unknown_method' },
      },
      { method: 'auth.test', token: 'bot', reply: { ok: true, user_id: slack.botUserId } },
    ]);
    const log = JSON.stringify(slack.calls);
    expect(log).not.toContain(slack.botToken);
    expect(log).not.toContain(slack.appToken);
  });
});

describe('views.open', () => {
  test.each([
    ['JSON', false],
    ['a form with JSON inside', true],
  ])('takes %s and replies with the whole view', async (_what, form) => {
    const { trigger_id } = await command(slack, app);
    const view = modal([textInput('name', { initial_value: 'x' })], { private_metadata: 'mine' });
    const reply = await call(slack, 'views.open', { trigger_id, view }, { form });
    expect(reply).toMatchObject({
      ok: true,
      view: {
        id: expect.stringMatching(/^V/),
        type: 'modal',
        team_id: 'T1',
        callback_id: 'form',
        private_metadata: 'mine',
        hash: expect.stringMatching(/^\d+\.[0-9a-f]{8}$/),
        state: { values: { name: { it: { type: 'plain_text_input', value: 'x' } } } },
        root_view_id: reply.view.id,
        previous_view_id: null,
        app_id: 'A0FAKEAPP',
        bot_id: 'B0FAKEBOT',
        blocks: view.blocks,
      },
    });
    expect(slack.person('U1').modal()).toMatchObject({
      viewId: reply.view.id,
      title: 'Form',
      submit: 'Save',
    });
    expect(slack.person('U2').modal()).toBeUndefined();
  });

  test('refuses a trigger_id after 3 seconds', async () => {
    const { trigger_id } = await command(slack, app);
    clockMs += 3001;
    const reply = await call(slack, 'views.open', { trigger_id, view: modal() });
    expect(reply).toMatchObject({ ok: false, error: 'expired_trigger_id' });
    expect(slack.person('U1').modal()).toBeUndefined();
  });

  test('takes a trigger_id up to 3 seconds', async () => {
    const { trigger_id } = await command(slack, app);
    clockMs += 3000;
    expect(await call(slack, 'views.open', { trigger_id, view: modal() })).toMatchObject({ ok: true });
  });

  test('refuses a trigger_id that was used', async () => {
    const { trigger_id } = await command(slack, app);
    await call(slack, 'views.open', { trigger_id, view: modal() });
    const again = await call(slack, 'views.open', { trigger_id, view: modal() });
    expect(again).toMatchObject({ ok: false, error: 'exchanged_trigger_id' });
  });

  test('refuses a trigger_id that nobody gave out', async () => {
    const reply = await call(slack, 'views.open', { trigger_id: '1.2.3', view: modal() });
    expect(reply).toMatchObject({ ok: false, error: 'invalid_trigger_id' });
  });

  test("refuses a view that breaks a limit, in Slack's words", async () => {
    const { trigger_id } = await command(slack, app);
    const view = modal([{ type: 'section', text: { type: 'mrkdwn', text: 'x'.repeat(3001) } }]);
    expect(await call(slack, 'views.open', { trigger_id, view })).toEqual({
      ok: false,
      error: 'invalid_arguments',
      response_metadata: {
        messages: ['[ERROR] must be less than 3001 characters [json-pointer:/view/blocks/0/text/text]'],
      },
    });
  });

  test('refuses a view of more than 250 kB', async () => {
    const { trigger_id } = await command(slack, app);
    const blocks = Array.from({ length: 90 }, () => ({
      type: 'section',
      text: { type: 'mrkdwn', text: 'x'.repeat(3000) },
    }));
    const reply = await call(slack, 'views.open', { trigger_id, view: modal(blocks) });
    expect(reply).toMatchObject({ ok: false, error: 'view_too_large' });
  });

  test.each([
    ['view', { trigger_id: '1.2.3' }],
    ['trigger_id', { view: modal() }],
  ])('names a missing %s', async (name, body) => {
    const reply = await call(slack, 'views.open', body);
    expect(reply.response_metadata.messages).toEqual([`[ERROR] missing required field: ${name}`]);
  });

  test('gives ids to blocks and elements that have none', async () => {
    const nameless = { type: 'input', label: textInput('x').label, element: { type: 'plain_text_input' } };
    const { view } = await open(slack, app, modal([nameless]));
    const [block] = view.blocks;
    expect(block.block_id).toEqual(expect.any(String));
    expect(view.state.values[block.block_id][block.element.action_id]).toMatchObject({ value: null });
  });
});

describe('views.update', () => {
  test('changes the view and its hash', async () => {
    const opened = await open(slack, app, modal());
    const view = modal([textInput('other')], { title: { type: 'plain_text', text: 'Next' } });
    const updated = await call(slack, 'views.update', {
      view_id: opened.view.id,
      hash: opened.view.hash,
      view,
    });
    expect(updated).toMatchObject({ ok: true, view: { id: opened.view.id } });
    expect(updated.view.hash).not.toBe(opened.view.hash);
    expect(slack.person('U1').modal()).toMatchObject({ title: 'Next', hash: updated.view.hash });
  });

  test('refuses an update with an old hash', async () => {
    const { view } = await open(slack, app, modal());
    await call(slack, 'views.update', { view_id: view.id, view: modal() });
    const late = await call(slack, 'views.update', { view_id: view.id, hash: view.hash, view: modal() });
    expect(late).toMatchObject({ ok: false, error: 'hash_conflict' });
  });

  test('refuses to update a view that was closed', async () => {
    const { view } = await open(slack, app, modal());
    await slack.person('U1').closes();
    const late = await call(slack, 'views.update', { view_id: view.id, view: modal() });
    expect(late).toMatchObject({ ok: false, error: 'not_found' });
  });

  test('refuses a view that breaks a limit, and leaves the open one as it was', async () => {
    const { view } = await open(slack, app, modal());
    const reply = await call(slack, 'views.update', {
      view_id: view.id,
      view: modal([{ type: 'sections' }]),
    });
    expect(reply.response_metadata.messages).toEqual([
      '[ERROR] unsupported type: sections [json-pointer:/view/blocks/0/type]',
    ]);
    expect(slack.person('U1').modal()?.hash).toBe(view.hash);
  });
});

describe('conversations', () => {
  test("opens the bot's conversation with a person once", async () => {
    const first = await call(slack, 'conversations.open', { users: 'U1' });
    const second = await call(slack, 'conversations.open', { users: 'U1' });
    expect(first).toMatchObject({ ok: true, channel: { id: expect.stringMatching(/^D/) } });
    expect(second).toMatchObject({ channel: first.channel, already_open: true });
    await call(slack, 'chat.postMessage', { channel: first.channel.id, text: 'hello' });
    expect(slack.directMessages('U1')).toMatchObject([{ text: 'hello' }]);
    expect(slack.person('U1').sees(first.channel.id)).toHaveLength(1);
    expect(slack.person('U2').sees(first.channel.id)).toEqual([]);
  });
});
