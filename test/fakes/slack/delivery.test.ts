import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { WebSocket } from 'ws';
import { startFakeSlack } from '../../../fakes/slack/fake-slack.ts';
import type { FakeSlack, Person } from '../../../fakes/slack/types.ts';
import { modal, textInput, WORKSPACE } from './fixtures.ts';
import { call, open, silence, startHttpApp, startSocketApp } from './raw-app.ts';

let slack: FakeSlack;
let ana: Person;

beforeEach(async () => {
  slack = await startFakeSlack({ workspace: WORKSPACE });
  ana = slack.person('U1');
});

afterEach(() => slack.close());

const failure = (error: string) => ({
  via: 'slackbot',
  visibleTo: 'U1',
  text: `/lastseen failed with the error "${error}"`,
});

const COMMAND = {
  team_id: 'T1',
  team_domain: 'acme',
  channel_id: 'C1',
  channel_name: 'ops',
  user_id: 'U1',
  user_name: 'ana',
  command: '/lastseen',
  text: 'some words',
  api_app_id: 'A0FAKEAPP',
  is_enterprise_install: 'false',
  response_url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/commands\//),
  trigger_id: expect.stringMatching(/^\w+\.\w+\.\w+$/),
  token: expect.any(String),
};

describe('over Socket Mode', () => {
  test('says hello first, then sends a command in an envelope', async () => {
    const { hello, envelopes } = await startSocketApp(slack);
    expect(hello).toMatchObject({
      type: 'hello',
      num_connections: 1,
      connection_info: { app_id: 'A0FAKEAPP' },
    });
    await ana.types('C1', '/lastseen   some words ');
    expect(envelopes).toEqual([
      {
        envelope_id: expect.any(String),
        type: 'slash_commands',
        accepts_response_payload: true,
        payload: COMMAND,
      },
    ]);
    expect(ana.sees('C1')).toEqual([]);
  });

  test.each([
    ['D1', 'directmessage'],
    ['C3', 'privategroup'],
  ])('names the place of a command in %s as %s', async (channel, name) => {
    const { payloads } = await startSocketApp(slack);
    await ana.types(channel, '/lastseen');
    expect(payloads()).toMatchObject([{ channel_id: channel, channel_name: name, text: '' }]);
  });

  test('posts what the acknowledgement of a command says', async () => {
    await startSocketApp(slack, ({ text }) => ({ response_type: text, text: `as ${text}` }));
    await ana.types('C1', '/lastseen ephemeral');
    await ana.types('C1', '/lastseen in_channel');
    expect(slack.messages('C1')).toMatchObject([
      { via: 'command_ack', text: 'as ephemeral', visibleTo: 'U1' },
      { via: 'command_ack', text: 'as in_channel' },
    ]);
    expect(slack.person('U2').sees('C1')).toHaveLength(1);
  });

  test('tells the person when a command is not acknowledged in 3 seconds', async () => {
    await startSocketApp(slack, () => silence);
    const startedAtMs = performance.now();
    await ana.types('C1', '/lastseen');
    expect(performance.now() - startedAtMs).toBeGreaterThanOrEqual(2990);
    expect(ana.sees('C1')).toMatchObject([failure('operation_timeout')]);
    expect(slack.person('U2').sees('C1')).toEqual([]);
  });

  test('tells the person when no socket is connected', async () => {
    await ana.types('C1', '/lastseen');
    expect(ana.sees('C1')).toMatchObject([failure('dispatch_failed')]);
  });

  test('asks the app to reconnect and sends nothing more to the old socket', async () => {
    const old = await startSocketApp(slack);
    slack.recycleSockets();
    await once(old.socket, 'message');
    expect(old.envelopes.at(-1)).toMatchObject({ type: 'disconnect', reason: 'refresh_requested' });
    const fresh = await startSocketApp(slack);
    await ana.types('C1', '/lastseen');
    await ana.types('C1', '/lastseen');
    expect(fresh.envelopes).toHaveLength(2);
    expect(old.envelopes).toHaveLength(1);
  });

  test('warns of the end of a socket and goes on using it', async () => {
    const { socket, envelopes } = await startSocketApp(slack);
    slack.recycleSockets('warning');
    await once(socket, 'message');
    expect(envelopes.at(-1)).toMatchObject({ type: 'disconnect', reason: 'warning' });
    await ana.types('C1', '/lastseen');
    expect(envelopes.at(-1)).toMatchObject({ type: 'slash_commands' });
  });

  test('tells what became of each delivery, and when its socket was cut', async () => {
    const became: string[] = [];
    slack.onDelivered((delivered) => void became.push(`${delivered.type} ${delivered.became}`));
    await ana.types('C1', '/lastseen');
    const { socket } = await startSocketApp(slack);
    await ana.types('C1', '/lastseen');
    socket.removeAllListeners('message').once('message', () => slack.cutSockets());
    await ana.types('C1', '/lastseen');
    expect(became).toEqual([
      'slash_commands dispatch_failed',
      'slash_commands answered',
      'slash_commands cut',
    ]);
  });

  test('cuts sockets without a word, and counts the open ones', async () => {
    const { socket } = await startSocketApp(slack);
    expect(slack.connections()).toBe(1);
    slack.cutSockets();
    const [code] = await once(socket, 'close');
    expect(code).toBe(1006);
    await slack.until(() => slack.connections() === 0, 'the socket to be gone');
  });

  test('refuses a socket while that fault is on, and an address used before', async () => {
    slack.inject({ kind: 'socket-refused', times: 1 });
    const { url } = await call(slack, 'apps.connections.open', {}, { token: slack.appToken });
    const [error] = await once(new WebSocket(url), 'error');
    expect(String(error)).toContain('503');
    const [again] = await once(new WebSocket(url), 'error');
    expect(String(again)).toContain('503');
    expect((await startSocketApp(slack)).hello).toMatchObject({ type: 'hello' });
  });

  test('answers pings', async () => {
    const { socket } = await startSocketApp(slack);
    socket.ping('there?');
    const [data] = await once(socket, 'pong');
    expect(String(data)).toBe('there?');
  });

  test('delivers one interaction twice, in two envelopes', async () => {
    const app = await startSocketApp(slack);
    slack.inject({ kind: 'duplicate-delivery', times: 1 });
    await ana.types('C1', '/lastseen');
    while (app.envelopes.length < 2) await once(app.socket, 'message');
    const [first, second] = app.envelopes;
    expect(second?.payload).toEqual(first?.payload);
    expect(second?.envelope_id).not.toBe(first?.envelope_id);
    expect(slack.faults()).toEqual([]);
  });
});

describe('over HTTP', () => {
  test('signs each request and sends exactly the documented content type', async () => {
    const app = await startHttpApp(() => ({}));
    slack.setDelivery({ mode: 'http', requestUrl: app.requestUrl });
    await ana.types('C1', '/lastseen some words');
    const { headers, body } = app.requests[0] ?? { headers: {}, body: '' };
    expect(Object.fromEntries(new URLSearchParams(body))).toEqual(COMMAND);
    expect(headers['content-type']).toBe('application/x-www-form-urlencoded');
    const timestamp = headers['x-slack-request-timestamp'];
    expect(Math.abs(Number(timestamp) - Date.now() / 1000)).toBeLessThan(5);
    const signature = createHmac('sha256', slack.signingSecret)
      .update(`v0:${timestamp}:${body}`)
      .digest('hex');
    expect(headers['x-slack-signature']).toBe(`v0=${signature}`);
    await app.close();
  });

  test('sends interactions as JSON in the field payload', async () => {
    const socketApp = await startSocketApp(slack);
    await open(slack, socketApp, modal([textInput('name', { initial_value: 'x' })]));
    const app = await startHttpApp(() => ({ body: '{"response_action":"errors","errors":{"name":"No."}}' }));
    slack.setDelivery({ mode: 'http', requestUrl: app.requestUrl });
    await ana.submits();
    const payload = JSON.parse(new URLSearchParams(app.requests[0]?.body).get('payload') ?? '');
    expect(payload).toMatchObject({ type: 'view_submission', view: { callback_id: 'form' } });
    expect(ana.modal()?.errors).toEqual({ name: 'No.' });
    await app.close();
  });

  test('posts a plain text answer to a command', async () => {
    const app = await startHttpApp(() => ({ body: 'done' }));
    slack.setDelivery({ mode: 'http', requestUrl: app.requestUrl });
    await ana.types('C1', '/lastseen');
    expect(ana.sees('C1')).toMatchObject([{ via: 'command_ack', text: 'done', visibleTo: 'U1' }]);
    await app.close();
  });

  test.each([
    [500, 'http_service_error'],
    [404, 'http_client_error'],
  ])('tells the person what the app answered instead of 200: %i', async (status, error) => {
    const app = await startHttpApp(() => ({ status }));
    slack.setDelivery({ mode: 'http', requestUrl: app.requestUrl });
    await ana.types('C1', '/lastseen');
    expect(ana.sees('C1')).toMatchObject([failure(error)]);
    await app.close();
  });

  test('tells the person when nobody listens at the address', async () => {
    const app = await startHttpApp(() => ({}));
    await app.close();
    slack.setDelivery({ mode: 'http', requestUrl: app.requestUrl });
    await ana.types('C1', '/lastseen');
    expect(ana.sees('C1')).toMatchObject([failure('dispatch_failed')]);
  });

  test('gives up on an answer after 3 seconds', async () => {
    const app = await startHttpApp(() => undefined);
    slack.setDelivery({ mode: 'http', requestUrl: app.requestUrl });
    await ana.types('C1', '/lastseen');
    expect(ana.sees('C1')).toMatchObject([failure('operation_timeout')]);
    await app.close();
  });

  test('delivers twice while that fault is on', async () => {
    const app = await startHttpApp(() => ({}));
    slack.setDelivery({ mode: 'http', requestUrl: app.requestUrl });
    slack.inject({ kind: 'duplicate-delivery' });
    await ana.types('C1', '/lastseen');
    await ana.types('C1', '/lastseen');
    slack.clearFaults();
    await ana.types('C1', '/lastseen');
    const triggers = app.requests.map(({ body }) => new URLSearchParams(body).get('trigger_id'));
    expect(triggers).toHaveLength(5);
    expect(new Set(triggers).size).toBe(3);
    await app.close();
  });
});

describe('what people type', () => {
  test('is a message when it is no command', async () => {
    await ana.types('C1', 'good morning');
    expect(slack.person('U2').sees('C1')).toMatchObject([
      { via: 'person', from: 'U1', text: 'good morning' },
    ]);
  });

  test('can stand only in channels they are in, and not in archived ones', async () => {
    await expect(slack.person('U2').types('C3', '/lastseen')).rejects.toThrow('U2 is not in C3');
    await expect(ana.types('C4', '/lastseen')).rejects.toThrow('archived');
    expect(slack.person('U2').sees('C3')).toEqual([]);
    expect(() => slack.person('U9')).toThrow('U9');
  });
});

describe('closing', () => {
  test('ends sockets and waiting people at once', async () => {
    const { socket } = await startSocketApp(slack, () => silence);
    const gone = once(socket, 'close');
    const waiting = expect(slack.until(() => false, 'a miracle')).rejects.toThrow(
      'closed while waiting for a miracle',
    );
    const typing = ana.types('C1', '/lastseen');
    const startedAtMs = performance.now();
    await slack.close();
    await Promise.all([gone, typing, waiting]);
    expect(performance.now() - startedAtMs).toBeLessThan(1000);
  });

  test('says what was waited for in vain', async () => {
    await expect(slack.until(() => undefined, 'the impossible', 10)).rejects.toThrow(
      'waited 10 ms in vain for the impossible',
    );
  });
});
