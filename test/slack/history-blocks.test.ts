import { describe, expect, test } from '@jest/globals';
import { checkMessageBlocks } from '../../fakes/slack/block-kit.ts';
import { visibilities } from '../../src/privacy/change.ts';
import type { JournalEntry, Outcome } from '../../src/privacy/journal-entry.ts';
import { formatPhone } from '../../src/privacy/phone.ts';
import { gatewayErrorKinds } from '../../src/privacy/ports.ts';
import {
  changeMessage,
  type HistoryPage,
  historyMessage,
  newerActionId,
  olderActionId,
} from '../../src/slack/history-blocks.ts';
import { messagesIn } from '../../src/slack/messages/messages-in.ts';
import { exceptChange, phones, someChange, someEnded, someEntry } from '../privacy/some-changes.ts';

const { history } = messagesIn('en');
const { nothingYet } = history;
const outcomes: Outcome[] = [
  { kind: 'applied' },
  { kind: 'expired' },
  ...gatewayErrorKinds.flatMap((failure): Outcome[] => [
    { kind: 'failed', failure },
    { kind: 'unknown', failure, notOnTheList: true },
  ]),
];

function page(entries: JournalEntry[], more: Partial<HistoryPage> = {}) {
  return historyMessage(history, {
    setting: 'last-seen',
    page: { entries, hasNewer: false, hasOlder: false, ...more },
    nameNumber: () => undefined,
  });
}

const textsOf = (blocks: object[]) => JSON.stringify(blocks);

describe('a page of the history', () => {
  const entries = (count: number, fields: Partial<JournalEntry> = {}) =>
    Array.from({ length: count }, (_, index) => someEnded({ id: `id${index}`, ...fields }));

  test('says so where there is nothing', () => {
    const { text, blocks } = page([]);
    expect(text).toBe(nothingYet);
    expect(checkMessageBlocks(blocks)).toEqual([]);
    expect(textsOf(blocks)).toContain(nothingYet);
  });

  test('shows each change with its time and its id, in the order given', () => {
    const { text, blocks } = page(entries(3));
    expect(text).toBe('Changes of last seen, newest first');
    expect(blocks.map(({ type }) => type)).toEqual([
      'header',
      ...[1, 2, 3].flatMap(() => ['section', 'context']),
    ]);
    expect([...textsOf(blocks).matchAll(/change `(\w+)`/g)].map(([, id]) => id)).toEqual([
      'id0',
      'id1',
      'id2',
    ]);
  });

  test.each<[boolean, boolean, [string, string][]]>([
    [false, false, []],
    [true, false, [[newerActionId, 'last-seen id0']]],
    [false, true, [[olderActionId, 'last-seen id2']]],
    [
      true,
      true,
      [
        [newerActionId, 'last-seen id0'],
        [olderActionId, 'last-seen id2'],
      ],
    ],
  ])('turns to newer ones (%s) and older ones (%s), from its ends', (hasNewer, hasOlder, expected) => {
    const { blocks } = page(entries(3), { hasNewer, hasOlder });
    const buttons = blocks.flatMap((block) =>
      block.type === 'actions'
        ? block.elements.flatMap((element) => (element.type === 'button' ? [element] : []))
        : [],
    );
    expect(buttons.map(({ action_id, value }) => [action_id, value])).toEqual(expected);
    expect(checkMessageBlocks(blocks)).toEqual([]);
  });

  test.each(outcomes)(
    'of the longest changes is one that Slack takes, and masks every number: %j',
    (outcome) => {
      const change = exceptChange(phones(300), phones(300, '21'));
      const { blocks } = page(entries(8, { change, outcome, undoes: '0d2fh7k3m000' }), {
        hasNewer: true,
        hasOlder: true,
      });
      expect(checkMessageBlocks(blocks)).toEqual([]);
      expect(textsOf(blocks).replace(/date\^\d+/g, '')).not.toMatch(/\d{5}|SECRET|hooks/);
    },
  );
});

describe('a change in full', () => {
  test.each(outcomes)('is a message that Slack takes: %j', (outcome) => {
    for (const visibility of visibilities)
      expect(
        checkMessageBlocks(
          changeMessage(history, someEnded({ change: someChange(visibility), outcome })).blocks,
        ),
      ).toEqual([]);
  });

  test.each<[number, number, Outcome | undefined]>([
    [0, 0, { kind: 'applied' }],
    [1, 0, { kind: 'applied' }],
    [150, 150, { kind: 'applied' }],
    [150, 150, { kind: 'failed', failure: 'refused' }],
    [150, 150, undefined],
    [300, 0, { kind: 'applied' }],
    // As many as can be typed into the two fields.
    [340, 340, { kind: 'unknown', failure: 'timeout', notOnTheList: true }],
  ])('shows every number, of %i and %i, in sections that Slack takes', (hide, showAgain, outcome) => {
    const change = exceptChange(phones(hide), phones(showAgain, '21'));
    const { text, blocks } = changeMessage(
      history,
      outcome ? someEnded({ change, outcome }) : someEntry({ change }),
    );
    expect(checkMessageBlocks(blocks)).toEqual([]);
    expect(text.length).toBeLessThanOrEqual(3000);
    const shown = blocks.map((block) => block.text?.text ?? '').join('');
    for (const phone of [...change.hide, ...change.showAgain]) expect(shown).toContain(formatPhone(phone));
    expect(shown).not.toContain('more');
  });

  test('cuts between numbers, never through one', () => {
    const change = exceptChange(phones(300));
    const { blocks } = changeMessage(history, someEnded({ change }));
    expect(blocks.length).toBeGreaterThan(1);
    const numbers = blocks.flatMap((block) => block.text?.text.match(/\+55 11 \d{5}-\d{4}/g) ?? []);
    expect(numbers).toEqual(change.hide.map(formatPhone));
  });

  test('of the longest private ids still fits', () => {
    const ids = Array.from({ length: 300 }, (_, index) => `${'&'.repeat(400)}${index}@lid`);
    const { blocks } = changeMessage(history, someEnded({ change: exceptChange(ids, ids) }));
    expect(checkMessageBlocks(blocks)).toEqual([]);
  });
});
