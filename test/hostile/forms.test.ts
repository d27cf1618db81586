import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checkMessageBlocks, checkView } from '../../fakes/slack/block-kit.ts';
import { locales } from '../../src/config.ts';
import { visibilities } from '../../src/privacy/change.ts';
import type { Phone } from '../../src/privacy/phone.ts';
import { auditMessage } from '../../src/slack/audit-message.ts';
import { readWords } from '../../src/slack/command-words.ts';
import { firstNumber, numberNamed } from '../../src/slack/find-number.ts';
import { errorUnder, hasFields, readFields } from '../../src/slack/form-fields.ts';
import { type Form, formMemory, OutdatedForm, rememberForm, textsFit } from '../../src/slack/form-memory.ts';
import { changeMessage, historyMessage } from '../../src/slack/history-blocks.ts';
import { canBeAsked, lineQuestion, readQuestion } from '../../src/slack/line-question.ts';
import { messagesIn } from '../../src/slack/messages/messages-in.ts';
import { readForm, renderForm } from '../../src/slack/modal.ts';
import { buttonValue, changeOf } from '../../src/slack/press.ts';
import { exceptChange, phones, someEnded } from '../privacy/some-changes.ts';
import { someNumber } from '../slack/some-number.ts';
import { oddJson, oddPhones, oddTexts, oddValues } from './odd-values.ts';
import { always } from './runs.ts';

const someTexts = fc.array(oddTexts, { maxLength: 5 });
const option = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const forms: fc.Arbitrary<Form> = fc.record({
  setting: fc.constant('last-seen' as const),
  place: fc.record({ channel: fc.constant('C0OPS'), replyUrl: fc.constant('https://hooks.slack.test/x') }),
  number: option(fc.constantFrom('main', 'sales', '__proto__')),
  on: option(fc.string({ unit: 'binary', maxLength: 40 })),
  visibility: option(fc.constantFrom(...visibilities)),
  hide: oddTexts,
  hidePicked: someTexts,
  showAgainPicked: someTexts,
  lookedAt: option(fc.constant('abcdefgh12345678')),
});

describe('what a form remembers', () => {
  test('comes back as it was, or without its texts where they do not fit', () => {
    always(forms, 1_000, (form) => {
      const remembered = rememberForm(form);
      expect(remembered.length).toBeLessThanOrEqual(3_000);
      const { hide, hidePicked, showAgainPicked, visibility, ...kept } = form;
      const texts = textsFit(form)
        ? { hide, hidePicked, showAgainPicked }
        : { hide: '', hidePicked: [], showAgainPicked: [] };
      expect(formMemory(remembered)).toEqual({ ...kept, ...texts });
    });
  });

  const packed = oddJson.map((value) =>
    JSON.stringify({
      setting: 'last-seen',
      channel: 'C0OPS',
      replyUrl: '',
      texts: deflateRawSync(JSON.stringify(value)).toString('base64url'),
    }),
  );
  test.each([
    ['any text', oddTexts],
    ['any JSON', oddJson.map((value) => JSON.stringify(value))],
    ['anything, packed', packed],
  ])('is a form or an outdated one, where it is %s', (_, texts) => {
    always(texts, 1_000, (text) => {
      try {
        expect(typeof formMemory(text).hide).toBe('string');
      } catch (error) {
        expect(error).toBeInstanceOf(OutdatedForm);
      }
    });
    expect(({} as { isAdmin?: true }).isAdmin).toBeUndefined();
  });

  test('leaves out what would be outdated at once, since it packs too well', () => {
    const form = {
      setting: 'last-seen',
      place: { channel: 'C', replyUrl: '' },
      number: 'main',
      visibility: undefined,
    } as const;
    const remembered = rememberForm({
      ...form,
      hide: '\0'.repeat(20_000),
      hidePicked: [],
      showAgainPicked: [],
    });
    expect(formMemory(remembered).hide).toBe('');
  });

  test('does not grow beyond measure when it is unpacked', () => {
    const texts = deflateRawSync(JSON.stringify(['x'.repeat(50_000_000), [], []])).toString('base64url');
    const bomb = JSON.stringify({ setting: 'last-seen', channel: 'C', replyUrl: '', texts });
    expect(() => formMemory(bomb)).toThrow(OutdatedForm);
  });
});

describe('what is filled in', () => {
  const ids = fc.constantFrom(
    'visibility',
    'visibility:main',
    'hide',
    'hide-picked:main',
    'show-again:main',
    'number',
    '__proto__',
  );
  const actions = fc.constantFrom(
    'visibility-chosen',
    'number-chosen',
    'numbers',
    'contacts',
    'hidden-people',
    '__proto__',
  );
  const values = fc.record(
    { value: oddValues, selected_option: oddValues, selected_options: oddValues },
    { requiredKeys: [] },
  );
  const states = fc.oneof(
    oddValues,
    fc.record({
      values: fc.oneof(
        oddValues,
        fc.dictionary(ids, fc.oneof(oddValues, fc.dictionary(actions, fc.oneof(oddValues, values)))),
      ),
    }),
  );

  test('is texts and a choice, whatever Slack says of it', () => {
    always(fc.tuple(states, forms), 2_000, ([state, form]) => {
      const view = { state: state as never, private_metadata: rememberForm(form) };
      hasFields(view);
      errorUnder(view, 'hide', 'x');
      const read = readFields(view, formMemory(view.private_metadata));
      expect([undefined, ...visibilities]).toContain(read.visibility);
      expect(typeof read.hide).toBe('string');
      expect(['string', 'undefined']).toContain(typeof read.number);
      for (const entry of [...read.hidePicked, ...read.showAgainPicked]) expect(typeof entry).toBe('string');
      try {
        readForm(view);
      } catch (error) {
        expect(error).toBeInstanceOf(OutdatedForm);
      }
    });
  });
});

describe('words after the command', () => {
  const lines = fc.oneof(
    oddTexts,
    fc
      .tuple(
        fc.constantFrom('except', 'exceto', 'history', 'histórico', 'NOBODY', 'todos', 'on'),
        fc.array(oddPhones, { maxLength: 6 }),
      )
      .map(([word, rest]) => [word, ...rest].join(' ')),
  );
  test('are something that the bot knows, or not understood', () => {
    always(fc.tuple(lines, fc.constantFrom(undefined, 'BR' as const)), 1_500, ([text, country]) => {
      const said = readWords(text, country);
      if (said.kind === 'change') expect(visibilities).toContain(said.asked.visibility);
      if (said.kind === 'history' && said.id !== undefined) expect(said.id).toMatch(/^\w{1,40}$/);
      if (said.on !== undefined) {
        numberNamed([someNumber()], said.on);
        firstNumber([someNumber()], { on: said.on, channel: 'C0OPS' });
      }
    });
  });

  test.each([
    ' ',
    'on ',
    '+',
    '+1 ',
    '-',
    ',',
    '<tel:',
    '<tel:1|',
    'except ',
    '1',
    '\u200b',
    '(',
    '+(',
    ' on x',
  ])('of any length are read in time that grows with them: %j', (piece) => {
    for (const text of [
      piece.repeat(40_000 / piece.length),
      `except ${piece.repeat(40_000 / piece.length)}`,
    ]) {
      const begunAtMs = performance.now();
      readWords(text, 'BR');
      expect(performance.now() - begunAtMs).toBeLessThan(1_500);
    }
  });
});

describe('what a button holds', () => {
  const { line } = messagesIn('en');
  test('of a question comes back', () => {
    const question = fc.record({
      setting: fc.constant('last-seen' as const),
      number: oddTexts,
      text: oddTexts,
      submissionId: oddTexts,
    });
    always(question, 500, (asking) => {
      const { blocks } = lineQuestion(line, 'Sure?', asking);
      const [, actions] = blocks as [unknown, { elements: [{ value: string }] }];
      expect(readQuestion(actions.elements[0].value)).toEqual(asking);
    });
  });

  test('fits where it can be asked', () => {
    always(oddTexts, 500, (text) => {
      const asking = { setting: 'last-seen', number: 'main', text, submissionId: 'confirmed 1.2.3' } as const;
      const { blocks } = lineQuestion(line, 'Sure?', asking);
      expect(checkMessageBlocks(blocks).length === 0).toBe(canBeAsked(asking));
    });
  });

  test('is a question, or one about nothing', () => {
    always(
      fc.oneof(
        oddTexts,
        oddJson.map((value) => JSON.stringify(value)),
      ),
      1_000,
      (value) => {
        expect(readQuestion(value)).toMatchObject({ setting: 'last-seen' });
      },
    );
  });

  test('of a change comes back, or is about nothing', () => {
    always(fc.tuple(fc.stringMatching(/^\w{0,20}$/), option(oddTexts)), 500, ([id, on]) => {
      expect(changeOf({ action: { value: buttonValue('last-seen', id, on) } })).toEqual({
        setting: 'last-seen',
        id,
        on,
      });
    });
    always(oddTexts, 500, (value) => {
      expect(changeOf({ action: { value } }).setting).toBe('last-seen');
    });
  });
});

describe.each(locales)('whatever others wrote, in %s', (locale) => {
  const messages = messagesIn(locale);
  /** Control sequences of Slack's that only a name, or what was typed, can have brought. */
  const broughtIn = (said: unknown) =>
    JSON.stringify(said).match(/<(?:!(?!date)|@U0BRUNO|#C0OPS\|?[^>]|http)[^>]*>/g) ?? [];
  const number = fc.record({
    label: option(oddTexts.map((text) => `x${text}`)),
    own: option(fc.record({ phone: fc.constant('5511940001000' as Phone), name: option(oddTexts) })),
  });

  test('the form is one that Slack takes, and says nothing to Slack by it', () => {
    always(fc.tuple(forms, number, oddTexts, someTexts), 300, ([form, named, name, entries]) => {
      const shown = { ...form, hidePicked: phones(2), showAgainPicked: ['1@lid'] };
      const view = renderForm(messages, shown, {
        numbers: [{ name: 'main', text: messages.form.numberOption(named, 'main') }],
        current: { number: named, last: someEnded({ change: exceptChange(entries, entries) }) },
        hiddenNow: [...entries, ...phones(3)],
        hasDefaultCountry: false,
        nameOf: () => name,
        notice: messages.form.secondLook(phones(2)),
      });
      expect(checkView(view)).toEqual([]);
      expect(broughtIn(view.blocks.filter(({ type }) => type !== 'input'))).toEqual([]);
    });
  });

  test('messages are ones that Slack takes, and say nothing to Slack by it', () => {
    always(fc.tuple(number, someTexts, oddTexts), 300, ([named, entries, typed]) => {
      const change = exceptChange([...entries, ...phones(100)], entries);
      const entry = someEnded({
        change,
        realChanges: change,
        place: { channel: 'C0X', replyUrl: '' },
        tellIn: 'C0X',
      });
      const said = [
        auditMessage(messages, entry, { number: named, undo: change }),
        historyMessage(messages.history, {
          setting: 'last-seen',
          page: { entries: [entry], hasNewer: true, hasOlder: true },
          on: typed.slice(0, 100),
          nameNumber: () => named,
        }),
        changeMessage(messages.history, entry, named),
      ];
      for (const { text, blocks } of said) {
        expect(checkMessageBlocks(blocks)).toEqual([]);
        expect(text.length).toBeLessThanOrEqual(4_000);
        expect(broughtIn([text, blocks.filter(({ type }) => type !== 'actions')])).toEqual([]);
      }
      const sentences = [
        messages.command.notUnderstood('last-seen', typed),
        messages.line.unknownNumber(typed, ['main'], ''),
        messages.line.strangers(phones(50)),
        messages.form.strangersError(phones(50)),
      ];
      for (const sentence of sentences) expect(sentence.length).toBeLessThanOrEqual(3_000);
      expect(broughtIn(sentences.slice(0, 3))).toEqual([]);
    });
  });
});
