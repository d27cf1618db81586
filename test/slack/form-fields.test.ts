import { describe, expect, test } from '@jest/globals';
import { locales } from '../../src/config.ts';
import { longestText } from '../../src/privacy/change.ts';
import {
  errorUnder,
  type Field,
  hasFields,
  longestOptionValue,
  numberSelect,
  peopleInputs,
  personOption,
  readFields,
  remarkOption,
  type StateValues,
  visibilitySelect,
} from '../../src/slack/form-fields.ts';
import type { Form } from '../../src/slack/form-memory.ts';
import { messagesIn } from '../../src/slack/messages/messages-in.ts';
import { phones } from '../privacy/some-changes.ts';

const says = messagesIn('en').form;
const form: Form = {
  setting: 'last-seen',
  place: { channel: 'C0OPS', replyUrl: 'https://hooks.slack.test/x' },
  number: 'sales',
  visibility: 'contacts-except',
  hide: 'before',
  hidePicked: ['5511987654321'],
  showAgainPicked: ['1@lid'],
};
const noNames = { hasDefaultCountry: false, nameOf: () => undefined };

describe('an option of a picker', () => {
  test.each(locales)('is short enough for Slack, whatever somebody is called, in %s', (locale) => {
    const { form: words } = messagesIn(locale);
    const names = [
      undefined,
      '',
      'Ana',
      '🙂'.repeat(80),
      `x${'🙂'.repeat(80)}`,
      'é'.repeat(500),
      '&<>'.repeat(40),
    ];
    for (const entry of ['5511987654321', '447911123456', '123456789012345@lid', `${'1'.repeat(146)}@lid`])
      for (const name of names) {
        const { text, value } = personOption(words, entry, () => name);
        expect(value).toBe(entry);
        expect(text.text.length).toBeGreaterThan(0);
        expect(text.text.length).toBeLessThanOrEqual(75);
        // Half an emoji is no text.
        expect(text.text.isWellFormed()).toBe(true);
      }
  });

  test('shows name and number', () => {
    expect(personOption(says, '5511987654321', () => 'Ana').text.text).toBe('Ana · +55 11 98765-4321');
    expect(personOption(says, '5511987654321', () => undefined).text.text).toBe('+55 11 98765-4321');
  });

  test.each(locales)('that is a remark says it whole, in %s', (locale) => {
    for (const remark of Object.values(messagesIn(locale).form.picker)) {
      expect(remark.length).toBeLessThanOrEqual(75);
      expect(remarkOption(remark).text).toEqual({ type: 'plain_text', text: remark });
    }
  });

  test('that is a remark is nobody, in either picker', () => {
    const { value } = remarkOption('The contacts are not read yet.');
    expect(value.length).toBeLessThanOrEqual(longestOptionValue);
    const chosen = { selected_options: [{ value }, { value: '5521912345678' }, { value }] };
    const values = {
      'hide-picked:sales': { contacts: chosen },
      'show-again:sales': { 'hidden-people': chosen },
    };
    expect(readFields({ state: { values } }, form)).toMatchObject({
      hidePicked: ['5521912345678'],
      showAgainPicked: ['5521912345678'],
    });
  });
});

describe('a select of numbers', () => {
  test.each(['Sales', '🙂'.repeat(60), `x${'🙂'.repeat(60)}`])(
    'takes what a number is called: %s',
    (text) => {
      const { element } = numberSelect(says, form, [{ name: 'sales', text }]);
      if (element.type !== 'static_select') throw new Error('no select');
      const shown = element.options?.[0]?.text.text ?? '';
      expect(shown.length).toBeLessThanOrEqual(75);
      expect(shown.isWellFormed()).toBe(true);
      // Slack wants the very option.
      expect(element.initial_option).toEqual(element.options?.[0]);
    },
  );
});

describe('the ids of the fields', () => {
  const idsOf = (number: string | undefined) => [
    visibilitySelect(says, { ...form, number }).block_id,
    ...peopleInputs(says, { ...form, number }, noNames).map(({ block_id }) => block_id),
  ];

  test('name the number, but for the text that was typed', () => {
    expect(idsOf('sales')).toEqual(['visibility:sales', 'hide', 'hide-picked:sales', 'show-again:sales']);
    expect(idsOf(undefined)).toEqual(['visibility', 'hide']);
  });

  test.each<[Field, string]>([
    ['visibility', 'visibility:sales'],
    ['hide', 'hide'],
    ['hidePicked', 'hide-picked:sales'],
    ['showAgain', 'show-again:sales'],
    ['number', 'number'],
  ])('take an error under %s', (field, id) => {
    const values = Object.fromEntries([...idsOf('sales'), 'number'].map((key) => [key, {}]));
    expect(errorUnder({ state: { values } }, field, 'no')).toEqual({ [id]: 'no' });
  });

  test('that are not in sight leave the error to the choice', () => {
    const values = { 'visibility:sales': {} };
    expect(errorUnder({ state: { values } }, 'showAgain', 'no')).toEqual({ 'visibility:sales': 'no' });
    expect(errorUnder({}, 'showAgain', 'no')).toEqual({ visibility: 'no' });
  });

  test('do not begin another one', () => {
    const values: StateValues = { 'hide-picked:sales': { numbers: { value: 'not this' } } };
    expect(readFields({ state: { values } }, form).hide).toBe('before');
  });

  test.each<[object, boolean]>([
    [{}, false],
    [{ state: {} }, false],
    [{ state: { values: {} } }, false],
    [{ state: { values: { hide: {} } } }, false],
    [{ state: { values: { 'visibility-of-old': {} } } }, false],
    [{ state: { values: { visibility: {} } } }, true],
    [{ state: { values: { 'visibility:sales': {} } } }, true],
  ])('say whether %j is a form: %s', (view, expected) => {
    expect(hasFields(view)).toBe(expected);
  });
});

describe('what was filled in', () => {
  test('stays where a field is not in sight', () => {
    expect(readFields({ state: { values: { visibility: {} } } }, form)).toEqual({
      ...form,
      visibility: undefined,
    });
    expect(readFields({}, form)).toEqual({ ...form, visibility: undefined });
  });

  test('is gone where a field was emptied', () => {
    const values: StateValues = {
      hide: { numbers: { value: null } },
      'hide-picked:sales': { contacts: { selected_options: null } },
      'show-again:sales': { 'hidden-people': { selected_options: [] } },
    };
    expect(readFields({ state: { values } }, form)).toMatchObject({
      hide: '',
      hidePicked: [],
      showAgainPicked: [],
    });
  });

  test('is drawn again, as much as Slack takes', () => {
    const [typed, picked, shownAgain] = peopleInputs(
      says,
      { ...form, hide: 'x'.repeat(longestText + 1), hidePicked: phones(100) },
      noNames,
    );
    expect(typed?.element).toMatchObject({ initial_value: 'x'.repeat(longestText), max_length: longestText });
    expect(picked?.element).toMatchObject({
      type: 'multi_external_select',
      min_query_length: 0,
      max_selected_items: 100,
      initial_options: phones(100).map((value) => expect.objectContaining({ value })),
    });
    expect(shownAgain?.element).toMatchObject({ initial_options: [{ value: '1@lid' }] });
  });

  test('is nothing at first', () => {
    const empty = { ...form, hide: '', hidePicked: [], showAgainPicked: [] };
    for (const { element, optional } of peopleInputs(says, empty, noNames)) {
      expect(element).not.toHaveProperty('initial_options');
      expect(element).not.toHaveProperty('initial_value');
      expect(optional).toBe(true);
    }
  });
});
