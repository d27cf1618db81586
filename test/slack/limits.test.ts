import { describe, expect, test } from '@jest/globals';
import type { types } from '@slack/bolt';
import { checkMessageBlocks, checkView } from '../../fakes/slack/block-kit.ts';
import { locales } from '../../src/config.ts';
import { visibilities } from '../../src/privacy/change.ts';
import { failureKinds, type Outcome } from '../../src/privacy/journal-entry.ts';
import type { Phone } from '../../src/privacy/phone.ts';
import { auditMessage } from '../../src/slack/audit-message.ts';
import { historyMessage } from '../../src/slack/history-blocks.ts';
import { lineQuestion } from '../../src/slack/line-question.ts';
import { messagesIn } from '../../src/slack/messages/messages-in.ts';
import { closingView, outdatedView, renderForm, renderSaving } from '../../src/slack/modal.ts';
import { exceptChange, phones, someChange, someEnded } from '../privacy/some-changes.ts';

/** What Slack takes of a plain text, by where it stands: https://docs.slack.dev/reference/block-kit */
const longest: Record<string, number> = {
  'modal title': 24,
  'modal submit': 24,
  'modal close': 24,
  'input label': 2000,
  'input hint': 2000,
  'plain_text_input placeholder': 150,
  'static_select placeholder': 150,
  'multi_external_select placeholder': 150,
  'option text': 75,
  'button text': 75,
  'confirm title': 100,
  'confirm text': 300,
  'confirm confirm': 30,
  'confirm deny': 30,
  'header text': 150,
};

const outcomes: Outcome[] = [
  { kind: 'applied' },
  { kind: 'applied', proof: { kind: 'verified' } },
  { kind: 'applied', proof: { kind: 'not-taken', missing: exceptChange(phones(300), phones(300, '21')) } },
  { kind: 'expired' },
  ...failureKinds.flatMap((failure): Outcome[] => [
    { kind: 'failed', failure },
    { kind: 'unknown', failure, notOnTheList: true },
  ]),
];
const many = exceptChange(phones(300), phones(300, '21'));
const own = { phone: '5511940001000' as Phone, name: '&'.repeat(10_000) };
const number = { label: '🙂'.repeat(30), own };
const everybody = ['5511987654321', '447911123456789', '123456789012345@lid', `${'1'.repeat(146)}@lid`];
const names = [undefined, 'Ana', '🙂'.repeat(80), 'x'.repeat(500), 'é\n\u202e'.repeat(60)];

/** Every view and every message with blocks that the bot shows. */
function everythingIn(locale: (typeof locales)[number]) {
  const messages = messagesIn(locale);
  const form = {
    setting: 'last-seen',
    place: { channel: 'C0OPS', replyUrl: 'https://hooks.slack.test/x' },
    number: 'main',
    visibility: 'contacts-except',
    hide: '',
    hidePicked: everybody,
    showAgainPicked: everybody,
  } as const;
  const notices = [
    undefined,
    messages.form.secondLook(phones(400)),
    ...outcomes.flatMap((outcome) =>
      outcome.kind === 'applied' ? [] : [messages.form.failureNotice(outcome)],
    ),
    {
      text: messages.undo.tryingAgain(someEnded({ numbersErased: true }), 600),
      submit: messages.form.buttons.save,
    },
  ];
  const views: types.ModalView[] = [
    renderSaving(messages, form),
    outdatedView(messages),
    closingView(messages, form, messages.form.savedText(form, { kind: 'applied' }, 'C0AUDIT')),
    closingView(messages, form, messages.undo.readingChange),
    ...notices.flatMap((notice) =>
      [true, false].map((hasDefaultCountry) =>
        renderForm(messages, form, {
          numbers: [
            { name: 'main', text: messages.form.numberOption(number, 'main') },
            ...Array.from({ length: 99 }, (_, at) => ({ name: `${at}`, text: 'x'.repeat(75) })),
          ],
          current: { number, last: someEnded({ change: many }) },
          hiddenNow: phones(400),
          hasDefaultCountry,
          nameOf: (entry) => names[entry.length % names.length],
          ...(notice && { notice }),
        }),
      ),
    ),
  ];
  const undos = [undefined, many, ...visibilities.map((visibility) => someChange(visibility))];
  const blocks = [
    ...outcomes.flatMap((outcome) =>
      undos.map((undo) =>
        auditMessage(messages, someEnded({ outcome, change: many, realChanges: many }), { number, undo }),
      ),
    ),
    historyMessage(messages.history, {
      setting: 'last-seen',
      page: {
        entries: outcomes
          .slice(0, 8)
          .map((outcome) => someEnded({ outcome, change: many, undoes: '0d2fh7k3m000' })),
        hasNewer: true,
        hasOlder: true,
      },
      on: 'sales',
      nameNumber: () => number,
    }),
    ...[many, exceptChange([]), someChange('everyone')].map((change) =>
      lineQuestion(
        messages.line,
        messages.line.question(change, {
          number,
          last: someEnded({ change: many }),
          doubts: { unusual: phones(400), moreMaySee: true },
        }),
        {
          setting: 'last-seen',
          text: 'x'.repeat(1_500),
          number: 'x'.repeat(30),
          submissionId: 'x'.repeat(100),
        },
      ),
    ),
  ].map((message) => message.blocks);
  return { views, blocks };
}

/** Every plain text with where it stands. */
function plainTextsIn(node: unknown, name = ''): [place: string, text: string][] {
  if (Array.isArray(node)) return node.flatMap((item) => plainTextsIn(item, name));
  if (typeof node !== 'object' || node === null) return [];
  const type = 'type' in node ? String(node.type) : name.replace(/s$/, '').replace('initial_', '');
  return Object.entries(node).flatMap(([key, value]): [string, string][] =>
    value?.type === 'plain_text' ? [[`${type} ${key}`, value.text]] : plainTextsIn(value, key),
  );
}

describe.each(locales)('in %s', (locale) => {
  const { views, blocks } = everythingIn(locale);
  const texts = plainTextsIn([views, blocks]);

  test('every kind of plain text is looked at', () => {
    expect([...new Set(texts.map(([place]) => place))].sort()).toEqual(Object.keys(longest).sort());
  });

  test.each(Object.entries(longest))('no %s is longer than %i characters', (place, limit) => {
    const tooLong = texts.filter(([where, text]) => where === place && (text.length > limit || text === ''));
    expect(tooLong).toEqual([]);
  });

  test('every view and message is one that Slack takes', () => {
    expect([...views.flatMap(checkView), ...blocks.flatMap(checkMessageBlocks)]).toEqual([]);
  });

  test('an error under a field stays short', () => {
    const { form, command } = messagesIn(locale);
    const error = form.fieldError(
      'last-seen',
      Array.from({ length: 1_500 }, (_, index) => ({
        field: 'hide',
        kind: 'repeated',
        line: index + 1,
        typed: '9'.repeat(100),
        firstLine: 1_000,
        otherSpelling: true,
      })),
    );
    for (const text of [error, form.nobodyExcepted, command.notRecorded, command.brokenStep('abc123')])
      expect(text.length).toBeLessThan(2_000);
  });
});
