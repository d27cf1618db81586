import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startFakeSlack } from '../../../fakes/slack/fake-slack.ts';
import type { FakeSlack } from '../../../fakes/slack/types.ts';
import { buttons, section, WORKSPACE } from './fixtures.ts';
import { call, command, type SocketApp, startSocketApp } from './raw-app.ts';

let slack: FakeSlack;
let app: SocketApp;
let clockMs: number;

async function start(botScopes = WORKSPACE.botScopes): Promise<void> {
  clockMs = Date.now();
  slack = await startFakeSlack({ workspace: { ...WORKSPACE, botScopes }, now: () => clockMs });
  app = await startSocketApp(slack);
}

beforeEach(() => start());
afterEach(() => slack.close());

const post = (body: Record<string, unknown>) => call(slack, 'chat.postMessage', { text: 'hello', ...body });

async function respond(
  url: string,
  body: Record<string, unknown>,
): Promise<{ status: number; body: string }> {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body), headers: JSON_TYPE });
  return { status: response.status, body: await response.text() };
}
const JSON_TYPE = { 'content-type': 'application/json' };

describe('chat.postMessage', () => {
  const PLACES = [
    ['a public channel it is in', 'C1', undefined, undefined],
    ['a public channel it is not in', 'C2', 'not_in_channel', undefined],
    ['a private channel it is in', 'C5', undefined, undefined],
    ['a private channel it is not in', 'C3', 'channel_not_found', 'channel_not_found'],
    ['a conversation of two people', 'D1', 'channel_not_found', 'channel_not_found'],
    ['an archived channel', 'C4', 'is_archived', 'is_archived'],
    ['no channel at all', 'C9', 'channel_not_found', 'channel_not_found'],
    ["a person's id", 'U1', undefined, undefined],
  ] as const;

  test('posts only where a bot may', async () => {
    const results = [];
    for (const [place, channel] of PLACES) results.push([place, channel, (await post({ channel })).error]);
    expect(results).toEqual(PLACES.map(([place, channel, error]) => [place, channel, error]));
  });

  test('posts in every public channel with chat:write.public', async () => {
    await slack.close();
    await start(['chat:write', 'chat:write.public']);
    const results = [];
    for (const [place, channel] of PLACES) results.push([place, channel, (await post({ channel })).error]);
    expect(results).toEqual(PLACES.map(([place, channel, , error]) => [place, channel, error]));
  });

  test('refuses a channel from the moment it is archived', async () => {
    const [ops] = slack.channels;
    if (ops) ops.archived = true;
    expect(await post({ channel: 'C1' })).toMatchObject({ ok: false, error: 'is_archived' });
  });

  test('replies with the message and a ts that only grows', async () => {
    const first = await post({ channel: 'C1' });
    const second = await post({ channel: 'C1', blocks: [section('*hi*')] });
    expect(first).toMatchObject({ ok: true, channel: 'C1', ts: expect.stringMatching(/^\d+\.\d{6}$/) });
    expect(Number(second.ts)).toBeGreaterThan(Number(first.ts));
    expect(second.message).toMatchObject({
      type: 'message',
      text: 'hello',
      user: slack.botUserId,
      ts: second.ts,
    });
    expect(slack.messages('C1')).toMatchObject([
      { ts: first.ts },
      { ts: second.ts, via: 'chat.postMessage' },
    ]);
  });

  test.each([
    ['nothing to say', { text: '' }, 'no_text'],
    ['text of more than 40,000 characters', { text: 'x'.repeat(40_001) }, 'msg_too_long'],
    ['blocks that are no list', { blocks: 'nonsense' }, 'invalid_blocks_format'],
  ])('refuses %s', async (_what, body, error) => {
    expect(await post({ channel: 'C1', ...body })).toMatchObject({ ok: false, error });
    expect(slack.messages('C1')).toEqual([]);
  });

  test('says where blocks break a limit', async () => {
    const reply = await post({
      channel: 'C1',
      blocks: Array.from({ length: 51 }, () => ({ type: 'divider' })),
    });
    expect(reply).toMatchObject({
      error: 'invalid_blocks',
      errors: ['no more than 50 items allowed [json-pointer:/blocks]'],
      response_metadata: { messages: ['[ERROR] no more than 50 items allowed [json-pointer:/blocks]'] },
    });
  });
});

describe('chat.postEphemeral', () => {
  test('is seen by one person', async () => {
    const reply = await call(slack, 'chat.postEphemeral', { channel: 'C1', user: 'U2', text: 'psst' });
    expect(reply).toMatchObject({ ok: true, message_ts: expect.any(String) });
    expect(slack.person('U2').sees('C1')).toMatchObject([{ text: 'psst', visibleTo: 'U2' }]);
    expect(slack.person('U1').sees('C1')).toEqual([]);
  });

  test('refuses a person who is not in the channel', async () => {
    const reply = await call(slack, 'chat.postEphemeral', { channel: 'C5', user: 'U2', text: 'psst' });
    expect(reply).toMatchObject({ ok: false, error: 'user_not_in_channel' });
  });
});

describe('a response_url', () => {
  test.each(['C1', 'C2', 'C3', 'D1'])('posts in %s, where the command was typed', async (channel) => {
    const { response_url } = await command(slack, app, channel);
    expect(await respond(response_url, { text: 'for you' })).toEqual({ status: 200, body: 'ok' });
    await respond(response_url, { text: 'for all', response_type: 'in_channel' });
    expect(slack.messages(channel)).toMatchObject([
      { via: 'response_url', text: 'for you', visibleTo: 'U1' },
      { via: 'response_url', text: 'for all' },
    ]);
    expect(slack.messages(channel)[1]).not.toHaveProperty('visibleTo');
  });

  test('takes five messages at a response_url, then no more', async () => {
    const { response_url } = await command(slack, app);
    const statuses = [];
    for (let use = 1; use <= 6; use += 1)
      statuses.push((await respond(response_url, { text: `${use}` })).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 404]);
    expect((await respond(response_url, { text: 'more' })).body).toContain('used_url');
    expect(slack.messages('C1')).toHaveLength(5);
  });

  test('takes nothing at a response_url after 30 minutes', async () => {
    const { response_url } = await command(slack, app);
    clockMs += 30 * 60 * 1000 + 1;
    const late = await respond(response_url, { text: 'late' });
    expect(late).toMatchObject({ status: 404, body: expect.stringContaining('expired_url') });
    expect(slack.messages('C1')).toEqual([]);
  });

  test('replaces and deletes the message whose button was pressed', async () => {
    const { ts } = await post({ channel: 'C1', blocks: [buttons('go')] });
    await slack.person('U1').presses({ channel: 'C1', messageTs: ts }, 'go');
    const { response_url } = app.payloads().at(-1) ?? {};
    await respond(response_url, { text: 'done', replace_original: true });
    expect(slack.messages('C1')).toMatchObject([{ ts, text: 'done', blocks: [] }]);
    await respond(response_url, { delete_original: true });
    expect(slack.messages('C1')).toEqual([]);
  });

  test('replaces and deletes an ephemeral message, which stays for one person', async () => {
    const { response_url: ofCommand } = await command(slack, app);
    await respond(ofCommand, { text: 'psst', blocks: [buttons('go')] });
    const [whispered] = slack.person('U1').sees('C1');
    const ts = whispered?.ts ?? '';
    await slack.person('U1').presses({ channel: 'C1', messageTs: ts }, 'go');
    const pressed = app.payloads().at(-1) ?? {};
    expect(pressed).toMatchObject({
      container: { type: 'message', message_ts: ts, channel_id: 'C1', is_ephemeral: true },
    });
    expect(pressed).not.toHaveProperty('message');
    const replaced = { text: 'done', replace_original: true, response_type: 'in_channel' };
    expect(await respond(pressed.response_url, replaced)).toEqual({ status: 200, body: 'ok' });
    expect(slack.messages('C1')).toEqual([{ ...whispered, text: 'done', blocks: [] }]);
    expect(slack.person('U2').sees('C1')).toEqual([]);
    expect(await respond(pressed.response_url, { delete_original: true })).toEqual({
      status: 200,
      body: 'ok',
    });
    expect(slack.messages('C1')).toEqual([]);
  });

  test('publishes the message that stands beside delete_original, and reads flags written as text', async () => {
    const { ts } = await post({ channel: 'C1', blocks: [buttons('go')] });
    await slack.person('U1').presses({ channel: 'C1', messageTs: ts }, 'go');
    const { response_url } = app.payloads().at(-1) ?? {};
    await respond(response_url, { text: 'edited', replace_original: 'true' });
    expect(slack.messages('C1')).toMatchObject([{ ts, text: 'edited' }]);
    const broken = { delete_original: true, blocks: [{ type: 'sections' }] };
    expect(await respond(response_url, broken)).toMatchObject({ status: 400 });
    expect(slack.messages('C1')).toHaveLength(1);
    await respond(response_url, { text: 'instead', delete_original: 'true' });
    expect(slack.messages('C1')).toMatchObject([{ text: 'instead', visibleTo: 'U1' }]);
  });

  test('replaces nothing for a command', async () => {
    const { response_url } = await command(slack, app);
    await respond(response_url, { text: 'one' });
    await respond(response_url, { text: 'two', replace_original: true });
    expect(await respond(response_url, { delete_original: true })).toMatchObject({ status: 400 });
    expect(slack.messages('C1')).toMatchObject([{ text: 'one' }, { text: 'two' }]);
  });

  test('refuses what says nothing, and blocks that break a limit', async () => {
    const { response_url } = await command(slack, app);
    expect(await respond(response_url, {})).toMatchObject({ status: 400 });
    expect(await respond(response_url, { blocks: [{ type: 'sections' }] })).toMatchObject({ status: 400 });
    expect(slack.messages('C1')).toEqual([]);
  });

  test('keeps its address out of the log', async () => {
    const { response_url } = await command(slack, app);
    await respond(response_url, { text: 'hello' });
    expect(slack.calls.at(-1)).toMatchObject({
      method: 'response_url',
      token: 'none',
      body: { text: 'hello' },
    });
    expect(JSON.stringify(slack.calls)).not.toContain(response_url);
  });
});

describe('a button in a message', () => {
  test('tells the app which message and which button', async () => {
    const { ts } = await post({ channel: 'C1', blocks: [buttons('go', 'stop')] });
    await slack.person('U1').presses({ channel: 'C1', messageTs: ts }, 'stop');
    expect(app.payloads().at(-1)).toMatchObject({
      type: 'block_actions',
      user: { id: 'U1' },
      team: { id: 'T1', domain: 'acme' },
      container: { type: 'message', message_ts: ts, channel_id: 'C1' },
      channel: { id: 'C1', name: 'ops' },
      message: { ts, text: 'hello' },
      response_url: expect.stringMatching(/^http:/),
      trigger_id: expect.any(String),
      actions: [{ type: 'button', block_id: 'buttons', action_id: 'stop', value: 'value of stop' }],
    });
  });
});
