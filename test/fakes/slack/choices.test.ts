import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startFakeSlack } from '../../../fakes/slack/fake-slack.ts';
import type { FakeSlack, Person } from '../../../fakes/slack/types.ts';
import { input, modal, option, WORKSPACE } from './fixtures.ts';
import { call, open, type SocketApp, startSocketApp, type Wire } from './raw-app.ts';

let slack: FakeSlack;
let app: SocketApp;
let ana: Person;

const [a, b, c] = [option('a'), option('b'), option('c')];

beforeEach(async () => {
  slack = await startFakeSlack({ workspace: WORKSPACE });
  app = await startSocketApp(slack, ({ type }) =>
    type === 'block_suggestion' ? { options: [a, b, c] } : undefined,
  );
  ana = slack.person('U1');
});

afterEach(() => slack.close());

const external = (more = {}, block = 'who') =>
  input(block, { type: 'multi_external_select', min_query_length: 0, ...more });
const fixed = (more = {}, block = 'who') =>
  input(block, { type: 'multi_static_select', options: [a, b, c], ...more });
const chosen = (block = 'who') => (ana.modal()?.values[block]?.it as Wire | undefined)?.selected_options;

describe.each([
  ['multi_external_select', external],
  ['multi_static_select', fixed],
])('%s', (type, select) => {
  test('lets nobody choose more than max_selected_items', async () => {
    await open(slack, app, modal([select({ max_selected_items: 2, initial_options: [a] })]));
    if (type === 'multi_external_select') await ana.searches('who', 'it', '');
    await ana.picks('who', 'it', 'b');
    await expect(ana.picks('who', 'it', 'c')).rejects.toThrow('who/it takes 2 at most');
    await ana.picks('who', 'it', 'a');
    await ana.picks('who', 'it', 'c');
    expect(chosen()).toEqual([b, c]);
  });

  test('has what the app chose at first in its state', async () => {
    const opened = await open(slack, app, modal([select({ initial_options: [a, b] })]));
    const state = { who: { it: { type, selected_options: [a, b] } } };
    expect(opened.view.state.values).toEqual(state);
    await ana.submits();
    expect(app.payloads().at(-1)?.view.state.values).toEqual(state);
  });

  test('keeps what is chosen over new initial_options', async () => {
    const { view } = await open(slack, app, modal([select({ initial_options: [a] }), select({}, 'empty')]));
    if (type === 'multi_external_select') await ana.searches('who', 'it', '');
    await ana.picks('who', 'it', 'c');
    const blocks = ['who', 'empty', 'new'].map((block) => select({ initial_options: [b] }, block));
    const updated = await call(slack, 'views.update', { view_id: view.id, view: modal(blocks) });
    expect([chosen('who'), chosen('empty'), chosen('new')]).toEqual([[a, c], [], [b]]);
    expect(updated.view.state.values.who.it.selected_options).toEqual([a, c]);
  });
});

test('lets what the app chose at first leave without a search, and come back only after one', async () => {
  const known = { text: { type: 'plain_text', text: 'Known of old' }, value: 'old' };
  await open(slack, app, modal([external({ initial_options: [known, a] })]));
  await ana.picks('who', 'it', 'old');
  expect(chosen()).toEqual([a]);
  await expect(ana.picks('who', 'it', 'old')).rejects.toThrow('no option old');
  await expect(ana.picks('who', 'it', 'b')).rejects.toThrow('no option b');
  await ana.searches('who', 'it', '');
  await ana.picks('who', 'it', 'b');
  expect(chosen()).toEqual([a, b]);
});

test('has the first choice of a single select in its state', async () => {
  const one = input('who', { type: 'external_select', initial_option: a }, { dispatch_action: true });
  const { view } = await open(slack, app, modal([one]));
  expect(view.state.values).toEqual({ who: { it: { type: 'external_select', selected_option: a } } });
  await ana.searches('who', 'it', 'abc');
  await ana.picks('who', 'it', 'b');
  expect(app.payloads().at(-1)).toMatchObject({
    type: 'block_actions',
    actions: [{ type: 'external_select', block_id: 'who', action_id: 'it', selected_option: b }],
  });
});
