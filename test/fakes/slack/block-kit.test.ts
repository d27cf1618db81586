import { describe, expect, test } from '@jest/globals';
import { checkMessageBlocks, checkView } from '../../../fakes/slack/block-kit.ts';
import { buttons, input, modal, option, plain, section, select, textInput } from './fixtures.ts';

type Fields = Record<string, unknown>;

const long = (length: number) => 'x'.repeat(length);
const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));
const button = (more: Fields): Fields => ({
  type: 'actions',
  elements: [{ type: 'button', text: plain('Go'), ...more }],
});
const confirm = (more: Fields) => ({
  confirm: {
    title: plain('Sure?'),
    text: plain('Really?'),
    confirm: plain('Yes'),
    deny: plain('No'),
    ...more,
  },
});
const alert = (more: Fields): Fields => ({ type: 'alert', text: plain('Look'), ...more });
const options = (count: number) => times(count, (index) => option(`${index}`));

/** A view of one block, or with other fields, and all that Slack says against it. */
const REFUSED: [string, Fields, string[]][] = [
  [
    'a title of 25',
    modal([], { title: plain(long(25)) }),
    ['must be less than 25 characters [json-pointer:/view/title/text]'],
  ],
  [
    'a submit of 25',
    modal([], { submit: plain(long(25)) }),
    ['must be less than 25 characters [json-pointer:/view/submit/text]'],
  ],
  [
    'a close of 25',
    modal([], { close: plain(long(25)) }),
    ['must be less than 25 characters [json-pointer:/view/close/text]'],
  ],
  [
    'an empty title',
    modal([], { title: plain('') }),
    ['must be more than 0 characters [json-pointer:/view/title/text]'],
  ],
  [
    'a mrkdwn title',
    modal([], { title: { type: 'mrkdwn', text: 'x' } }),
    ['unsupported type: mrkdwn [json-pointer:/view/title/type]'],
  ],
  ['no title', modal([], { title: undefined }), ['missing required field: title [json-pointer:/view]']],
  ['another type', modal([], { type: 'home' }), ['must be a valid enum value [json-pointer:/view/type]']],
  [
    '101 blocks',
    modal(times(101, () => ({ type: 'divider' }))),
    ['no more than 100 items allowed [json-pointer:/view/blocks]'],
  ],
  [
    'private_metadata of 3001',
    modal([], { private_metadata: long(3001) }),
    ['must be less than 3001 characters [json-pointer:/view/private_metadata]'],
  ],
  [
    'a callback_id of 256',
    modal([], { callback_id: long(256) }),
    ['must be less than 256 characters [json-pointer:/view/callback_id]'],
  ],
  [
    'an unknown key',
    modal([], { colour: 'red' }),
    ['invalid additional property: colour [json-pointer:/view]'],
  ],
  [
    'an input without submit',
    modal([textInput('x')], { submit: undefined }),
    ['must define `submit` to use an `input` block in modals [json-pointer:/view/blocks/0/input]'],
  ],
  [
    'two blocks of one id',
    modal([textInput('x'), textInput('x')]),
    ['`block_id` "x" already exists [json-pointer:/view/blocks/1/block_id]'],
  ],
  [
    'a block that is no object',
    modal(['x' as never]),
    ['must provide an object [json-pointer:/view/blocks/0]'],
  ],
];

const REFUSED_BLOCKS: [string, Fields, string[]][] = [
  [
    'an unknown block',
    { type: 'sections' },
    ['unsupported type: sections [json-pointer:/view/blocks/0/type]'],
  ],
  [
    'a table',
    { type: 'table', rows: [[{ type: 'raw_text', text: 'x' }]] },
    ['unsupported type: table [json-pointer:/view/blocks/0/type]'],
  ],
  [
    'a block_id of 256',
    { type: 'divider', block_id: long(256) },
    ['must be less than 256 characters [json-pointer:/view/blocks/0/block_id]'],
  ],
  [
    'an action_id of 256',
    button({ action_id: long(256) }),
    ['must be less than 256 characters [json-pointer:/view/blocks/0/elements/0/action_id]'],
  ],
  [
    'an empty section',
    { type: 'section' },
    ['must define either `text` or `fields` [json-pointer:/view/blocks/0]'],
  ],
  [
    'a section without words',
    section(''),
    ['must be more than 0 characters [json-pointer:/view/blocks/0/text/text]'],
  ],
  [
    '11 fields',
    { type: 'section', fields: times(11, () => plain('x')) },
    ['no more than 10 items allowed [json-pointer:/view/blocks/0/fields]'],
  ],
  [
    'a field of 2001',
    { type: 'section', fields: [plain(long(2001))] },
    ['must be less than 2001 characters [json-pointer:/view/blocks/0/fields/0/text]'],
  ],
  [
    'a header of 151',
    { type: 'header', text: plain(long(151)) },
    ['must be less than 151 characters [json-pointer:/view/blocks/0/text/text]'],
  ],
  [
    '11 context elements',
    { type: 'context', elements: times(11, () => plain('x')) },
    ['no more than 10 items allowed [json-pointer:/view/blocks/0/elements]'],
  ],
  [
    '26 actions',
    buttons(...times(26, String)),
    ['no more than 25 items allowed [json-pointer:/view/blocks/0/elements]'],
  ],
  [
    'two actions of one id',
    buttons('a', 'a'),
    ['`action_id` "a" already exists [json-pointer:/view/blocks/0/elements/1/action_id]'],
  ],
  ['no actions', buttons(), ['must provide at least 1 items [json-pointer:/view/blocks/0/elements]']],
  [
    'an input among actions',
    { type: 'actions', elements: [{ type: 'plain_text_input' }] },
    ['unsupported type: plain_text_input [json-pointer:/view/blocks/0/elements/0/type]'],
  ],
  [
    'button text of 76',
    button({ text: plain(long(76)) }),
    ['must be less than 76 characters [json-pointer:/view/blocks/0/elements/0/text/text]'],
  ],
  [
    'a button value of 2001',
    button({ value: long(2001) }),
    ['must be less than 2001 characters [json-pointer:/view/blocks/0/elements/0/value]'],
  ],
  [
    'a green button',
    button({ style: 'green' }),
    ['must be a valid enum value [json-pointer:/view/blocks/0/elements/0/style]'],
  ],
  [
    'a confirm title of 101',
    button(confirm({ title: plain(long(101)) })),
    ['must be less than 101 characters [json-pointer:/view/blocks/0/elements/0/confirm/title/text]'],
  ],
  [
    'a confirm text of 301',
    button(confirm({ text: plain(long(301)) })),
    ['must be less than 301 characters [json-pointer:/view/blocks/0/elements/0/confirm/text/text]'],
  ],
  [
    'a deny of 31',
    button(confirm({ deny: plain(long(31)) })),
    ['must be less than 31 characters [json-pointer:/view/blocks/0/elements/0/confirm/deny/text]'],
  ],
  [
    '101 options',
    select('x', { options: options(101) }),
    ['no more than 100 items allowed [json-pointer:/view/blocks/0/element/options]'],
  ],
  [
    'no options',
    select('x', { options: [] }),
    ['must provide at least 1 items [json-pointer:/view/blocks/0/element/options]'],
  ],
  [
    '11 radio buttons',
    input('x', { type: 'radio_buttons', options: options(11) }),
    ['no more than 10 items allowed [json-pointer:/view/blocks/0/element/options]'],
  ],
  [
    'option text of 76',
    select('x', { options: [{ text: plain(long(76)), value: 'a' }] }),
    ['must be less than 76 characters [json-pointer:/view/blocks/0/element/options/0/text/text]'],
  ],
  [
    'an option value of 151',
    select('x', { options: [{ text: plain('A'), value: long(151) }] }),
    ['must be less than 151 characters [json-pointer:/view/blocks/0/element/options/0/value]'],
  ],
  [
    'a description of 76',
    select('x', { options: [{ ...option('a'), description: plain(long(76)) }] }),
    ['must be less than 76 characters [json-pointer:/view/blocks/0/element/options/0/description/text]'],
  ],
  [
    'an initial_option from elsewhere',
    select('x', { initial_option: option('z') }),
    ['must exactly match one of the provided options [json-pointer:/view/blocks/0/element/initial_option]'],
  ],
  [
    'an initial_option of other text',
    select('x', { initial_option: { text: plain('other'), value: 'a' } }),
    ['must exactly match one of the provided options [json-pointer:/view/blocks/0/element/initial_option]'],
  ],
  [
    'options and groups',
    select('x', { option_groups: [{ label: plain('G'), options: options(1) }] }),
    ['must provide exactly one of `options` and `option_groups` [json-pointer:/view/blocks/0/element]'],
  ],
  [
    'a label of 2001',
    textInput('x', {}, { label: plain(long(2001)) }),
    ['must be less than 2001 characters [json-pointer:/view/blocks/0/label/text]'],
  ],
  [
    'a hint of 2001',
    textInput('x', {}, { hint: plain(long(2001)) }),
    ['must be less than 2001 characters [json-pointer:/view/blocks/0/hint/text]'],
  ],
  [
    'an input without a label',
    textInput('x', {}, { label: undefined }),
    ['missing required field: label [json-pointer:/view/blocks/0]'],
  ],
  [
    'a placeholder of 151',
    textInput('x', { placeholder: plain(long(151)) }),
    ['must be less than 151 characters [json-pointer:/view/blocks/0/element/placeholder/text]'],
  ],
  [
    'max_length of 3001',
    textInput('x', { max_length: 3001 }),
    ['must be less than 3001 [json-pointer:/view/blocks/0/element/max_length]'],
  ],
  [
    'min over max',
    textInput('x', { min_length: 9, max_length: 3 }),
    ['must be less than or equal to `max_length` [json-pointer:/view/blocks/0/element/min_length]'],
  ],
  [
    'an initial_value over max_length',
    textInput('x', { max_length: 3, initial_value: '1234' }),
    ['must be less than 4 characters [json-pointer:/view/blocks/0/element/initial_value]'],
  ],
  [
    'a button as an input',
    input('x', { type: 'button', text: plain('Go') }),
    ['unsupported type: button [json-pointer:/view/blocks/0/element/type]'],
  ],
  [
    'an alert of 201',
    alert({ text: plain(long(201)) }),
    ['must be less than 201 characters [json-pointer:/view/blocks/0/text/text]'],
  ],
  [
    'an alert of unknown level',
    alert({ level: 'loud' }),
    ['must be a valid enum value [json-pointer:/view/blocks/0/level]'],
  ],
];

const TAKEN: Fields[] = [
  { type: 'divider' },
  section(long(3000)),
  { type: 'section', fields: times(10, () => plain(long(2000))) },
  { type: 'header', text: plain(long(150)) },
  { type: 'context', elements: times(10, () => plain('x')) },
  alert({ level: 'success', text: plain(long(200)) }),
  buttons(...times(25, String)),
  button({
    text: plain(long(75)),
    value: long(2000),
    style: 'danger',
    ...confirm({ title: plain(long(100)) }),
  }),
  select('x', { options: options(100), initial_option: option('99') }),
  textInput('x', {
    max_length: 3000,
    initial_value: long(3000),
    placeholder: plain(long(150)),
    multiline: true,
  }),
  input(
    'x',
    { type: 'checkboxes', options: options(10), initial_options: [option('0')] },
    { optional: true },
  ),
  input('x', { type: 'multi_external_select', min_query_length: 0 }, { dispatch_action: true }),
];

describe('a modal', () => {
  test.each(REFUSED)('with %s is refused', (_what, view, said) => {
    expect(checkView(view)).toEqual(said);
  });

  test.each(REFUSED_BLOCKS)('with %s is refused', (_what, block, said) => {
    expect(checkView(modal([block]))).toEqual(said);
  });

  test('right at every limit is taken', () => {
    expect(TAKEN.flatMap((block) => checkView(modal([block])))).toEqual([]);
    const full = { title: plain(long(24)), private_metadata: long(3000), callback_id: long(255) };
    expect(
      checkView(
        modal(
          times(100, () => ({ type: 'divider' })),
          full,
        ),
      ),
    ).toEqual([]);
  });

  test('with several faults is told all of them', () => {
    expect(checkView(modal([{ type: 'header' }, section('')]))).toEqual([
      'missing required field: text [json-pointer:/view/blocks/0]',
      'must be more than 0 characters [json-pointer:/view/blocks/1/text/text]',
    ]);
  });
});

describe('a message', () => {
  const row = times(20, () => ({ type: 'raw_text', text: 'x' }));
  const table = (rows: unknown[]): Fields => ({ type: 'table', rows });
  test.each<[string, Fields[], string[]]>([
    [
      '51 blocks',
      times(51, () => ({ type: 'divider' })),
      ['no more than 50 items allowed [json-pointer:/blocks]'],
    ],
    ['an alert', [alert({})], ['unsupported type: alert [json-pointer:/blocks/0/type]']],
    ['an input', [textInput('x')], ['unsupported type: input [json-pointer:/blocks/0/type]']],
    [
      '101 rows',
      [table(times(101, () => row))],
      ['no more than 100 items allowed [json-pointer:/blocks/0/rows]'],
    ],
    [
      '21 columns',
      [table([[...row, ...row]])],
      ['no more than 20 items allowed [json-pointer:/blocks/0/rows/0]'],
    ],
    ['two tables', [table([row]), table([row])], ['only one table allowed [json-pointer:/blocks]']],
  ])('with %s is refused', (_what, blocks, said) => {
    expect(checkMessageBlocks(blocks)).toEqual(said);
  });

  test('with what a message may hold is taken', () => {
    const blocks = [section('hello'), buttons('a'), { type: 'markdown', text: '**hi**' }, table([row])];
    expect(checkMessageBlocks(blocks)).toEqual([]);
  });
});
