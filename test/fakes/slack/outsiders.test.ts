import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startFakeSlack } from '../../../fakes/slack/fake-slack.ts';
import type { FakeSlack, UserKind, UserSeed } from '../../../fakes/slack/types.ts';
import { buttons, input, MIXED_WORKSPACE, modal, option, textInput } from './fixtures.ts';
import { call, type SocketApp, startSocketApp, type Wire } from './raw-app.ts';

let slack: FakeSlack;
let app: SocketApp;

beforeEach(async () => {
  slack = await startFakeSlack({ workspace: MIXED_WORKSPACE });
  app = await startSocketApp(slack, ({ type }) =>
    type === 'block_suggestion' ? { options: [option('a')] } : undefined,
  );
});

afterEach(() => slack.close());

const last = (type: string): Wire => app.payloads().findLast((payload) => payload.type === type) ?? {};

const become = (id: string, kind: UserKind) => {
  (slack.users.find((user) => user.id === id) as UserSeed).kind = kind;
};

/** A button for everybody, and a form for the person who presses it. */
async function openByButton(userId: string, view: Record<string, unknown>): Promise<Wire> {
  const { ts } = await call(slack, 'chat.postMessage', {
    channel: 'C1',
    text: 'hello',
    blocks: [buttons('go')],
  });
  await slack.person(userId).presses({ channel: 'C1', messageTs: ts }, 'go');
  return call(slack, 'views.open', { trigger_id: last('block_actions').trigger_id, view });
}

describe('a command', () => {
  test.each([
    ['an outsider', 'U5'],
    ['a single-channel guest', 'U4'],
  ])(
    'offers no command to outsiders and single-channel guests, and tells the app nothing: %s',
    async (_kind, id) => {
      await slack.person(id).types('C1', '/lastseen');
      expect(app.envelopes).toEqual([]);
      expect(slack.messages('C1')).toMatchObject([
        {
          via: 'slackbot',
          visibleTo: id,
          text: expect.stringMatching(/^\/lastseen is not a valid command\. In Slack, all messages/),
        },
      ]);
    },
  );

  test('reaches the app all the same when it is forged', async () => {
    await slack.person('U5').types('C1', '/lastseen', { force: true });
    await slack.person('U4').types('C1', '/lastseen', { force: true });
    expect(app.payloads()).toMatchObject([
      { user_id: 'U5', team_id: 'T2', team_domain: 'elsewhere' },
      { user_id: 'U4', team_id: 'T1', team_domain: 'acme' },
    ]);
    expect(slack.messages('C1')).toEqual([]);
  });

  test('is offered to guests, and to who has become a member', async () => {
    await slack.person('U3').types('C1', '/lastseen');
    become('U4', 'member');
    await slack.person('U4').types('C1', '/lastseen');
    expect(app.payloads()).toMatchObject([{ user_id: 'U3' }, { user_id: 'U4', team_id: 'T1' }]);
  });

  test('is not typed by a person who is deactivated, unless it is forged', async () => {
    const ana = slack.person('U1');
    become('U1', 'deactivated');
    await expect(ana.types('C1', '/lastseen')).rejects.toThrow("U1 is deactivated and can't type");
    await expect(ana.types('C1', 'hello')).rejects.toThrow('deactivated');
    await ana.types('C1', '/lastseen', { force: true });
    expect(app.payloads()).toMatchObject([{ user_id: 'U1' }]);
  });

  test('leaves plain messages to outsiders', async () => {
    await slack.person('U5').types('C1', 'hello');
    expect(slack.person('U1').sees('C1')).toMatchObject([{ from: 'U5', text: 'hello' }]);
  });
});

describe('what an outsider uses', () => {
  const APP_TEAM = { id: 'T1', domain: 'acme' };

  test("tells the app of an outsider's button, with both workspaces", async () => {
    await openByButton('U5', modal());
    expect(last('block_actions')).toMatchObject({ user: { id: 'U5', team_id: 'T2' }, team: APP_TEAM });
    await openByButton('U1', modal());
    expect(last('block_actions')).toMatchObject({ user: { id: 'U1', team_id: 'T1' }, team: APP_TEAM });
  });

  test("names an outsider's own workspace as team of a submission, and the app's in the view", async () => {
    const olga = slack.person('U5');
    const blocks = [textInput('name', { initial_value: 'x' })];
    const theirs = {
      user: { id: 'U5', team_id: 'T2' },
      team: { id: 'T2' },
      view: { app_installed_team_id: 'T1' },
    };
    await openByButton('U5', modal(blocks));
    await olga.submits();
    expect(last('view_submission')).toMatchObject(theirs);
    await openByButton('U5', modal(blocks, { notify_on_close: true }));
    await olga.closes();
    expect(last('view_closed')).toMatchObject(theirs);
    await openByButton('U1', modal(blocks));
    await slack.person('U1').submits();
    expect(last('view_submission')).toMatchObject({ user: { team_id: 'T1' }, team: APP_TEAM });
  });

  test("names the app's workspace as team of what is used in a form", async () => {
    const olga = slack.person('U5');
    await openByButton(
      'U5',
      modal([input('x', { type: 'external_select', min_query_length: 0 }), buttons('in')]),
    );
    await olga.presses('modal', 'in');
    expect(await olga.searches('x', 'it', '')).toHaveLength(1);
    for (const type of ['block_actions', 'block_suggestion'])
      expect(last(type)).toMatchObject({ user: { id: 'U5', team_id: 'T2' }, team: APP_TEAM });
  });
});

test('what is on the screen can still be used by who has become something else', async () => {
  const ana = slack.person('U1');
  await openByButton('U1', modal([textInput('name', { initial_value: 'x' })]));
  become('U1', 'deactivated');
  await ana.submits();
  expect(last('view_submission')).toMatchObject({ user: { id: 'U1' } });
});
