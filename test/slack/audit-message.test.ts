import { describe, expect, test } from '@jest/globals';
import { checkMessageBlocks } from '../../fakes/slack/block-kit.ts';
import { type PrivacyChange, visibilities } from '../../src/privacy/change.ts';
import type { Phone } from '../../src/privacy/phone.ts';
import {
  type EndedChange,
  gatewayErrorKinds,
  type Outcome,
  type OwnNumber,
} from '../../src/privacy/ports.ts';
import { auditMessage } from '../../src/slack/audit-message.ts';

const padaria: OwnNumber = { phone: '5511940001000' as Phone, name: 'Padaria Sol' };
const phones = (count: number) =>
  Array.from({ length: count }, (_, index) => `55119876${String(index).padStart(5, '0')}` as Phone);
const outcomes: Outcome[] = [
  { kind: 'applied' },
  ...gatewayErrorKinds.flatMap((failure): Outcome[] => [
    { kind: 'failed', failure },
    { kind: 'unknown', failure },
  ]),
];

function ended(outcome: Outcome, change: Partial<PrivacyChange> = {}): EndedChange {
  return {
    id: '0d2fh7k3mabc',
    change: { setting: 'last-seen', visibility: 'contacts-except', hide: [], showAgain: [], ...change },
    by: 'U0ANA',
    place: { channel: 'C0OPS', replyUrl: 'https://hooks.slack.com/REPLY-SECRET' },
    acceptedAt: new Date('2026-11-23T12:00:00.000Z'),
    outcome,
    endedAt: new Date('2026-11-23T12:00:01.500Z'),
  };
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
  const owns: (OwnNumber | undefined)[] = [
    undefined,
    padaria,
    { phone: padaria.phone, name: undefined },
    { phone: padaria.phone, name: '<&>'.repeat(5_000) },
  ];

  test.each(outcomes)('%j: every visibility, number, and length of the list', (outcome) => {
    const lists = [
      {},
      { hide: phones(1) },
      { showAgain: phones(1) },
      { hide: phones(300), showAgain: phones(300) },
    ];
    for (const visibility of visibilities) {
      for (const own of owns) {
        for (const list of lists) {
          const { text, blocks } = auditMessage(ended(outcome, { visibility, ...list }), own);
          expect(checkMessageBlocks(blocks)).toEqual([]);
          expect(text).not.toBe('');
          // Slack truncates beyond 4,000: https://docs.slack.dev/reference/methods/chat.postMessage
          expect(text.length).toBeLessThan(4_000);
        }
      }
    }
  });
});

describe('the parts of a message', () => {
  const partsOf = (outcome: Outcome, change: Partial<PrivacyChange>) =>
    textsOf(auditMessage(ended(outcome, change), padaria).blocks);

  test('of a change that was made: what, the numbers, when', () => {
    expect(partsOf({ kind: 'applied' }, { hide: phones(1) })).toEqual([
      expect.stringContaining('*Last seen changed.* <@U0ANA>'),
      '*Newly hidden from 1:* +55 11 •••••-0000',
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
    auditMessage(ended(outcome, { hide: phones(25), showAgain: phones(3) }), padaria),
  );
  expect(message).not.toMatch(/(?<!date\^)(?<!\d)\d{8,}|\d{4,5}-\d{4}|SECRET|hooks/);
});
