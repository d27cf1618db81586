import { readdir, readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { MESSAGE_BLOCKS, MODAL_BLOCKS } from '../../../fakes/slack/block-kit-blocks.ts';
import { ACCESSORIES, ACTIONS_ELEMENTS } from '../../../fakes/slack/block-kit-elements.ts';
import { INPUT_ELEMENTS } from '../../../fakes/slack/block-kit-inputs.ts';
import { BLOCKS, DELIVERIES, ELEMENTS, METHODS } from '../../../fakes/slack/coverage.ts';
import { BEHAVIOURS } from '../../../fakes/slack/coverage-behaviours.ts';
import { startFakeSlack } from '../../../fakes/slack/fake-slack.ts';
import { KINDS } from '../../../fakes/slack/inputs.ts';
import type { FakeSlack } from '../../../fakes/slack/types.ts';
import { createMethods } from '../../../fakes/slack/web-api.ts';
import { buttons, input, modal, textInput, WORKSPACE } from './fixtures.ts';
import { call, command, open, startSocketApp, type Wire } from './raw-app.ts';

let slack: FakeSlack;

beforeEach(async () => {
  slack = await startFakeSlack({ workspace: WORKSPACE });
});

afterEach(() => slack.close());

const names = (table: Record<string, { support: string }>, ...support: string[]) =>
  Object.keys(table)
    .filter((name) => support.includes(table[name]?.support ?? ''))
    .sort();

const keys = (...tables: Record<string, unknown>[]) => [...new Set(tables.flatMap(Object.keys))].sort();

describe('the coverage table', () => {
  test('names every method there is', () => {
    const methods = createMethods({ identity: {}, workspace: {} } as never);
    expect([...methods.keys()].sort()).toEqual(names(METHODS, 'supported', 'partial'));
  });

  test('is right about methods it calls supported or partial', async () => {
    const app = await startSocketApp(slack);
    const { view } = await open(slack, app, modal());
    const { trigger_id } = await command(slack, app);
    const { ts: message_ts } = await call(slack, 'chat.postMessage', { channel: 'C1', text: 'hello' });
    const rightCalls: Record<string, Wire> = {
      'apps.connections.open': {},
      'auth.test': {},
      'blocks.validate': { view: modal() },
      'bots.info': { bot: 'B0FAKEBOT' },
      'chat.getPermalink': { channel: 'C1', message_ts },
      'chat.postEphemeral': { channel: 'C1', user: 'U1', text: 'hello' },
      'chat.postMessage': { channel: 'C1', text: 'hello' },
      'conversations.open': { users: 'U1' },
      'usergroups.list': {},
      'usergroups.users.list': { usergroup: 'S1' },
      'users.info': { user: 'U1' },
      'views.update': { view_id: view.id, view: modal() },
      'views.open': { trigger_id, view: modal() },
    };
    expect(keys(rightCalls)).toEqual(names(METHODS, 'supported', 'partial'));
    for (const [method, body] of Object.entries(rightCalls)) {
      const token = method.startsWith('apps.') ? slack.appToken : slack.botToken;
      expect([method, await call(slack, method, body, { token })]).toMatchObject([method, { ok: true }]);
    }
  });

  test.each([...names(METHODS, 'not'), 'some.other', 'toString'])(
    'is right that %s is not there',
    async (method) => {
      expect(await call(slack, method)).toMatchObject({ ok: false, error: 'unknown_method' });
    },
  );

  test('names every delivery there is', async () => {
    const app = await startSocketApp(slack);
    const ana = slack.person('U1');
    const external = input('x', { type: 'external_select', min_query_length: 0 }, { optional: true });
    await open(slack, app, modal([external, buttons('go')], { notify_on_close: true }));
    await ana.searches('x', 'it', '');
    await ana.presses('modal', 'go');
    await ana.submits();
    await open(slack, app, modal([textInput('x')], { notify_on_close: true }));
    await ana.closes();
    const types = app.envelopes.map(({ type, payload }) => (type === 'interactive' ? payload.type : type));
    expect([...new Set(types)].sort()).toEqual(names(DELIVERIES, 'supported', 'partial'));
  });

  test('names every block and element there is', () => {
    expect(keys(MODAL_BLOCKS, MESSAGE_BLOCKS)).toEqual(keys(BLOCKS));
    expect(keys(INPUT_ELEMENTS, ACTIONS_ELEMENTS, ACCESSORIES)).toEqual(keys(ELEMENTS));
  });

  test('calls no input supported that holds no value', () => {
    const holding = Object.keys(KINDS);
    const inputs = names(ELEMENTS, 'supported').filter((name) => name in INPUT_ELEMENTS);
    expect(inputs.filter((name) => !holding.includes(name))).toEqual([]);
  });

  test('has a test for every behaviour', async () => {
    const folder = new URL('.', import.meta.url);
    const files = (await readdir(folder)).filter((file) => file.endsWith('.test.ts'));
    const source = (await Promise.all(files.map((file) => readFile(new URL(file, folder), 'utf8')))).join(
      '\n',
    );
    const untested = Object.values(BEHAVIOURS).filter(({ test: title }) => !source.includes(title));
    expect(untested).toEqual([]);
  });
});
