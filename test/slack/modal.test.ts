import { describe, expect, test } from '@jest/globals';
import type { types } from '@slack/bolt';
import { checkView, isTooLarge } from '../../fakes/slack/block-kit.ts';
import { type ChangeProblem, type Visibility, visibilities } from '../../src/privacy/change.ts';
import type { JournalEntry } from '../../src/privacy/journal-entry.ts';
import type { Phone } from '../../src/privacy/phone.ts';
import { type GatewayErrorKind, gatewayErrorKinds } from '../../src/privacy/ports.ts';
import type { LastSet } from '../../src/privacy/setting-memory.ts';
import { errorUnder, type StateValues } from '../../src/slack/form-fields.ts';
import { type Form, OutdatedForm } from '../../src/slack/form-memory.ts';
import type { Notice } from '../../src/slack/messages/form.ts';
import type { NamedNumber } from '../../src/slack/messages/formatting.ts';
import { messagesIn } from '../../src/slack/messages/messages-in.ts';
import {
  closingView,
  fieldErrors,
  formCallbackId,
  readForm,
  renderForm,
  renderSaving,
  type Surroundings,
} from '../../src/slack/modal.ts';
import { exceptChange, phones, someChange, someEnded, someEntry } from '../privacy/some-changes.ts';

const messages = messagesIn('en');
const { failureNotice, nobodyExcepted, outdatedForm, savedText, secondLook } = messages.form;

const blank: Form = {
  setting: 'last-seen',
  place: {
    channel: 'C0OPS',
    replyUrl: `https://hooks.slack.com/commands/T0123ABCD/1234567890123/${'k'.repeat(24)}`,
  },
  number: 'main',
  visibility: undefined,
  hide: '',
  hidePicked: [],
  showAgainPicked: [],
};
const padaria: NamedNumber = {
  label: undefined,
  own: { phone: '5511940001000' as Phone, name: 'Padaria Sol' },
};
const plainSurroundings: Surroundings = {
  numbers: undefined,
  current: { number: padaria, last: 'never' },
  hiddenNow: [],
  hasDefaultCountry: false,
  nameOf: () => undefined,
};

const noise = (length: number) =>
  Array.from({ length }, (_, index) =>
    String.fromCharCode(33 + ((index * index * 7919 + index * 104_729) % 20_000)),
  ).join('');

type State = StateValues;
type Filled = { visibility?: Visibility; hide?: string; hidePicked?: string[]; showAgainPicked?: string[] };

/** What Slack holds of a view, after the person chose and typed; inputs that are not in sight are not in it. */
function stateOf(view: types.ModalView, filled: Filled = {}): State {
  const picked: Record<string, string[] | undefined> = {
    'hide-picked': filled.hidePicked,
    'show-again': filled.showAgainPicked,
  };
  const values: State = {};
  for (const { block_id = '', element } of inputsOf(view)) {
    if (element.type === 'static_select') {
      const value = filled.visibility ?? element.initial_option?.value;
      values[block_id] = { [String(element.action_id)]: { selected_option: value ? { value } : null } };
    } else if (element.type === 'plain_text_input') {
      const value = filled.hide ?? element.initial_value;
      values[block_id] = { [String(element.action_id)]: { value: value || null } };
    } else if (element.type === 'multi_external_select') {
      const chosen = picked[block_id.split(':')[0] ?? ''] ?? valuesOf(element.initial_options);
      values[block_id] = {
        [String(element.action_id)]: { selected_options: chosen.map((value) => ({ value })) },
      };
    }
  }
  return values;
}

/** One step of a person at the form: fills in, and the bot shows what follows. */
function step(view: types.ModalView, filled: Parameters<typeof stateOf>[1]): types.ModalView {
  const form = readForm({
    private_metadata: view.private_metadata ?? '',
    state: { values: stateOf(view, filled) },
  });
  return renderForm(messages, form, plainSurroundings);
}

const labelsOf = (view: types.ModalView) => inputsOf(view).map(({ label }) => label.text);

const valuesOf = (options: types.PlainTextOption[] = []) => options.map(({ value }) => String(value));

/** Who is chosen in the two pickers at first, by value. */
const initialPicks = (view: types.ModalView) =>
  inputsOf(view).flatMap(({ element }) =>
    element.type === 'multi_external_select' ? [valuesOf(element.initial_options)] : [],
  );

const initialTexts = (view: types.ModalView) =>
  inputsOf(view).flatMap(({ element }) =>
    element.type === 'plain_text_input' ? [element.initial_value ?? ''] : [],
  );

function inputsOf(view: types.ModalView): types.InputBlock[] {
  return view.blocks.filter((block): block is types.InputBlock => block.type === 'input');
}

/** What Slack would say against a view, size included. */
const objections = (view: types.ModalView) => [
  ...checkView(view),
  ...(isTooLarge(view) ? ['too large'] : []),
];

describe('every view is one that Slack takes', () => {
  const chosen: (Visibility | undefined)[] = [undefined, ...visibilities];
  const texts: Partial<Form>[] = [
    {},
    { hide: '+55 11 98765-4321', showAgainPicked: ['5521912345678', '123456789012345@lid'] },
    { hide: '0'.repeat(3000), hidePicked: phones(100), showAgainPicked: phones(100) },
    { hide: noise(3000), hidePicked: phones(2), lookedAt: 'abcdefgh12345678' },
    { hide: '🙂'.repeat(2000), number: undefined },
  ];
  const owns: (NamedNumber | undefined)[] = [
    undefined,
    { label: undefined, own: undefined },
    padaria,
    { label: undefined, own: { phone: '999999999999999' as Phone, name: '<&>'.repeat(5_000) } },
    { label: '🙂'.repeat(30), own: { phone: '5511940001000' as Phone, name: undefined } },
  ];
  const hidden: Surroundings['hiddenNow'][] = [
    'reading',
    'unavailable',
    [],
    ['5511987654321'],
    Array.from({ length: 5_000 }, () => '5511987654321'),
    Array.from({ length: 60 }, () => '123456789012345@lid'),
  ];
  const failures = gatewayErrorKinds.flatMap((failure) =>
    (['failed', 'unknown'] as const).map((kind) => ({ kind, failure })),
  );
  const notices = [undefined, secondLook(Array.from({ length: 400 }, () => '5520987654321'))];

  test.each(chosen)('with %s chosen: every text, number, list and notice', (visibility) => {
    const refused = texts.flatMap((text) =>
      owns.flatMap((number) =>
        hidden.flatMap((hiddenNow) =>
          notices.flatMap((notice) =>
            [true, false].flatMap((hasDefaultCountry) =>
              objections(
                renderForm(
                  messages,
                  { ...blank, ...text, visibility },
                  {
                    ...plainSurroundings,
                    current: number && { number, last: 'never' },
                    hiddenNow,
                    hasDefaultCountry,
                    ...(notice && { notice }),
                  },
                ),
              ),
            ),
          ),
        ),
      ),
    );
    expect([...new Set(refused)]).toEqual([]);
  });

  test.each<[string, JournalEntry]>([
    ['was set', someEnded({ change: exceptChange(phones(150), phones(150, '21')) })],
    ['is not known', someEnded({ outcome: { kind: 'unknown', failure: 'timeout' } })],
    ['is under way', someEntry()],
    ['was set by somebody with a long id', someEnded({ by: 'U'.repeat(200) })],
  ])('with what %s last', (_what, last) => {
    for (const visibility of chosen) {
      for (const number of owns) {
        const around = { ...plainSurroundings, current: number && { number, last } };
        expect(objections(renderForm(messages, { ...blank, visibility }, around))).toEqual([]);
      }
    }
  });

  test.each(failures)('with the notice of $failure, $kind', (outcome) => {
    const notice = failureNotice(outcome);
    expect(objections(renderForm(messages, blank, { ...plainSurroundings, notice }))).toEqual([]);
  });

  test.each([
    ['ids without end', Array.from({ length: 60 }, () => `${'1'.repeat(40)}@lid`)],
    ['control characters of Slack', Array.from({ length: 60 }, () => '&<>'.repeat(40))],
    ['digits without end', ['1'.repeat(9_000)]],
    ['one digit, very often', Array.from({ length: 60 }, () => '7'.repeat(500))],
  ])('whatever the gateway lists as hidden: %s', (_what, hiddenNow) => {
    const view = renderForm(
      messages,
      { ...blank, visibility: 'contacts-except' },
      { ...plainSurroundings, hiddenNow },
    );
    expect(objections(view)).toEqual([]);
  });

  test.each<[string, types.ModalView]>([
    ['while it saves', renderSaving(messages, { ...blank, visibility: 'nobody' })],
    [
      'when it is saved',
      closingView(
        messages,
        blank,
        savedText({ ...blank, visibility: 'contacts-except' }, { kind: 'applied' }, 'C0AUDIT'),
      ),
    ],
    ['when it is outdated', closingView(messages, blank, outdatedForm)],
  ])('%s', (_when, view) => {
    expect(objections(view)).toEqual([]);
    expect(view.submit).toBeUndefined();
    expect(labelsOf(view)).toEqual([]);
  });
});

describe('what the bot last set', () => {
  const textOf = (last: LastSet) =>
    JSON.stringify(
      renderForm(messages, blank, { ...plainSurroundings, current: { number: padaria, last } }).blocks.find(
        ({ block_id }) => block_id === 'standing',
      ),
    );

  test.each<[string, LastSet, string]>([
    ['nothing', 'never', 'Now: not known yet. This bot has not set it, and Z-API has no way to ask.'],
    [
      'something',
      someEnded({ change: someChange('contacts'), by: 'U0BRUNO' }),
      'Now: *My contacts*, set here by <@U0BRUNO>',
    ],
    [
      'something that may or may not have been made',
      someEnded({ outcome: { kind: 'unknown', failure: 'timeout' } }),
      'Now: *unknown*. The last change, by <@U0ANA>,',
    ],
  ])('stands under the number: %s', (_what, last, words) => {
    expect(textOf(last)).toContain('Changes *+55 11 94000-1000* (Padaria Sol) for the whole team.');
    expect(textOf(last)).toContain(words);
  });

  test('is not the choice: that is the form', () => {
    const view = renderForm(messages, blank, {
      ...plainSurroundings,
      current: { number: padaria, last: someEnded({ change: someChange('contacts') }) },
    });
    expect(inputsOf(view).map(({ element }) => 'initial_option' in element)).toEqual([false]);
  });

  test('shows no number of the list', () => {
    const last = someEnded({ change: exceptChange(phones(2)) });
    expect(textOf(last)).not.toContain('98760');
  });
});

test.each([undefined, ...visibilities])('the choice of %s stays chosen', (visibility) => {
  const [select] = inputsOf(renderForm(messages, { ...blank, visibility }, plainSurroundings));
  const chosen =
    select?.element.type === 'static_select' ? select.element.initial_option?.value : 'no select';
  expect(chosen).toBe(visibility);
});

describe('the inputs for numbers', () => {
  test.each<[Visibility | undefined, boolean]>([
    [undefined, false],
    ['everyone', false],
    ['contacts', false],
    ['contacts-except', true],
    ['nobody', false],
  ])('are in sight with %s chosen: %s', (visibility, inSight) => {
    const view = renderForm(messages, { ...blank, visibility, hide: '+55 11 98765-4321' }, plainSurroundings);
    expect(labelsOf(view)).toEqual([
      'Who can see last seen',
      ...(inSight ? ['Hide from', 'Hide from contacts', 'Show again to'] : []),
    ]);
  });

  test.each(visibilities)(
    'stay in sight where their texts are too long to be remembered, with %s chosen',
    (visibility) => {
      const texts = { hide: noise(3000), showAgainPicked: phones(3) };
      const view = renderForm(messages, { ...blank, ...texts, visibility }, plainSurroundings);
      expect([initialTexts(view), initialPicks(view)]).toEqual([[texts.hide], [[], texts.showAgainPicked]]);
      expect(step(view, { visibility: 'nobody' })).toMatchObject({ callback_id: formCallbackId });
      const back = step(step(view, { visibility: 'nobody' }), { visibility: 'contacts-except' });
      expect([initialTexts(back), initialPicks(back)]).toEqual([[texts.hide], [[], texts.showAgainPicked]]);
    },
  );

  test('say whether a country code is needed', () => {
    const hintOf = (hasDefaultCountry: boolean) =>
      JSON.stringify(
        renderForm(
          messages,
          { ...blank, visibility: 'contacts-except' },
          { ...plainSurroundings, hasDefaultCountry },
        ),
      );
    expect(hintOf(false)).toContain('with its country code');
    expect(hintOf(true)).not.toContain('with its country code');
  });

  test('may be left empty', () => {
    const view = renderForm(messages, { ...blank, visibility: 'contacts-except' }, plainSurroundings);
    expect(inputsOf(view).map(({ optional }) => optional)).toEqual([undefined, true, true, true]);
  });
});

describe('what was filled in', () => {
  const typed = {
    hide: '+55 11 98765-4321\n"é🙂"',
    hidePicked: ['5521912345678'],
    showAgainPicked: ['123456789012345@lid', '5511987654321'],
  };
  const picks = [typed.hidePicked, typed.showAgainPicked];

  test.each(visibilities.filter((visibility) => visibility !== 'contacts-except'))(
    'survives the switch to %s and back',
    (visibility) => {
      const first = renderForm(messages, { ...blank, visibility: 'contacts-except' }, plainSurroundings);
      const away = step(first, { ...typed, visibility });
      expect([initialTexts(away), initialPicks(away)]).toEqual([[], []]);
      const back = step(away, { visibility: 'contacts-except' });
      expect([initialTexts(back), initialPicks(back)]).toEqual([[typed.hide], picks]);
    },
  );

  test('and taken away again is not remembered', () => {
    const first = renderForm(
      messages,
      { ...blank, visibility: 'contacts-except', ...typed },
      plainSurroundings,
    );
    // Slack says null of an input that was emptied.
    const values = {
      ...stateOf(first, { visibility: 'nobody', hidePicked: [] }),
      hide: { numbers: { value: null } },
      'show-again:main': { 'hidden-people': {} },
    };
    const form = readForm({ private_metadata: first.private_metadata ?? '', state: { values } });
    expect(form).toMatchObject({ visibility: 'nobody', hide: '', hidePicked: [], showAgainPicked: [] });
    const back = step(renderForm(messages, form, plainSurroundings), { visibility: 'contacts-except' });
    expect([initialTexts(back), initialPicks(back)]).toEqual([[''], [[], []]]);
  });

  test('keeps block_id and action_id through every update: Slack forgets it otherwise', () => {
    const idsOf = (view: types.ModalView) =>
      inputsOf(view).map(
        ({ block_id, element }) => `${block_id}/${'action_id' in element && element.action_id}`,
      );
    const views = [
      plainSurroundings,
      { ...plainSurroundings, notice: { text: 'no', submit: 'Save again' }, hiddenNow: 'reading' as const },
    ].map((around) =>
      idsOf(renderForm(messages, { ...blank, ...typed, visibility: 'contacts-except' }, around)),
    );
    expect(views[1]).toEqual(views[0]);
    expect(new Set(views[0]).size).toBe(4);
  });
});

describe('reading the form', () => {
  const view = renderForm(
    messages,
    { ...blank, visibility: 'contacts-except', hide: 'before', showAgainPicked: ['then'] },
    plainSurroundings,
  );
  const notChosen: State = { visibility: { 'visibility-chosen': { selected_option: null } } };
  const read = (values: State) =>
    readForm({
      private_metadata: view.private_metadata ?? '',
      state: { values: { ...notChosen, ...values } },
    });

  test.each<[string, State, object]>([
    ['nothing', {}, { visibility: undefined, hide: 'before', showAgainPicked: ['then'] }],
    [
      'blocks without actions',
      { visibility: {}, hide: {}, 'show-again': {} },
      { visibility: undefined, hide: 'before' },
    ],
    [
      'no choice',
      { visibility: { 'visibility-chosen': { selected_option: null } } },
      { visibility: undefined },
    ],
    [
      'a choice of another version',
      { visibility: { 'visibility-chosen': { selected_option: { value: 'family' } } } },
      { visibility: undefined },
    ],
    [
      'a choice that every object has',
      { visibility: { 'visibility-chosen': { selected_option: { value: 'constructor' } } } },
      { visibility: undefined },
    ],
    [
      'a choice',
      { visibility: { 'visibility-chosen': { selected_option: { value: 'nobody' } } } },
      { visibility: 'nobody', hide: 'before' },
    ],
    ['a text', { hide: { numbers: { value: 'after' } } }, { hide: 'after', showAgainPicked: ['then'] }],
    [
      'people',
      {
        'show-again:main': {
          'hidden-people': { selected_options: [{ value: '5511987654321' }, { value: '1@lid' }] },
        },
      },
      { hide: 'before', showAgainPicked: ['5511987654321', '1@lid'] },
    ],
    [
      'people who were picked for another number',
      { 'show-again:sales': { 'hidden-people': { selected_options: [{ value: '1@lid' }] } } },
      { showAgainPicked: ['then'] },
    ],
    [
      'what a picker had to say',
      {
        'hide-picked:main': { contacts: { selected_options: [{ value: '!' }, { value: '5511987654321' }] } },
      },
      { hidePicked: ['5511987654321'], showAgainPicked: ['then'] },
    ],
    [
      'another number',
      { number: { 'number-chosen': { selected_option: { value: 'sales' } } } },
      { number: 'sales' },
    ],
    ['no number', { number: { 'number-chosen': { selected_option: null } } }, { number: 'main' }],
    [
      'an empty input',
      { hide: { numbers: { value: null } }, 'show-again:main': { 'hidden-people': {} } },
      { hide: '', showAgainPicked: [] },
    ],
    [
      'blocks of others',
      { other: { numbers: { value: 'x' } }, hide: { other: { value: 'x' } } },
      { hide: 'before' },
    ],
  ])('with %s filled in', (_what, values, expected) => {
    expect(read(values)).toMatchObject({ setting: 'last-seen', place: blank.place, ...expected });
  });

  test.each(['', '{}', 'null', '{"setting":"last-seen"}'])(
    'with the memory %j is not possible',
    (private_metadata) => {
      expect(() => readForm({ private_metadata, state: { values: notChosen } })).toThrow(OutdatedForm);
    },
  );

  test.each<[string, object]>([
    ['no values', {}],
    ['values that are none', { values: null }],
    ['no fields', { values: {} }],
    ['the fields of another version', { values: { 'last-seen': { 'visibility-chosen': {} } } }],
  ])('with %s is not possible', (_what, state) => {
    const memory = view.private_metadata ?? '';
    expect(() => readForm({ private_metadata: memory, state: state as { values: State } })).toThrow(
      OutdatedForm,
    );
  });
});

describe('an error', () => {
  const inForm = labelledBlockIds(
    renderForm(messages, { ...blank, visibility: 'contacts-except' }, plainSurroundings),
  );
  const showing = (...labels: string[]) => ({
    state: { values: Object.fromEntries(labels.map((label) => [String(inForm[label]), {}])) },
  });
  const whole = showing('Who can see last seen', 'Hide from', 'Hide from contacts', 'Show again to');
  const problems: ChangeProblem[] = [
    { field: 'hide', kind: 'not-a-phone', why: 'other', line: 1, typed: 'Ana' },
    { field: 'showAgain', kind: 'too-long' },
    { field: 'hide', kind: 'repeated', line: 3, typed: '+1', firstLine: 2, otherSpelling: false },
  ];

  test('stands under its own field, one text for each field', () => {
    const errors = fieldErrors(messages, whole, blank, problems);
    expect(Object.keys(errors)).toEqual([inForm['Hide from'], inForm['Show again to']]);
    expect(errors[String(inForm['Hide from'])]).toMatch(/^Line 1: .*\nLine 3: /);
  });

  test.each([
    ['visibility', 'Who can see last seen'],
    ['hide', 'Hide from'],
    ['hidePicked', 'Hide from contacts'],
    ['showAgain', 'Show again to'],
  ] as const)('of the bot stands under %s too', (field, label) => {
    expect(errorUnder(whole, field, nobodyExcepted)).toEqual({ [String(inForm[label])]: nobodyExcepted });
  });

  test('of a field that is not in sight stands under the select', () => {
    const errors = errorUnder(showing('Who can see last seen'), 'hide', nobodyExcepted);
    expect(errors).toEqual({ [String(inForm['Who can see last seen'])]: nobodyExcepted });
  });
});

describe('where the team has several numbers', () => {
  const numbers = [
    { name: 'sales', text: 'Sales · +55 11 94000-1000' },
    { name: 'support', text: 'Support' },
  ];
  const excepting = { ...blank, visibility: 'contacts-except' as const };
  const idsOf = (number: string | undefined) =>
    inputsOf(renderForm(messages, { ...excepting, number }, { ...plainSurroundings, numbers })).map(
      ({ block_id }) => block_id,
    );

  test('one is chosen first, at once, from those that the person may change', () => {
    const [select] = inputsOf(
      renderForm(messages, { ...blank, number: 'support' }, { ...plainSurroundings, numbers }),
    );
    expect(select).toMatchObject({
      label: { text: 'WhatsApp number' },
      dispatch_action: true,
      element: {
        type: 'static_select',
        options: [{ text: { text: 'Sales · +55 11 94000-1000' }, value: 'sales' }, { value: 'support' }],
        initial_option: { text: { text: 'Support' }, value: 'support' },
      },
    });
  });

  test.each([undefined, 'gone'])('none is chosen where that is %s', (number) => {
    const [select] = inputsOf(renderForm(messages, { ...blank, number }, { ...plainSurroundings, numbers }));
    expect(select?.element).not.toHaveProperty('initial_option');
  });

  test('nothing but the number and what was typed survives the choice of another', () => {
    const [sales, support] = [idsOf('sales'), idsOf('support')];
    expect(sales).toEqual(['number', 'visibility:sales', 'hide', 'hide-picked:sales', 'show-again:sales']);
    expect(sales.filter((id) => support.includes(id))).toEqual(['number', 'hide']);
  });

  test('nobody is offered before one is chosen', () => {
    expect(idsOf(undefined)).toEqual(['number', 'visibility', 'hide']);
  });
});

test('without an admission the form shows nothing of the number', () => {
  const form: Form = { ...blank, visibility: 'contacts-except', hidePicked: ['5511987654321'] };
  const around = { ...plainSurroundings, current: undefined, hiddenNow: ['5521933334444'] };
  const view = renderForm(messages, form, around);
  const text = JSON.stringify(view.blocks);
  expect(text).toContain('Changes your WhatsApp number for the whole team.');
  expect(text).not.toMatch(/Padaria|94000|93333|Now:|On the list/);
  expect(objections(view)).toEqual([]);
});

test('who is picked or on the list is called by name where it is known', () => {
  const form: Form = { ...blank, visibility: 'contacts-except', hidePicked: ['5511987654321', '1@lid'] };
  const nameOf = (entry: string) => (entry === '5511987654321' ? 'Ana <b>' : undefined);
  const text = JSON.stringify(
    renderForm(messages, form, { ...plainSurroundings, hiddenNow: ['5511987654321'], nameOf }).blocks,
  );
  expect(text).toContain('"text":"Ana <b> · +55 11 98765-4321"');
  expect(text).toContain('"text":"a private WhatsApp id (1@lid)"');
  expect(text).toContain('*On the list now (1):* Ana &lt;b&gt; (+55 11 98765-4321)');
});

function labelledBlockIds(view: types.ModalView): Record<string, string | undefined> {
  return Object.fromEntries(inputsOf(view).map(({ label, block_id }) => [label.text, block_id]));
}

test('a notice stands first, and every kind of failure has one', () => {
  const noticeOf = (failure: GatewayErrorKind) => failureNotice({ kind: 'failed', failure });
  const view = renderForm(messages, blank, { ...plainSurroundings, notice: noticeOf('timeout') });
  expect(view.blocks[0]).toMatchObject({ type: 'section', text: { text: noticeOf('timeout').text } });
  expect(new Set(gatewayErrorKinds.map((failure) => noticeOf(failure).text)).size).toBe(
    gatewayErrorKinds.length,
  );
});

test.each<[string, Notice | undefined, string]>([
  ['without a notice', undefined, 'Save'],
  ['after a failure', failureNotice({ kind: 'failed', failure: 'timeout' }), 'Save again'],
  ['after what perhaps failed', failureNotice({ kind: 'unknown', failure: 'timeout' }), 'Save again'],
  ['after a second look', secondLook(['5520987654321']), 'Save anyway'],
])('%s the button says what pressing it means', (_when, notice, words) => {
  const view = renderForm(messages, blank, { ...plainSurroundings, ...(notice && { notice }) });
  expect(view.submit).toEqual({ type: 'plain_text', text: words });
});
