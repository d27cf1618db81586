import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type AckFn, App, HTTPReceiver, type RespondArguments, SocketModeReceiver } from '@slack/bolt';
import { startFakeSlack } from '../../../fakes/slack/fake-slack.ts';
import type { FakeSlack } from '../../../fakes/slack/types.ts';
import { input, modal, option, WORKSPACE } from './fixtures.ts';

type Running = { app: App; stop: () => Promise<void> };

/** A tiny real Bolt app: what it reads and answers proves that the wire is Slack's. */
const listen = (app: App) => {
  app.command('/lastseen', async ({ ack, client, command }) => {
    await (ack as AckFn<string | RespondArguments>)();
    await client.views.open({
      trigger_id: command.trigger_id,
      view: modal() as never,
    });
  });
  app.command('/echo', async ({ ack, command }) => ack(`You said ${command.text}`));
  app.command('/crash', async () => {
    throw new Error('on purpose');
  });
  app.command('/choose', async ({ ack, client, command }) => {
    await (ack as AckFn<string | RespondArguments>)();
    const element = { type: 'multi_external_select', min_query_length: 0 };
    await client.views.open({
      trigger_id: command.trigger_id,
      view: modal([input('who', element)], { callback_id: 'choice' }) as never,
    });
  });
  app.options('it', async ({ ack, payload }) => {
    await ack({ options: [option(payload.value)] } as never);
  });
  app.command('/who', async ({ ack, client, command }) => {
    const { user } = await client.users.info({ user: command.user_id, include_locale: true });
    const { users } = await client.usergroups.users.list({ usergroup: 'S2', include_disabled: true });
    const { usergroups } = await client.usergroups.list({ include_users: true });
    const known = `${user?.team_id} ${user?.is_restricted} ${user?.locale} ${users}`;
    await (ack as AckFn<string | RespondArguments>)(`${known} ${usergroups?.map(({ handle }) => handle)}`);
  });
  app.view('form', async ({ ack, client, view, body }) => {
    const typed = view.state.values.name?.it?.value;
    if (typed === 'bad') return ack({ response_action: 'errors', errors: { name: 'Not that one.' } });
    await ack();
    await client.chat.postMessage({ channel: 'C1', text: `<@${body.user.id}> typed ${typed}` });
  });
};

const QUIET = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => 'error',
  setName() {},
};

async function startSocketApp(slack: FakeSlack): Promise<Running> {
  const receiver = new SocketModeReceiver({
    appToken: slack.appToken,
    installerOptions: { clientOptions: { slackApiUrl: slack.apiUrl } },
    logger: QUIET as never,
  });
  const app = new App({ ...options(slack), receiver });
  listen(app);
  await app.init();
  await app.start();
  return { app, stop: () => receiver.client.disconnect() };
}

async function startHttpApp(slack: FakeSlack): Promise<Running> {
  const receiver = new HTTPReceiver({
    signingSecret: slack.signingSecret,
    unhandledRequestTimeoutMillis: 100, // Bolt's own timer outlives the app: it would keep jest waiting.
    logger: QUIET as never,
  });
  const app = new App({ ...options(slack), receiver });
  listen(app);
  await app.init();
  const server = await app.start(0);
  const address = (server as import('node:http').Server).address() as import('node:net').AddressInfo;
  slack.setDelivery({ mode: 'http', requestUrl: `http://127.0.0.1:${address.port}/slack/events` });
  return { app, stop: async () => void (await app.stop()) };
}

const options = (slack: FakeSlack) => ({
  token: slack.botToken,
  deferInitialization: true,
  logger: QUIET as never,
  clientOptions: { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true },
});

describe.each([
  ['over Socket Mode', startSocketApp],
  ['over signed HTTP', startHttpApp],
])('a real Bolt app %s', (_way, startApp) => {
  let slack: FakeSlack;
  let running: Running;

  beforeEach(async () => {
    slack = await startFakeSlack({ workspace: WORKSPACE });
    running = await startApp(slack);
  });

  afterEach(async () => {
    await running.stop();
    await slack.close();
  });

  test('opens a modal on a command, reads its values on submission, and posts a message', async () => {
    const ana = slack.person('U1');
    await ana.types('C1', '/lastseen');
    await slack.until(() => ana.modal(), 'the modal');
    await ana.fills('name', 'it', 'hello');
    await ana.submits();
    expect(ana.modal()).toBeUndefined();
    const posted = await slack.until(() => ana.sees('C1')[0], 'the message');
    expect(posted).toMatchObject({ via: 'chat.postMessage', text: '<@U1> typed hello' });
  });

  test("shows the app's errors under their inputs", async () => {
    const ana = slack.person('U1');
    await ana.types('C1', '/lastseen');
    await slack.until(() => ana.modal(), 'the modal');
    await ana.fills('name', 'it', 'bad');
    await ana.submits();
    expect(ana.modal()).toMatchObject({ errors: { name: 'Not that one.' }, submitting: false });
  });

  test('answers a command with an ephemeral message in its acknowledgement', async () => {
    await slack.person('U1').types('C1', '/echo hi there');
    expect(slack.person('U1').sees('C1')).toMatchObject([{ via: 'command_ack', text: 'You said hi there' }]);
    expect(slack.person('U2').sees('C1')).toEqual([]);
  });

  test('answers an options request', async () => {
    const ana = slack.person('U1');
    await ana.types('C1', '/choose');
    await slack.until(() => ana.modal(), 'the modal');
    expect(await ana.searches('who', 'it', 'abc')).toEqual([{ text: 'ABC', value: 'abc' }]);
    await ana.picks('who', 'it', 'abc');
    expect(ana.modal()?.values.who?.it).toMatchObject({ selected_options: [option('abc')] });
  });

  test('learns who a person is, and who is in a group', async () => {
    await slack.person('U1').types('C1', '/who');
    expect(slack.person('U1').sees('C1')).toMatchObject([{ text: 'T1 false undefined U1 ops' }]);
  });

  test('tells the person when the app did not acknowledge', async () => {
    await slack.person('U1').types('C1', '/crash');
    expect(slack.person('U1').sees('C1')).toMatchObject([
      {
        via: 'slackbot',
        text: expect.stringMatching(
          /^\/crash failed with the error "(operation_timeout|http_service_error)"$/,
        ),
      },
    ]);
  });
});
