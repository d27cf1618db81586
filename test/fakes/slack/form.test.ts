import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startFakeSlack } from '../../../fakes/slack/fake-slack.ts';
import type { FakeSlack, Person } from '../../../fakes/slack/types.ts';
import { buttons, input, modal, option, plain, section, select, textInput, WORKSPACE } from './fixtures.ts';
import { call, open, type Reply, type SocketApp, silence, startSocketApp } from './raw-app.ts';

let slack: FakeSlack;
let app: SocketApp;
let ana: Person;
let reply: Reply;

beforeEach(async () => {
  slack = await startFakeSlack({ workspace: WORKSPACE });
  reply = () => undefined;
  app = await startSocketApp(slack, (payload, envelope) => reply(payload, envelope));
  ana = slack.person('U1');
});

afterEach(() => slack.close());

const sent = (type: string) => app.payloads().filter((payload) => payload.type === type);

describe('what is filled in', () => {
  test('starts with the initial values and is told in state.values', async () => {
    const a = option('a');
    const blocks = [
      textInput('text', { initial_value: 'x' }),
      select('one', { initial_option: a }),
      input('many', { type: 'multi_static_select', options: [a, option('b')], initial_options: [a] }),
      input('radio', { type: 'radio_buttons', options: [a, option('b')] }, { optional: true }),
      input('boxes', { type: 'checkboxes', options: [a, option('b')] }),
      {
        ...section('beside'),
        block_id: 'beside',
        accessory: { ...(select('x').element as object), action_id: 'side' },
      },
    ];
    await open(slack, app, modal(blocks));
    await ana.picks('many', 'it', 'b');
    await ana.picks('boxes', 'it', 'a');
    await ana.picks('boxes', 'it', 'b');
    await ana.picks('boxes', 'it', 'a');
    await ana.submits();
    expect(sent('view_submission')[0]?.view.state.values).toEqual({
      text: { it: { type: 'plain_text_input', value: 'x' } },
      one: { it: { type: 'static_select', selected_option: a } },
      many: { it: { type: 'multi_static_select', selected_options: [a, option('b')] } },
      radio: { it: { type: 'radio_buttons', selected_option: null } },
      boxes: { it: { type: 'checkboxes', selected_options: [option('b')] } },
      beside: { side: { type: 'static_select', selected_option: null } },
    });
  });

  test('keeps what was typed where block_id and action_id stay', async () => {
    const { view } = await open(
      slack,
      app,
      modal([textInput('stays'), textInput('goes'), textInput('changes')]),
    );
    for (const block of ['stays', 'goes', 'changes']) await ana.fills(block, 'it', `typed in ${block}`);
    const blocks = [
      textInput('stays', { initial_value: 'initial' }),
      textInput('changes', { action_id: 'other', initial_value: 'initial' }),
      textInput('comes', { initial_value: 'initial' }),
    ];
    await call(slack, 'views.update', { view_id: view.id, view: modal(blocks) });
    expect(ana.modal()?.values).toEqual({
      stays: { it: { type: 'plain_text_input', value: 'typed in stays' } },
      changes: { other: { type: 'plain_text_input', value: 'initial' } },
      comes: { it: { type: 'plain_text_input', value: 'initial' } },
    });
    await call(slack, 'views.update', { view_id: view.id, view: modal([textInput('goes')]) });
    expect(ana.modal()?.values).toEqual({ goes: { it: { type: 'plain_text_input', value: null } } });
  });

  test('takes the initial value where the type of an input changes', async () => {
    const { view } = await open(slack, app, modal([textInput('x')]));
    await ana.fills('x', 'it', 'typed');
    await call(slack, 'views.update', { view_id: view.id, view: modal([select('x')]) });
    expect(ana.modal()?.values).toEqual({ x: { it: { type: 'static_select', selected_option: null } } });
  });

  test('refuses what is not on the screen', async () => {
    await open(slack, app, modal([textInput('name'), select('one')]));
    await expect(ana.fills('nope', 'it', 'x')).rejects.toThrow('it has name/it, one/it');
    await expect(ana.picks('one', 'it', 'z')).rejects.toThrow('no option z; it has a, b');
    await expect(ana.fills('one', 'it', 'a')).rejects.toThrow('static_select');
    await expect(slack.person('U2').submits()).rejects.toThrow('no modal open');
  });
});

describe('block_actions', () => {
  test('tells the app of a choice where the block has dispatch_action', async () => {
    const blocks = [select('told', {}, { dispatch_action: true }), select('quiet')];
    const { view } = await open(slack, app, modal(blocks, { private_metadata: 'mine' }));
    await ana.picks('quiet', 'it', 'a');
    await ana.picks('told', 'it', 'b');
    const chosen = { type: 'static_select', selected_option: option('b') };
    expect(sent('block_actions')).toMatchObject([
      {
        user: { id: 'U1' },
        team: { id: 'T1' },
        api_app_id: 'A0FAKEAPP',
        container: { type: 'view', view_id: view.id },
        trigger_id: expect.any(String),
        view: {
          id: view.id,
          hash: view.hash,
          private_metadata: 'mine',
          state: { values: { told: { it: chosen } } },
        },
        actions: [{ ...chosen, block_id: 'told', action_id: 'it', action_ts: expect.any(String) }],
      },
    ]);
  });

  test('tells the app of typing only with on_character_entered', async () => {
    const eager = { dispatch_action_config: { trigger_actions_on: ['on_character_entered'] } };
    const told = { dispatch_action: true };
    await open(slack, app, modal([textInput('eager', eager, told), textInput('onEnter', {}, told)]));
    await ana.fills('onEnter', 'it', 'x');
    await ana.fills('eager', 'it', 'y');
    expect(sent('block_actions')).toMatchObject([{ actions: [{ block_id: 'eager', value: 'y' }] }]);
  });

  test('tells the app of a button', async () => {
    await open(slack, app, modal([buttons('go')], { submit: undefined }));
    await ana.presses('modal', 'go');
    expect(sent('block_actions')).toMatchObject([{ actions: [{ type: 'button', action_id: 'go' }] }]);
  });
});

describe('submitting', () => {
  test('refuses empty required inputs by itself and sends nothing', async () => {
    const blocks = [
      textInput('needed'),
      textInput('free', {}, { optional: true }),
      textInput('short', { max_length: 3 }),
    ];
    await open(slack, app, modal(blocks));
    await ana.fills('short', 'it', '1234');
    await ana.submits();
    expect(ana.modal()).toMatchObject({
      errors: {
        needed: 'Please complete this required field.',
        short: expect.stringContaining('3 characters'),
      },
      submitting: false,
    });
    expect(sent('view_submission')).toEqual([]);
  });

  test('closes the modal on an empty answer', async () => {
    const { view } = await open(slack, app, modal([textInput('name', { initial_value: 'x' })]));
    await ana.submits();
    expect(ana.modal()).toBeUndefined();
    expect(sent('view_submission')).toMatchObject([
      {
        user: { id: 'U1' },
        view: { id: view.id, hash: view.hash },
        response_urls: [],
        trigger_id: expect.any(String),
      },
    ]);
  });

  test('shows errors, until the next submission', async () => {
    await open(slack, app, modal([textInput('name', { initial_value: 'x' })]));
    reply = () => ({ response_action: 'errors', errors: { name: 'No.' } });
    await ana.submits();
    expect(ana.modal()?.errors).toEqual({ name: 'No.' });
    reply = () => silence;
    const second = ana.submits();
    expect(ana.modal()).toMatchObject({ errors: {}, submitting: true });
    await slack.close();
    await second;
  });

  test('changes the modal on update, and gives it a new hash', async () => {
    const { view } = await open(slack, app, modal([textInput('name', { initial_value: 'x' })]));
    const next = modal([section('Saving…')], { title: plain('Wait'), submit: undefined });
    reply = () => ({ response_action: 'update', view: next });
    await ana.submits();
    expect(ana.modal()).toMatchObject({
      viewId: view.id,
      title: 'Wait',
      submit: undefined,
      submitting: false,
    });
    expect(ana.modal()?.hash).not.toBe(view.hash);
  });

  test('lays a pushed view on top, and comes back when that one closes', async () => {
    const { view } = await open(slack, app, modal([textInput('name', { initial_value: 'x' })]));
    reply = () => ({ response_action: 'push', view: modal([section('More')], { title: plain('Top') }) });
    await ana.submits();
    expect(ana.modal()?.title).toBe('Top');
    await ana.closes();
    expect(ana.modal()?.viewId).toBe(view.id);
    await ana.submits();
    reply = () => ({ response_action: 'clear' });
    await ana.submits();
    expect(ana.modal()).toBeUndefined();
  });

  test.each([
    ['errors under no input', { response_action: 'errors', errors: { nowhere: 'No.' } }],
    ['no errors in errors', { response_action: 'errors', errors: {} }],
    ['a view that breaks a limit', { response_action: 'update', view: modal([section('x'.repeat(3001))]) }],
    ['an unknown action', { response_action: 'explode' }],
  ])('shows a banner when the answer to a submission makes no sense: %s', async (_what, answer) => {
    const { view } = await open(slack, app, modal([textInput('name', { initial_value: 'x' })]));
    reply = () => answer;
    await ana.submits();
    expect(ana.modal()).toMatchObject({
      viewId: view.id,
      hash: view.hash,
      notice: 'We had some trouble connecting. Try again?',
      submitting: false,
    });
  });

  test('shows a banner and keeps the modal when a submission is not answered', async () => {
    await open(slack, app, modal([textInput('name', { initial_value: 'x' })]));
    reply = () => silence;
    const startedAtMs = performance.now();
    const submission = ana.submits();
    await ana.submits(); // While one waits, the button does nothing.
    await submission;
    expect(performance.now() - startedAtMs).toBeGreaterThanOrEqual(2990);
    expect(sent('view_submission')).toHaveLength(1);
    expect(ana.modal()).toMatchObject({
      notice: 'We had some trouble connecting. Try again?',
      submitting: false,
    });
  });

  test('sends two submissions on a double click', async () => {
    await open(slack, app, modal([textInput('name', { initial_value: 'x' })]));
    await ana.submits({ twice: true });
    const [first, second] = sent('view_submission');
    expect(second?.trigger_id).toEqual(expect.any(String));
    expect(second?.trigger_id).not.toBe(first?.trigger_id);
    expect(second?.view.id).toBe(first?.view.id);
  });
});

describe('closing', () => {
  test('is told to the app only with notify_on_close', async () => {
    await open(slack, app, modal());
    await ana.closes();
    expect(sent('view_closed')).toEqual([]);
    const { view } = await open(slack, app, modal([textInput('name')], { notify_on_close: true }));
    await ana.closes();
    expect(sent('view_closed')).toMatchObject([
      { view: { id: view.id }, is_cleared: false, user: { id: 'U1' } },
    ]);
    expect(ana.modal()).toBeUndefined();
  });
});
