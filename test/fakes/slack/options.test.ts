import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startFakeSlack } from '../../../fakes/slack/fake-slack.ts';
import type { FakeSlack, Person } from '../../../fakes/slack/types.ts';
import { input, modal, option, plain, textInput, WORKSPACE } from './fixtures.ts';
import { call, open, type SocketApp, silence, startHttpApp, startSocketApp, type Wire } from './raw-app.ts';

let slack: FakeSlack;
let app: SocketApp;
let ana: Person;
/** What the app says to an options request; `silence` for no answer. */
let answer: (query: string) => unknown;

beforeEach(async () => {
  slack = await startFakeSlack({ workspace: WORKSPACE });
  answer = () => ({ options: [option('a'), option('b')] });
  app = await startSocketApp(slack, ({ type, value }) =>
    type === 'block_suggestion' ? answer(value) : undefined,
  );
  ana = slack.person('U1');
});

afterEach(() => slack.close());

const people = (more = {}) =>
  input('people', { type: 'multi_external_select', min_query_length: 2, ...more });
const asked = () => app.payloads().filter(({ type }) => type === 'block_suggestion');
const many = (count: number, name = '') =>
  Array.from({ length: count }, (_, index) => option(`${name}${index}`));

describe('an external select', () => {
  test('asks the app for options, which can be picked then', async () => {
    await open(slack, app, modal([people()]));
    expect(await ana.searches('people', 'it', 'xy')).toEqual([
      { text: 'A', value: 'a' },
      { text: 'B', value: 'b' },
    ]);
    expect(asked()).toMatchObject([{ block_id: 'people', action_id: 'it', value: 'xy' }]);
    await ana.picks('people', 'it', 'b');
    expect(ana.modal()?.values.people?.it).toEqual({
      type: 'multi_external_select',
      selected_options: [option('b')],
    });
  });

  test('sends nothing for a query that is too short', async () => {
    await open(slack, app, modal([people(), input('other', { type: 'external_select' })]));
    await ana.searches('people', 'it', 'xy');
    expect(await ana.searches('people', 'it', 'x')).toEqual([]);
    expect(ana.modal()?.search).toMatchObject({ query: 'x', outcome: 'too-short', options: [] });
    await expect(ana.picks('people', 'it', 'a')).rejects.toThrow('no option a');
    expect(await ana.searches('other', 'it', 'xy')).toEqual([]);
    expect(asked()).toHaveLength(1);
    expect(await ana.searches('other', 'it', 'xyz')).toHaveLength(2);
  });

  test('asks for options as the menu opens where min_query_length is 0', async () => {
    await open(slack, app, modal([people({ min_query_length: 0 })]));
    expect(await ana.searches('people', 'it', '')).toHaveLength(2);
    expect(asked()).toMatchObject([{ value: '' }]);
  });

  test('tells an options request nothing of what is filled in, and no way to answer later', async () => {
    const { view } = await open(slack, app, modal([people(), textInput('name', { initial_value: 'x' })]));
    await ana.searches('people', 'it', 'xy');
    const [payload] = asked();
    expect(payload).toMatchObject({
      container: { type: 'view', view_id: view.id },
      user: { id: 'U1', team_id: 'T1' },
      view: { id: view.id, hash: view.hash, blocks: view.blocks },
    });
    expect(payload?.view.state).toEqual({ values: {} });
    for (const key of ['trigger_id', 'response_url']) expect(payload).not.toHaveProperty(key);
  });

  test('lists groups with their labels, and descriptions', async () => {
    const described = { ...option('b'), description: plain('the second') };
    answer = () => ({
      option_groups: [
        { label: plain('First'), options: [option('a')] },
        { label: plain('Then'), options: [described] },
      ],
    });
    await open(slack, app, modal([people()]));
    const options = [
      { text: 'A', value: 'a', group: 'First' },
      { text: 'B', value: 'b', group: 'Then', description: 'the second' },
    ];
    expect(await ana.searches('people', 'it', 'xy')).toEqual(options);
    expect(ana.modal()?.search).toEqual({
      blockId: 'people',
      actionId: 'it',
      query: 'xy',
      outcome: 'offered',
      options,
      findings: [],
    });
    await ana.picks('people', 'it', 'b');
    expect(ana.modal()?.values.people?.it).toMatchObject({ selected_options: [described] });
  });

  test('shows what was asked last', async () => {
    await open(slack, app, modal([people()]));
    answer = (query) => (query === 'early' ? silence : { options: [option('late')] });
    const early = ana.searches('people', 'it', 'early');
    expect(ana.modal()?.search).toMatchObject({ outcome: 'waiting', query: 'early' });
    await ana.searches('people', 'it', 'late');
    expect(await early).toEqual([]);
    expect(ana.modal()?.search).toMatchObject({ outcome: 'offered', query: 'late' });
    await ana.picks('people', 'it', 'late');
  });

  test('forgets what was found when its input goes away', async () => {
    const { view } = await open(slack, app, modal([people()]));
    await ana.searches('people', 'it', 'xy');
    await call(slack, 'views.update', { view_id: view.id, view: modal([people({ min_query_length: 1 })]) });
    expect(ana.modal()?.search).toMatchObject({ outcome: 'offered' });
    await ana.picks('people', 'it', 'a');
    await call(slack, 'views.update', { view_id: view.id, view: modal([textInput('other')]) });
    expect(ana.modal()?.search).toBeUndefined();
    await call(slack, 'views.update', { view_id: view.id, view: modal([people()]) });
    await expect(ana.picks('people', 'it', 'a')).rejects.toThrow('it has none');
  });
});

describe('an answer with no options', () => {
  test.each([
    [
      'no more than 100 options',
      { options: many(101) },
      'no more than 100 items allowed [json-pointer:/options]',
    ],
    [
      'no more than 100 groups',
      { option_groups: many(101).map((one) => ({ label: plain('G'), options: [one] })) },
      'no more than 100 items allowed [json-pointer:/option_groups]',
    ],
    [
      'text of 75 characters',
      { options: [{ text: plain('x'.repeat(76)), value: 'a' }] },
      'must be less than 76 characters [json-pointer:/options/0/text/text]',
    ],
    [
      'values of 150 characters',
      { options: [option('x'.repeat(151))] },
      'must be less than 151 characters [json-pointer:/options/0/value]',
    ],
    [
      'plain text only',
      { options: [{ text: { type: 'mrkdwn', text: 'A' }, value: 'a' }] },
      'unsupported type: mrkdwn [json-pointer:/options/0/text/type]',
    ],
    [
      'a value once',
      { options: [option('a'), option('b'), option('a')] },
      '`value` "a" already exists [json-pointer:/options/2/value]',
    ],
    [
      'a value once over all groups',
      { option_groups: ['1', '2'].map((label) => ({ label: plain(label), options: [option('a')] })) },
      '`value` "a" already exists [json-pointer:/option_groups/1/options/0/value]',
    ],
    [
      'options or groups, not both',
      { options: [option('a')], option_groups: [] },
      'must provide exactly one of `options` and `option_groups` [json-pointer:]',
    ],
    [
      'options or groups, not neither',
      { text: 'options' },
      'must provide exactly one of `options` and `option_groups` [json-pointer:]',
    ],
    ['an answer and not only an acknowledgement', undefined, 'must provide an object [json-pointer:]'],
  ])('offers nothing when the answer breaks a rule: %s', async (_rule, wrong, finding) => {
    await open(slack, app, modal([people()]));
    await ana.searches('people', 'it', 'before');
    answer = () => wrong;
    expect(await ana.searches('people', 'it', 'xy')).toEqual([]);
    expect(ana.modal()).toMatchObject({
      search: { outcome: 'invalid', options: [], findings: expect.arrayContaining([finding]) },
      notice: undefined,
    });
    await expect(ana.picks('people', 'it', 'a')).rejects.toThrow('it has none');
  });

  test.each([
    ['100 options', { options: many(100) }, 100],
    ['no options', { options: [] }, 0],
    [
      'text of 75 characters, values of 150',
      { options: [{ text: plain('x'.repeat(75)), value: 'y'.repeat(150) }] },
      1,
    ],
  ])('takes what keeps to the limits: %s', async (_what, right, count) => {
    await open(slack, app, modal([people()]));
    answer = () => right;
    expect(await ana.searches('people', 'it', 'xy')).toHaveLength(count);
    expect(ana.modal()?.search).toMatchObject({ outcome: 'offered', findings: [] });
  });

  test('gives up on options after 3 seconds', async () => {
    await open(slack, app, modal([people()]));
    answer = () => silence;
    const startedAtMs = performance.now();
    expect(await ana.searches('people', 'it', 'xy')).toEqual([]);
    expect(performance.now() - startedAtMs).toBeGreaterThanOrEqual(2990);
    expect(ana.modal()?.search).toMatchObject({ outcome: 'timed-out', findings: [] });
  });

  test('tells an app that cannot be reached from one that is late', async () => {
    await open(slack, app, modal([people()]));
    slack.cutSockets();
    await slack.until(() => slack.connections() === 0, 'the socket to be gone');
    expect(await ana.searches('people', 'it', 'xy')).toEqual([]);
    expect(ana.modal()?.search).toMatchObject({ outcome: 'failed' });
  });
});

test('asks for options once, also while interactions come twice', async () => {
  await open(slack, app, modal([people()]));
  slack.inject({ kind: 'duplicate-delivery', times: 1 });
  await ana.searches('people', 'it', 'xy');
  await ana.searches('people', 'it', 'xyz');
  expect(asked().map(({ value }) => value)).toEqual(['xy', 'xyz']);
  expect(slack.faults()).toHaveLength(1);
});

describe('over HTTP', () => {
  const OPTIONS = JSON.stringify({ options: [option('a')] });
  const payloadIn = (body: string | undefined): Wire =>
    JSON.parse(new URLSearchParams(body).get('payload') ?? '{}');

  test('asks for options at the options load URL', async () => {
    await open(slack, app, modal([people()]));
    const interactions = await startHttpApp(() => ({}));
    const suggestions = await startHttpApp(() => ({ body: OPTIONS }));
    slack.setDelivery({
      mode: 'http',
      requestUrl: interactions.requestUrl,
      optionsUrl: suggestions.requestUrl,
    });
    expect(await ana.searches('people', 'it', 'xy')).toEqual([{ text: 'A', value: 'a' }]);
    expect(interactions.requests).toEqual([]);
    expect(payloadIn(suggestions.requests[0]?.body)).toMatchObject({ type: 'block_suggestion', value: 'xy' });
    expect(suggestions.requests[0]?.headers).toHaveProperty('x-slack-signature');
    await ana.picks('people', 'it', 'a');
    await ana.submits();
    expect(interactions.requests).toHaveLength(1);
    await Promise.all([interactions.close(), suggestions.close()]);
  });

  test.each([
    ['options', { body: OPTIONS }, 'offered'],
    ['an error', { status: 500, body: OPTIONS }, 'failed'],
    ['nothing', { body: '' }, 'invalid'],
    ['what is no JSON', { body: 'options' }, 'invalid'],
  ])(
    'asks the request URL where no other is set, and looks at the answer: %s',
    async (_what, reply, outcome) => {
      await open(slack, app, modal([people()]));
      const http = await startHttpApp(() => reply);
      slack.setDelivery({ mode: 'http', requestUrl: http.requestUrl });
      await ana.searches('people', 'it', 'xy');
      expect(ana.modal()?.search?.outcome).toBe(outcome);
      await http.close();
    },
  );
});
