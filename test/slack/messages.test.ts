import { describe, expect, test } from '@jest/globals';
import {
  type ChangeProblem,
  type PrivacyChange,
  type Visibility,
  visibilities,
} from '../../src/privacy/change.ts';
import type { Phone } from '../../src/privacy/phone.ts';
import {
  type EndedChange,
  type GatewayErrorKind,
  gatewayErrorKinds,
  type Outcome,
  type OwnNumber,
} from '../../src/privacy/ports.ts';
import {
  auditFootnote,
  auditNumbers,
  auditTexts,
  brokenStep,
  changesNumber,
  failureNotice,
  failureText,
  fieldError,
  formDidNotOpen,
  formHints,
  formWords,
  helpText,
  hiddenNow,
  hiddenNowUnavailable,
  nobodyExcepted,
  notToldText,
  notUnderstood,
  outdatedForm,
  readingHiddenNow,
  restarting,
  savedText,
  saving,
  secondLook,
  unknownCommand,
  visibilityNames,
} from '../../src/slack/messages.ts';

const ana = '5511987654321' as Phone;
const padaria: OwnNumber = { phone: '5511940001000' as Phone, name: 'Padaria Sol' };
type Failed = Exclude<Outcome, { kind: 'applied' }>;
const failedOutcomes: Failed[] = gatewayErrorKinds.flatMap((failure): Failed[] => [
  { kind: 'failed', failure },
  { kind: 'unknown', failure },
]);
const outcomes: Outcome[] = [{ kind: 'applied' }, ...failedOutcomes];

function ended(fields: Partial<EndedChange> & { change?: PrivacyChange } = {}): EndedChange {
  return {
    id: '0d2fh7k3mabc',
    change: { setting: 'last-seen', visibility: 'nobody', hide: [], showAgain: [] },
    by: 'U0ANA',
    place: { channel: 'C0OPS', replyUrl: 'https://hooks.slack.com/REPLY-SECRET' },
    acceptedAt: new Date('2026-11-23T12:00:00.000Z'),
    outcome: { kind: 'applied' },
    endedAt: new Date('2026-11-23T12:00:01.500Z'),
    ...fields,
  };
}

const excepting = (hide: number, showAgain: number): PrivacyChange => ({
  setting: 'last-seen',
  visibility: 'contacts-except',
  hide: Array.from({ length: hide }, (_, index) => `55119876${String(index).padStart(5, '0')}` as Phone),
  showAgain: Array.from(
    { length: showAgain },
    (_, index) => `55219123${String(index).padStart(5, '0')}` as Phone,
  ),
});

/** All that the audit message says of it. */
const auditOf = (change: EndedChange, own: OwnNumber | undefined = padaria) => {
  const { headline, details, text } = auditTexts(change, own);
  return [headline, details, text, auditNumbers(change), auditFootnote(change)].filter(Boolean).join('\n');
};

describe('every failure', () => {
  test.each(failedOutcomes)('says whether the setting changed: $failure, $kind', ({ kind, failure }) => {
    const outcome: Failed = { kind, failure };
    for (const text of [failureText(outcome), failureNotice(outcome), auditOf(ended({ outcome }))]) {
      expect(text.includes('The setting was not changed.')).toBe(kind === 'failed');
      expect(text.includes('It is not known whether the setting was changed')).toBe(kind === 'unknown');
    }
  });

  test.each(failedOutcomes)(
    'says what happened and what to do next, in words: $failure, $kind',
    ({ kind, failure }) => {
      const text = failureText({ kind, failure });
      // What happened, whether it changed, what to do: three sentences at least, each ended.
      expect(text.match(/[.:)](?=\s|$)/g)?.length).toBeGreaterThanOrEqual(3);
      expect(text).toMatch(/\.$/);
      expect(text).toMatch(/[Tt]ry again|save again|Wait a minute|Ask whoever|tell whoever|Tell whoever/);
      // No code without words, neither ours nor HTTP's; nothing that was not filled in; no "Oops".
      expect(text).not.toMatch(
        /\b[1-5]\d\d\b|\bE[A-Z]{5,}\b|undefined|null|\[object|[Oo]ops|CONTACT_BLACKLIST/,
      );
      if (failure.includes('-')) expect(text).not.toContain(failure);
    },
  );

  test('has a sentence of its own', () => {
    const sentences = (kind: 'failed' | 'unknown') =>
      gatewayErrorKinds.map((failure) => failureText({ kind, failure }));
    expect(new Set(sentences('failed')).size).toBe(gatewayErrorKinds.length);
    expect(new Set(sentences('unknown')).size).toBe(gatewayErrorKinds.length);
  });

  test.each<[GatewayErrorKind, RegExp]>([
    ['credentials', /ZAPI_CLIENT_TOKEN/],
    ['instance-not-found', /ZAPI_INSTANCE_ID/],
    ['subscription-lapsed', /subscription/],
    ['disconnected', /QR code/],
    ['address-not-allowed', /allow-list/],
    ['refused', /may not be your fault.*on the phone/],
    ['invalid-phone', /numbers/],
    ['wrong-request', /not yours/],
    ['rate-limited', /Wait a minute/],
    ['unavailable', /not available/],
    ['timeout', /in time/],
    ['unexpected-reply', /does not understand/],
  ])('%s is told by what can be done about it', (failure, words) => {
    expect(failureText({ kind: 'failed', failure })).toMatch(words);
  });

  test('that leaves the outcome unknown says where to look', () => {
    for (const failure of gatewayErrorKinds)
      expect(failureText({ kind: 'unknown', failure })).toContain('Settings → Privacy');
  });
});

describe('whoever is refused a step is told that nothing was changed', () => {
  test.each<[string, string]>([
    ['words that are not understood', notUnderstood('last-seen', 'off')],
    ['a form that Slack waited for', formDidNotOpen('last-seen', 'too-late')],
    ['a form that Slack did not take', formDidNotOpen('last-seen', 'slack')],
    ['a restart', restarting],
    ['an unknown command', unknownCommand],
    ['an outdated form', outdatedForm],
    ['a number to look at again', secondLook([ana])],
    ['numbers to look at again', secondLook([ana, ana])],
    ['a broken step', brokenStep('abc123')],
  ])('%s', (_what, sentence) => {
    expect(sentence).toMatch(/Nothing was changed|The setting was not changed/);
  });

  test('a broken step gives the reference to tell', () => {
    expect(brokenStep('abc123')).toContain('abc123');
  });
});

describe('what others wrote is escaped', () => {
  const hostile = '<!channel> & <@U0EVE> <https://evil.test|x>';
  const isEscaped = (text: string) =>
    !/<(?!@U0ANA>|#C0[A-Z]+>|!date\^)/.test(text) && !/&(?!amp;|lt;|gt;)/.test(text);

  test.each<[string, string]>([
    ['the name of the number, in the form', changesNumber({ ...padaria, name: hostile })],
    ...outcomes.map((outcome): [string, string] => [
      `the name of the number, in the message: ${JSON.stringify(outcome)}`,
      auditOf(ended({ outcome }), { ...padaria, name: hostile }),
    ]),
    ['what was typed after the command', notUnderstood('last-seen', hostile)],
    ['an entry of the list', hiddenNow([`${hostile}@lid`, '<!here>'])],
  ])('%s', (_what, text) => {
    expect(text).toContain('&lt;');
    expect(isEscaped(text)).toBe(true);
  });

  test('and is quoted on one line, and shortened', () => {
    const long = `${'a'.repeat(39)}\n\n\n${'b'.repeat(10_000)}`;
    for (const text of [notUnderstood('last-seen', long), changesNumber({ ...padaria, name: long })]) {
      expect(text).toContain(`${'a'.repeat(39)}…`);
      expect(text).not.toContain('bb');
    }
  });

  test('an emoji at the place of the cut is not cut through', () => {
    expect(notUnderstood('last-seen', '🙂'.repeat(100))).toContain(`“${'🙂'.repeat(39)}…”`);
  });
});

describe('in a channel', () => {
  test.each(outcomes)('numbers are masked: %j', (outcome) => {
    const change = excepting(3, 2);
    const text = auditOf(ended({ change, outcome }));
    for (const phone of [...change.hide, ...change.showAgain, padaria.phone]) {
      expect(text).not.toContain(phone);
      expect(text.replace(/[^\d]/g, '')).not.toContain(phone.slice(4));
      expect(text).not.toContain(`${phone.slice(4, 9)}-${phone.slice(9)}`);
    }
    expect(text).toContain('+55 11 •••••-1000');
    expect(text).toContain('+55 11 •••••-0002');
    expect(text).toContain('+55 21 •••••-0001');
  });

  test.each(outcomes)('the address to reply to is not told: %j', (outcome) => {
    expect(auditOf(ended({ outcome }))).not.toMatch(/SECRET|hooks/);
  });

  test.each<[Outcome, RegExp]>([
    [{ kind: 'applied' }, /^Last seen changed: <@U0ANA> set who can see the last seen of .* to Nobody\.$/],
    [
      { kind: 'failed', failure: 'refused' },
      /^Last seen not changed: <@U0ANA> wanted to set .* to Nobody\. /,
    ],
    [
      { kind: 'unknown', failure: 'timeout' },
      /^Last seen perhaps not changed: <@U0ANA> wanted to set .* to Nobody\. /,
    ],
  ])('the text alone says it all: %j', (outcome, whole) => {
    expect(auditTexts(ended({ outcome }), padaria).text).toMatch(whole);
  });

  test.each<[number, number, string]>([
    [0, 0, 'to My contacts except…'],
    [1, 0, 'to My contacts except… (hide from 1).'],
    [0, 2, 'to My contacts except… (show again to 2).'],
    [300, 2, 'to My contacts except… (hide from 300, show again to 2).'],
  ])('the text says how many are added and removed: %i, %i', (hide, showAgain, end) => {
    expect(auditTexts(ended({ change: excepting(hide, showAgain) }), padaria).text.endsWith(end)).toBe(true);
  });

  test.each<[Outcome, string]>([
    [{ kind: 'applied' }, '*Hidden from 1:* +55 11 •••••-0000\n*Shown again to 1:* +55 21 •••••-0000'],
    [
      { kind: 'failed', failure: 'refused' },
      '*To hide from 1:* +55 11 •••••-0000\n*To show again to 1:* +55 21 •••••-0000',
    ],
    [
      { kind: 'unknown', failure: 'timeout' },
      '*To hide from 1:* +55 11 •••••-0000\n*To show again to 1:* +55 21 •••••-0000',
    ],
  ])('numbers are told as done only where it was done: %j', (outcome, lines) => {
    expect(auditNumbers(ended({ change: excepting(1, 1), outcome }))).toBe(lines);
  });

  test('without a known number it is the WhatsApp number', () => {
    expect(auditTexts(ended(), undefined).text).toContain('the last seen of the WhatsApp number to Nobody');
  });

  test('the time is in the zone of the reader, with words for where it can not be', () => {
    expect(auditFootnote(ended())).toBe(
      '<!date^1795435201^{date_short_pretty} at {time}|2026-11-23 12:00 UTC> · change `0d2fh7k3mabc`',
    );
  });

  test('that could not be told, the person is told, and how to mend it', () => {
    const text = notToldText('C0AUDIT', auditTexts(ended(), padaria).text);
    expect(text).toContain('<#C0AUDIT>');
    expect(text).toContain('was not told');
    expect(text).toContain('/invite');
  });
});

describe('who is hidden now', () => {
  test.each<[string[], string]>([
    [[], 'Nobody is hidden now.'],
    [[ana], '*Hidden from 1 person now:* +55 11 98765-4321'],
    [[ana, '123@lid'], '*Hidden from 2 people now:* +55 11 98765-4321, a private WhatsApp id (123@lid)'],
  ])('%j is %s', (entries, text) => {
    expect(hiddenNow(entries)).toBe(text);
  });

  test('is counted in full, where not all are shown', () => {
    expect(hiddenNow(Array.from({ length: 1_234 }, () => ana))).toMatch(
      /^\*Hidden from 1,234 people now:\* .* and 1184 more$/,
    );
  });

  test('digits that are no number are shortened', () => {
    expect(hiddenNow(['7'.repeat(500)]).length).toBeLessThan(120);
  });

  test.each([
    ['ids', `${'1'.repeat(40)}@lid`],
    ['control characters of Slack', '&<>'.repeat(40)],
    ['digits', '7'.repeat(9_000)],
  ])('fits in one section, whatever the gateway says: %s without end', (_what, entry) => {
    const text = hiddenNow(Array.from({ length: 60 }, () => entry));
    expect(text.length).toBeLessThanOrEqual(3000);
    expect(text).toMatch(/^\*Hidden from 60 people now:\* .*, and \d\d more$/);
  });
});

describe('errors under a field', () => {
  const notPhones = (count: number, typed = 'Ana '.repeat(1_000)): ChangeProblem[] =>
    Array.from({ length: count }, (_, index) => ({
      field: 'hide',
      kind: 'not-a-phone',
      line: index + 1,
      typed,
    }));

  test.each<[ChangeProblem, RegExp]>([
    [{ field: 'visibility', kind: 'not-chosen' }, /^Choose who can see last seen\.$/],
    [{ field: 'hide', kind: 'not-a-phone', line: 3, typed: 'Ana' }, /^Line 3: “Ana” is not a phone number/],
    [
      { field: 'hide', kind: 'repeated', line: 3, typed: '+1', firstLine: 2, otherSpelling: false },
      /^Line 3: “\+1” is the same number as in line 2\.$/,
    ],
    [
      { field: 'hide', kind: 'repeated', line: 3, typed: '+1', firstLine: 2, otherSpelling: true },
      /line 2 \(with and without the ninth digit\)\.$/,
    ],
    [
      { field: 'showAgain', kind: 'in-both', line: 3, typed: '+1', otherLine: 4 },
      /^Line 3: “\+1” is in “Hide from” too, in line 4\. /,
    ],
    [{ field: 'hide', kind: 'too-long' }, /3,000 characters/],
  ])('%j', (problem, sentence) => {
    expect(fieldError('last-seen', [problem])).toMatch(sentence);
  });

  test('are all told, up to ten', () => {
    expect(fieldError('last-seen', notPhones(10)).split('\n')).toHaveLength(10);
  });

  test('of 300 bad lines stay short, and say how many there are', () => {
    const text = fieldError('last-seen', notPhones(300));
    expect(text.length).toBeLessThan(2_000);
    expect(text).toMatch(/\nAnd 290 more\.$/);
  });

  test('are plain text, so that nothing is escaped', () => {
    expect(fieldError('last-seen', notPhones(1, 'A & <B>'))).toContain('“A & <B>”');
  });
});

describe('the second look', () => {
  test.each<[number, RegExp]>([
    [1, /\+55 20 98765-4321 is not in a range/],
    [2, /\+55 20 98765-4321, \+55 20 98765-4321 are not in ranges/],
    [21, / and 1 more are not in ranges/],
  ])('at %i', (count, words) => {
    expect(secondLook(Array.from({ length: count }, () => '5520987654321'))).toMatch(words);
  });
});

test.each<[string | undefined, Visibility | undefined, string[]]>([
  ['C0AUDIT', 'nobody', ['*Saved.*', 'Who can see last seen', '*Nobody*', '<#C0AUDIT>']],
  [undefined, 'contacts-except', ['*Saved.*', '*My contacts except…*', 'the channel']],
  [undefined, undefined, ['*Saved.*', 'the channel']],
])('saved, told in %s, with %s, it says %j', (elsewhere, visibility, words) => {
  const text = savedText({ setting: 'last-seen', visibility }, elsewhere);
  for (const word of words) expect(text).toContain(word);
  expect(text).not.toContain('….');
});

test('the visibilities have the names that WhatsApp gives them', () => {
  expect(visibilities.map((visibility) => visibilityNames[visibility])).toEqual([
    'Everyone',
    'My contacts',
    'My contacts except…',
    'Nobody',
  ]);
});

describe('every text is shorter than what Slack takes', () => {
  const longName: OwnNumber = { phone: padaria.phone, name: '&'.repeat(10_000) };
  const mrkdwn: [string, string][] = [
    ['the number', changesNumber(longName)],
    ['the hints', formHints.join('\n')],
    ['reading', readingHiddenNow],
    ['unavailable', hiddenNowUnavailable],
    ['saving', saving],
    ['saved', savedText({ setting: 'last-seen', visibility: 'contacts-except' }, 'C0AUDIT')],
    ['the second look', secondLook(Array.from({ length: 500 }, () => '5520987654321'))],
    ['outdated', outdatedForm],
    ['help', helpText('last-seen')],
    ['not understood', notUnderstood('last-seen', '&'.repeat(10_000))],
    ...failedOutcomes.map((outcome): [string, string] => [JSON.stringify(outcome), failureNotice(outcome)]),
    ...outcomes.map((outcome): [string, string] => [
      `message ${JSON.stringify(outcome)}`,
      notToldText('C0AUDIT', auditTexts(ended({ outcome, change: excepting(300, 300) }), longName).text),
    ]),
    ['the numbers of a message', auditNumbers(ended({ change: excepting(300, 300) })) ?? ''],
  ];

  test.each(mrkdwn)('a section: %s', (_what, text) => {
    expect(text.length).toBeGreaterThan(0);
    expect(text.length).toBeLessThanOrEqual(3000);
  });

  test('the words of the form', () => {
    expect(formWords.title('last-seen').length).toBeLessThanOrEqual(24);
    for (const word of [formWords.save, formWords.cancel, formWords.close])
      expect(word.length).toBeLessThanOrEqual(24);
    for (const name of Object.values(visibilityNames)) expect(name.length).toBeLessThanOrEqual(75);
    for (const word of [formWords.choose, formWords.numbersPlaceholder])
      expect(word.length).toBeLessThanOrEqual(150);
    expect(nobodyExcepted.length).toBeLessThan(300);
  });
});
