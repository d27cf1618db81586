import { describe, expect, test } from '@jest/globals';
import { checkMessageBlocks } from '../../fakes/slack/block-kit.ts';
import { type PrivacyChange, visibilities } from '../../src/privacy/change.ts';
import type { EndedChange, FailureKind, Outcome } from '../../src/privacy/journal-entry.ts';
import type { Phone } from '../../src/privacy/phone.ts';
import { gatewayErrorKinds } from '../../src/privacy/ports.ts';
import { auditMessage, tryAgainActionId, undoActionId } from '../../src/slack/audit-message.ts';
import type { NamedNumber } from '../../src/slack/messages/formatting.ts';
import { messagesIn } from '../../src/slack/messages/messages-in.ts';
import { exceptChange, phones, someChange, someEnded } from '../privacy/some-changes.ts';

const messages = messagesIn('en');
const phone = '5511940001000' as Phone;
const padaria: NamedNumber = { label: undefined, own: { phone, name: 'Padaria Sol' } };
const failures: FailureKind[] = [...gatewayErrorKinds, 'interrupted', 'overtaken'];
const unsuccessful: Outcome[] = [
  { kind: 'expired' },
  ...failures.flatMap((failure): Outcome[] => [
    { kind: 'failed', failure },
    { kind: 'unknown', failure },
    { kind: 'unknown', failure, notOnTheList: true },
  ]),
];
const outcomes: Outcome[] = [{ kind: 'applied' }, ...unsuccessful];
const noUndo = { number: padaria, undo: undefined };

function ended(
  outcome: Outcome,
  change: Partial<PrivacyChange> = {},
  fields: Partial<EndedChange> = {},
): EndedChange {
  return someEnded({
    change: { setting: 'last-seen', visibility: 'contacts-except', hide: [], showAgain: [], ...change },
    outcome,
    ...fields,
  });
}

/** Every text in the blocks, in order. */
function textsOf(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(textsOf);
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    key === 'text' && typeof value === 'string' ? [value] : textsOf(value),
  );
}

describe('every message is one that Slack takes', () => {
  const numbers: NamedNumber[] = [
    { label: undefined, own: undefined },
    padaria,
    { label: undefined, own: { phone, name: undefined } },
    { label: undefined, own: { phone, name: '<&>'.repeat(5_000) } },
    { label: '<&>'.repeat(20), own: undefined },
    { label: 'Sales', own: { phone, name: 'Padaria Sol' } },
  ];

  test.each(outcomes)('%j: every visibility, number, and length of the list', (outcome) => {
    const lists = [
      {},
      { hide: phones(1) },
      { showAgain: phones(1) },
      { hide: phones(300), showAgain: phones(300) },
    ];
    const undo = exceptChange(phones(300), phones(300));
    for (const visibility of visibilities) {
      for (const number of numbers) {
        for (const list of lists) {
          for (const fields of [{}, { undoes: '0d2fh7k3m000' }]) {
            const { text, blocks } = auditMessage(messages, ended(outcome, { visibility, ...list }, fields), {
              number,
              undo,
            });
            expect(checkMessageBlocks(blocks)).toEqual([]);
            expect(text).not.toBe('');
            // Slack truncates beyond 4,000: https://docs.slack.dev/reference/methods/chat.postMessage
            expect(text.length).toBeLessThan(4_000);
          }
        }
      }
    }
  });
});

describe('the parts of a message', () => {
  const partsOf = (outcome: Outcome, change: Partial<PrivacyChange>, fields: Partial<EndedChange> = {}) =>
    textsOf(
      auditMessage(messages, ended(outcome, change, fields), noUndo).blocks.filter(
        ({ type }) => type !== 'actions',
      ),
    );

  test('of a change that was made: what, the numbers, when', () => {
    expect(partsOf({ kind: 'applied' }, { hide: phones(1) })).toEqual([
      expect.stringContaining('*Last seen changed.* <@U0ANA>'),
      '*Hidden from 1:* +55 11 •••••-0000',
      expect.stringContaining('change `0d2fh7k3mabc`'),
    ]);
  });

  test('of a change that left the list as it was: what, that, when', () => {
    expect(partsOf({ kind: 'applied' }, {})).toEqual([
      expect.stringContaining('*Last seen changed.* <@U0ANA>'),
      'The list of people stays as it was.',
      expect.stringContaining('change `0d2fh7k3mabc`'),
    ]);
  });

  test('of a change without numbers: what, when', () => {
    expect(partsOf({ kind: 'applied' }, { visibility: 'nobody' })).toEqual([
      expect.stringContaining('*Last seen changed.*'),
      expect.stringContaining('change `0d2fh7k3mabc`'),
    ]);
  });

  test('of a change that failed: what, the numbers, why, when', () => {
    expect(partsOf({ kind: 'failed', failure: 'disconnected' }, { showAgain: phones(1) })).toEqual([
      expect.stringContaining('*Last seen not changed.* <@U0ANA>'),
      '*To show again to 1:* +55 11 •••••-0000',
      expect.stringContaining('The setting was not changed.'),
      expect.stringContaining('change `0d2fh7k3mabc`'),
    ]);
  });

  test('of a change that made a part of what was asked for: what is so now, and what was so before', () => {
    const realChanges = { hide: phones(1), showAgain: [] };
    expect(partsOf({ kind: 'applied' }, { hide: phones(3) }, { realChanges })).toEqual([
      expect.stringContaining('*Last seen changed.* <@U0ANA>'),
      '*Newly hidden from 1:* +55 11 •••••-0000\n*Already so for 2:* +55 11 •••••-0001, +55 11 •••••-0002',
      expect.stringContaining('change `0d2fh7k3mabc`'),
    ]);
  });

  test('of a change that came too late: what, the numbers, why, when', () => {
    expect(partsOf({ kind: 'expired' }, { hide: phones(1) })).toEqual([
      expect.stringMatching(/^:hourglass: \*Last seen not changed\.\* <@U0ANA>/),
      '*To hide from 1:* +55 11 •••••-0000',
      expect.stringContaining('had to wait for too long'),
      expect.stringContaining('change `0d2fh7k3mabc`'),
    ]);
  });

  test.each<[Outcome, string]>([
    [{ kind: 'applied' }, 'This undoes change'],
    [{ kind: 'failed', failure: 'overtaken' }, 'This was to undo change'],
  ])('of an undo says of which change: %j', (outcome, words) => {
    const undoes = '0d2fh7k3m000';
    const [headline] = partsOf(outcome, { visibility: 'nobody' }, { undoes });
    expect(headline).toContain(`${words} \`${undoes}\`.`);
    expect(auditMessage(messages, ended(outcome, {}, { undoes }), noUndo).text).toContain(
      `${words} ${undoes}.`,
    );
  });

  test('of a change that perhaps failed', () => {
    expect(partsOf({ kind: 'unknown', failure: 'timeout' }, {})).toEqual([
      expect.stringContaining('*Last seen perhaps not changed.* <@U0ANA>'),
      expect.stringContaining('It is not known whether the setting was changed'),
      expect.stringContaining('change `0d2fh7k3mabc`'),
    ]);
  });
});

test.each(outcomes)('nothing in it gives a number or a capability away: %j', (outcome) => {
  const message = JSON.stringify(
    auditMessage(messages, ended(outcome, { hide: phones(25), showAgain: phones(3) }), {
      number: padaria,
      undo: exceptChange(phones(3), phones(25)),
    }),
  );
  expect(message).not.toMatch(/(?<!date\^)(?<!\d)\d{8,}|\d{4,5}-\d{4}|SECRET|hooks/);
});

describe('the buttons', () => {
  const buttonsOf = (outcome: Outcome, undo?: PrivacyChange, fields: Partial<EndedChange> = {}) =>
    auditMessage(messages, ended(outcome, { hide: phones(3) }, fields), {
      number: padaria,
      undo,
    }).blocks.flatMap((block) =>
      block.type === 'actions' ? block.elements.filter((element) => element.type === 'button') : [],
    );

  test('of a change that can be undone: Undo, which asks first', () => {
    const buttons = buttonsOf({ kind: 'applied' }, someChange('contacts'));
    expect(buttons).toEqual([
      {
        type: 'button',
        action_id: undoActionId,
        text: { type: 'plain_text', text: 'Undo' },
        value: 'last-seen 0d2fh7k3mabc',
        confirm: {
          title: { type: 'plain_text', text: 'Undo this change?' },
          text: { type: 'plain_text', text: expect.stringContaining('My contacts.') },
          confirm: { type: 'plain_text', text: 'Undo it' },
          deny: { type: 'plain_text', text: 'Cancel' },
        },
      },
    ]);
  });

  test.each<[string, Partial<EndedChange>, PrivacyChange, boolean]>([
    [
      'who was put on it stays',
      { realChanges: { hide: phones(3), showAgain: [] } },
      someChange('contacts'),
      true,
    ],
    [
      'who was taken off it stays off',
      { realChanges: { hide: [], showAgain: phones(1) } },
      someChange('contacts'),
      true,
    ],
    ['nobody was put on it', { realChanges: { hide: [], showAgain: [] } }, someChange('contacts'), false],
    [
      'it is undone too',
      { realChanges: { hide: phones(3), showAgain: [] } },
      exceptChange([], phones(3)),
      false,
    ],
  ])('ask whether the list is to stay as it is, where %s', (_where, fields, undo, isSaid) => {
    const [asked] = buttonsOf({ kind: 'applied' }, undo, fields);
    expect(JSON.stringify(asked).includes('The list of people stays as it is')).toBe(isSaid);
  });

  test('of an undo that can be undone: Undo', () => {
    const buttons = buttonsOf({ kind: 'applied' }, someChange('nobody'), { undoes: '0d2fh7k3m000' });
    expect(buttons).toMatchObject([{ action_id: undoActionId, value: 'last-seen 0d2fh7k3mabc' }]);
  });

  test('of a change that can not be undone: none', () => {
    expect(buttonsOf({ kind: 'applied' })).toEqual([]);
  });

  test.each(unsuccessful)(
    'of a change that was not made, or perhaps: Try again, and no question: %j',
    (outcome) => {
      expect(buttonsOf(outcome, someChange('contacts'))).toEqual([
        {
          type: 'button',
          action_id: tryAgainActionId,
          text: { type: 'plain_text', text: 'Try again' },
          value: 'last-seen 0d2fh7k3mabc',
        },
      ]);
    },
  );

  test.each(unsuccessful)('of an undo that was not made, or perhaps: none: %j', (outcome) => {
    expect(buttonsOf(outcome, someChange('contacts'), { undoes: '0d2fh7k3m000' })).toEqual([]);
  });

  test('stand between what is said and when it was', () => {
    const { blocks } = auditMessage(messages, ended({ kind: 'failed', failure: 'refused' }), noUndo);
    expect(blocks.map(({ type }) => type).slice(-2)).toEqual(['actions', 'context']);
  });
});
