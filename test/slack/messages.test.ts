import { describe, expect, test } from '@jest/globals';
import { type ChangeProblem, type Visibility, visibilities } from '../../src/privacy/change.ts';
import type { EndedChange, FailureKind, Outcome } from '../../src/privacy/journal-entry.ts';
import { type Phone, parsePhone } from '../../src/privacy/phone.ts';
import { gatewayErrorKinds } from '../../src/privacy/ports.ts';
import type { LastSet } from '../../src/privacy/setting-memory.ts';
import type { NamedNumber } from '../../src/slack/messages/formatting.ts';
import { messagesIn } from '../../src/slack/messages/messages-in.ts';
import { exceptChange, phones, someChange, someEnded, someEntry } from '../privacy/some-changes.ts';

const { audit, command, form, outcome: outcomeMessages, phrasing } = messagesIn('en');
const { auditFootnote, auditNumbers, auditTexts, notToldText, perhapsNotToldText } = audit;
const { brokenStep, formDidNotOpen, helpText, journalUnreadable, notRecorded, notUnderstood } = command;
const { perhapsRecorded, restarting, unknownCommand } = command;
const { changesNumber, failureNotice, fieldError, hiddenNow, hiddenNowUnavailable, nobodyExcepted } = form;
const { outdatedForm, readingHiddenNow, savedText, saving, secondLook, standing } = form;
const { failureInShort, failureText, listLines } = outcomeMessages;
const { timeText, visibilityNames } = phrasing;

const ana = '5511987654321' as Phone;
const padariaPhone = '5511940001000' as Phone;
const named = (name: string | undefined): NamedNumber => ({
  label: undefined,
  own: { phone: padariaPhone, name },
});
const padaria = named('Padaria Sol');
const unknownNumber: NamedNumber = { label: undefined, own: undefined };
const noName = () => undefined;
type Failed = Exclude<Outcome, { kind: 'applied' }>;
type Reasoned = Extract<Outcome, { failure: FailureKind }>;
const failureKinds: FailureKind[] = [...gatewayErrorKinds, 'interrupted', 'overtaken'];
const reasonedOutcomes: Reasoned[] = failureKinds.flatMap((failure): Reasoned[] => [
  { kind: 'failed', failure },
  { kind: 'unknown', failure },
]);
const failedOutcomes: Failed[] = [
  ...reasonedOutcomes,
  { kind: 'unknown', failure: 'timeout', notOnTheList: true },
  { kind: 'expired' },
];
const outcomes: Outcome[] = [{ kind: 'applied' }, ...failedOutcomes];

const ended = someEnded;

const excepting = (hide: number, showAgain: number) => exceptChange(phones(hide), phones(showAgain, '21'));

/** All that the audit message says of it. */
const auditOf = (change: EndedChange, number = padaria) => {
  const { headline, details, text } = auditTexts(change, number);
  return [headline, details, text, auditNumbers(change), auditFootnote(change)].filter(Boolean).join('\n');
};

describe('every failure', () => {
  test.each(failedOutcomes)('says whether the setting changed: %j', (outcome) => {
    const isKnown = outcome.kind !== 'unknown';
    for (const text of [failureText(outcome), failureNotice(outcome).text, auditOf(ended({ outcome }))]) {
      expect(text.includes('The setting was not changed.')).toBe(isKnown);
      expect(text.includes('It is not known whether the setting was changed')).toBe(!isKnown);
    }
  });

  test.each(failedOutcomes)('says what happened and what to do next, in words: %j', (outcome) => {
    const text = failureText(outcome);
    // What happened, whether it changed, what to do: three sentences at least, each ended.
    expect(text.match(/[.:)](?=\s|$)/g)?.length).toBeGreaterThanOrEqual(3);
    expect(text).toMatch(/\.$/);
    expect(text).toMatch(
      /\b([Tt]ry again|[Ss]ave( it)? again|[Ww]ait a minute|[Aa]sk whoever|[Tt]ell whoever|[Ll]ook at what is set)\b/,
    );
    // No code without words, neither ours nor HTTP's; nothing that was not filled in; no "Oops".
    expect(text).not.toMatch(
      /\b[1-5]\d\d\b|\bE[A-Z]{5,}\b|undefined|null|\[object|[Oo]ops|CONTACT_BLACKLIST/,
    );
    const code = outcome.kind === 'expired' ? outcome.kind : outcome.failure;
    if (code.includes('-')) expect(text).not.toContain(code);
  });

  test('has a sentence of its own', () => {
    const sentences = (kind: 'failed' | 'unknown') =>
      failureKinds.map((failure) => failureText({ kind, failure }));
    expect(new Set([...sentences('failed'), failureText({ kind: 'expired' })]).size).toBe(
      failureKinds.length + 1,
    );
    expect(new Set(sentences('unknown')).size).toBe(failureKinds.length);
  });

  test.each<[FailureKind, RegExp]>([
    ['credentials', /did not accept this bot's tokens\..*ZAPI_CLIENT_TOKEN/],
    ['instance-not-found', /ZAPI_INSTANCE_ID/],
    ['subscription-lapsed', /subscription/],
    ['disconnected', /QR code/],
    ['address-not-allowed', /allow-list/],
    ['refused', /may not be your fault: now and then WhatsApp changes something.*Meanwhile .* on the phone/],
    ['invalid-phone', /numbers/],
    ['wrong-request', /not yours/],
    ['rate-limited', /Wait a minute/],
    ['unavailable', /not available/],
    ['timeout', /in time.*Save again in a few minutes\.$/],
    ['unexpected-reply', /does not understand/],
    ['interrupted', /^The bot was stopped while it made this change\. .*Save it again\.$/],
    ['overtaken', /^Another change came first, .* so nothing was undone\..* Look at what is set now/],
  ])('%s is told by what can be done about it', (failure, words) => {
    expect(failureText({ kind: 'failed', failure })).toMatch(words);
  });

  test.each<[Failed, string]>([
    [
      { kind: 'expired' },
      'This change had to wait for too long, and was not made any more. The setting was not changed. If it is still wanted, save it again.',
    ],
    [
      { kind: 'unknown', failure: 'timeout', notOnTheList: true },
      'Z-API did not answer in time. It is not known whether the setting was changed: the list was read again, and does not show it so far. Look on the phone (Settings → Privacy → Last seen and online). If it was not, save again in a few minutes.',
    ],
  ])('says what the bot found out: %j', (outcome, text) => {
    expect(failureText(outcome)).toBe(text);
  });

  test.each<[Failed, string]>([
    [{ kind: 'failed', failure: 'refused' }, 'Z-API refused the change and gave no reason.'],
    [{ kind: 'unknown', failure: 'interrupted' }, 'The bot was stopped while it made this change.'],
    [{ kind: 'expired' }, 'It had to wait for too long.'],
  ])('is told in short, too: %j', (outcome, sentence) => {
    expect(failureInShort(outcome)).toBe(sentence);
  });

  test.each(failureKinds)(
    'that leaves the outcome unknown says where to look, and what to do if it did not change: %s',
    (failure) => {
      const next = failureText({ kind: 'failed', failure }).split('The setting was not changed. ')[1] ?? '';
      expect(next).toMatch(/^[A-Z].*\.$/);
      expect(failureText({ kind: 'unknown', failure }).split('It is not known ')[1]).toBe(
        `whether the setting was changed: look on the phone (Settings → Privacy → Last seen and online). If it was not, ${next[0]?.toLowerCase()}${next.slice(1)}`,
      );
    },
  );

  test('in the form, whether it failed or perhaps failed, can be tried again', () => {
    expect(failureNotice({ kind: 'failed', failure: 'timeout' })).toEqual({
      text: ':x: *Not saved.* Z-API did not answer in time. The setting was not changed. Save again in a few minutes.',
      submit: 'Save again',
    });
    expect(failureNotice({ kind: 'unknown', failure: 'timeout' })).toEqual({
      text: ':warning: *Perhaps not saved.* Z-API did not answer in time. It is not known whether the setting was changed: look on the phone (Settings → Privacy → Last seen and online). If it was not, save again in a few minutes.',
      submit: 'Save again',
    });
    for (const outcome of failedOutcomes) expect(failureNotice(outcome).submit).toBe('Save again');
  });
});

describe('whoever is refused a step is told that nothing was changed', () => {
  test.each<[string, string]>([
    ['words that are not understood', notUnderstood('last-seen', 'off')],
    ['a form that Slack waited for', formDidNotOpen('last-seen', 'too-late')],
    ['a form that Slack did not take', formDidNotOpen('last-seen', 'refused')],
    ['a form that Slack said nothing of', formDidNotOpen('last-seen', 'lost')],
    ['a restart', restarting],
    ['an unknown command', unknownCommand],
    ['an outdated form', outdatedForm],
    ['a number to look at again', secondLook([ana]).text],
    ['numbers to look at again', secondLook([ana, ana]).text],
    ['a broken step', brokenStep('abc123')],
    ['a journal that can not be written', notRecorded],
    ['a journal that can not be read', journalUnreadable],
  ])('%s', (_what, sentence) => {
    expect(sentence).toMatch(/Nothing was changed|The setting was not changed/);
  });

  test('whoever has an outdated form types the command again', () => {
    expect(outdatedForm).toMatch(/Close it and type the command again\.$/);
  });

  test('whoever was not told whether it was recorded does not save at once', () => {
    expect(perhapsRecorded).toContain('look there before you try again');
    expect(perhapsRecorded).not.toContain('Nothing was changed');
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
    ['the name of the number, in the form', changesNumber(named(hostile))],
    ...outcomes.map((outcome): [string, string] => [
      `the name of the number, in the message: ${JSON.stringify(outcome)}`,
      auditOf(ended({ outcome }), named(hostile)),
    ]),
    ['what was typed after the command', notUnderstood('last-seen', hostile)],
    ['an entry of the list', hiddenNow([`${hostile}@lid`, '<!here>'], noName)],
  ])('%s', (_what, text) => {
    expect(text).toContain('&lt;');
    expect(isEscaped(text)).toBe(true);
  });

  test('and is quoted on one line, and shortened', () => {
    const long = `${'a'.repeat(39)}\n\n\n${'b'.repeat(10_000)}`;
    for (const text of [notUnderstood('last-seen', long), changesNumber(named(long))]) {
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
    for (const phone of [...change.hide, ...change.showAgain, padariaPhone]) {
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
    [
      { kind: 'expired' },
      /^Last seen not changed: <@U0ANA> wanted to set .* to Nobody\. This change had to wait/,
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
    [{ kind: 'expired' }, '*To hide from 1:* +55 11 •••••-0000\n*To show again to 1:* +55 21 •••••-0000'],
  ])('numbers are told as done only where it was done: %j', (outcome, lines) => {
    expect(auditNumbers(ended({ change: excepting(1, 1), outcome }))).toBe(lines);
  });

  test.each<[Visibility, Outcome, string | undefined]>([
    ['contacts-except', { kind: 'applied' }, 'The list of people stays as it was.'],
    ['contacts-except', { kind: 'failed', failure: 'refused' }, undefined],
    ['contacts-except', { kind: 'unknown', failure: 'timeout' }, undefined],
    ['everyone', { kind: 'applied' }, undefined],
    ['contacts', { kind: 'applied' }, undefined],
    ['nobody', { kind: 'applied' }, undefined],
  ])('without numbers, %s, %j, it says of the list: %s', (visibility, outcome, line) => {
    expect(auditNumbers(ended({ change: { ...excepting(0, 0), visibility }, outcome }))).toBe(line);
  });

  test.each([
    [1, 0, '*Hidden from 1:* +55 11 •••••-0000'],
    [0, 1, '*Shown again to 1:* +55 21 •••••-0000'],
  ])('that the list stays is not said where it does not: %i, %i', (hide, showAgain, line) => {
    expect(auditNumbers(ended({ change: excepting(hide, showAgain) }))).toBe(line);
  });

  test('without a known number it is the WhatsApp number', () => {
    expect(auditTexts(ended(), unknownNumber).text).toContain(
      'the last seen of the WhatsApp number to Nobody',
    );
  });

  test('the time is in the zone of the reader, with words for where it can not be', () => {
    expect(auditFootnote(ended())).toBe(
      '<!date^1795435201^{date_short_pretty} at {time}|2026-11-23 12:00 UTC> · change `0d2fh7k3mabc`',
    );
  });

  test('that could not be told, the person is told, and how to mend it', () => {
    const text = notToldText(ended({ tellIn: 'C0AUDIT' }), auditTexts(ended(), padaria).text);
    expect(text).toContain('<#C0AUDIT>');
    expect(text).toContain('was not told');
    expect(text).toContain('/invite');
  });

  test('that was perhaps told, the person is told so', () => {
    const text = perhapsNotToldText(ended({ tellIn: 'C0AUDIT' }), auditTexts(ended(), padaria).text);
    expect(text).toMatch(/^Slack did not say whether it took my message in <#C0AUDIT>\. If it is not there,/);
    expect(text).toContain('Last seen changed');
  });
});

describe('the list of a change', () => {
  const asked = excepting(2, 1);
  const [hidden = '', other = ''] = asked.hide;
  const erased = { numbersErased: true, named: { hide: 2, showAgain: 1 }, change: excepting(0, 0) };
  const erasedLine =
    'Numbers to hide from: 2, to show again to: 1. The numbers themselves were erased after a while.';

  test.each<[string, Partial<EndedChange>, string[]]>([
    [
      'whose list was not read tells what was asked for',
      { change: asked },
      [`*Hidden from 2:* ${hidden}, ${other}`, `*Shown again to 1:* ${asked.showAgain}`],
    ],
    [
      'that changed all of it',
      { change: asked, realChanges: asked },
      [`*Newly hidden from 2:* ${hidden}, ${other}`, `*Shown again to 1:* ${asked.showAgain}`],
    ],
    [
      'that changed a part of it',
      { change: asked, realChanges: { hide: [other], showAgain: [] } },
      [`*Newly hidden from 1:* ${other}`, `*Already so for 2:* ${hidden}, ${asked.showAgain}`],
    ],
    [
      'that changed nothing of it',
      { change: asked, realChanges: { hide: [], showAgain: [] } },
      [`*Already so for 3:* ${hidden}, ${other}, ${asked.showAgain}`],
    ],
    [
      'that was not made tells what was asked for, whatever was so',
      { change: asked, realChanges: { hide: [other], showAgain: [] }, outcome: { kind: 'expired' } },
      [`*To hide from 2:* ${hidden}, ${other}`, `*To show again to 1:* ${asked.showAgain}`],
    ],
    ['that had none', { change: someChange('nobody') }, []],
    ['whose numbers were erased tells how many there were', erased, [erasedLine]],
    [
      'that was not made, and whose numbers were erased',
      { ...erased, outcome: { kind: 'failed', failure: 'refused' } },
      [erasedLine],
    ],
  ])('%s', (_what, fields, lines) => {
    expect(listLines(someEnded(fields), (entry) => entry)).toEqual(lines);
  });

  test('under way tells what is to be', () => {
    expect(listLines(someEntry({ change: excepting(1, 0) }), (entry) => entry)).toEqual([
      `*To hide from 1:* ${hidden}`,
    ]);
  });

  test.each([
    [20, undefined, ''],
    [21, undefined, ' and 1 more'],
    [300, 5, ' and 295 more'],
    [300, Number.POSITIVE_INFINITY, ''],
  ])('of %i numbers shows at most %s, and counts the others', (count, most, end) => {
    const [line = ''] = listLines(someEntry({ change: excepting(count, 0) }), () => '#', most);
    expect(line.endsWith(`#${end}`)).toBe(true);
    expect(line.match(/#/g)).toHaveLength(Math.min(count, most ?? 20));
  });

  test('that was made and whose list was so before is not said to have stayed as it was', () => {
    const change = someEnded({ change: excepting(1, 0), realChanges: { hide: [], showAgain: [] } });
    expect(auditNumbers(change)).toMatch(/^\*Already so for 1:\* \+55 .*•/);
  });
});

describe('what the bot itself last set', () => {
  const when = timeText(new Date('2026-11-23T12:00:01.500Z'));

  test.each<[string, LastSet, string]>([
    ['nothing', 'never', 'not known yet. This bot has not set it, and Z-API has no way to ask.'],
    ['what is not known yet', 'unread', '*unknown*. The bot could not read its journal yet.'],
    [
      'something',
      someEnded({ change: someChange('contacts'), by: 'U0BRUNO' }),
      `*My contacts*, set here by <@U0BRUNO>, ${when}. What was changed on the phone since is not known.`,
    ],
    [
      'something that may or may not have been made',
      someEnded({ outcome: { kind: 'unknown', failure: 'timeout' } }),
      `*unknown*. The last change, by <@U0ANA>, ${when}, may or may not have been made.`,
    ],
  ])('is told: %s', (_what, entry, text) => {
    expect(standing(entry)).toBe(text);
  });
});

describe('who is on the list now', () => {
  const bruno = '5521912345678';

  test.each<[string[], string]>([
    [[], 'Nobody is on the list now.'],
    [[ana], '*On the list now (1):* +55 11 98765-4321'],
    [[ana, '123@lid'], '*On the list now (2):* +55 11 98765-4321, a private WhatsApp id (123@lid)'],
  ])('%j is %s', (entries, text) => {
    expect(hiddenNow(entries, noName)).toBe(text);
  });

  test.each([
    [30, 0, '*On the list now (30):* ', ''],
    [30, 1, '*On the list now (31):* ', ', and 1 more'],
    [30, 1_204, '*On the list now (1,234):* ', ', and 1,204 more'],
  ])('the first %i are shown, %i more are counted', (shown, more, beginning, end) => {
    const entries = [
      ...Array.from({ length: shown }, () => ana),
      ...Array.from({ length: more }, () => bruno),
    ];
    const first = Array.from({ length: shown }, () => '+55 11 98765-4321').join(', ');
    expect(hiddenNow(entries, noName)).toBe(`${beginning}${first}${end}`);
  });

  test('while it is not known, it is said so', () => {
    expect(readingHiddenNow).toBe('Reading who is on the list now…');
    expect(hiddenNowUnavailable).toBe(
      "Z-API can't say right now who is on the list. You can still save changes.",
    );
  });

  test('digits that are no number are shortened', () => {
    expect(hiddenNow(['7'.repeat(500)], noName).length).toBeLessThan(120);
  });

  test.each([
    ['ids', `${'1'.repeat(40)}@lid`],
    ['control characters of Slack', '&<>'.repeat(40)],
    ['digits', '7'.repeat(9_000)],
  ])('fits in one section, whatever the gateway says: %s without end', (_what, entry) => {
    const text = hiddenNow(
      Array.from({ length: 60 }, () => entry),
      noName,
    );
    expect(text.length).toBeLessThanOrEqual(3000);
    expect(text).toMatch(/^\*On the list now \(60\):\* .*, and \d\d more$/);
  });
});

describe('errors under a field', () => {
  const notPhones = (count: number, typed = 'Ana '.repeat(1_000)): ChangeProblem[] =>
    Array.from({ length: count }, (_, index) => ({
      field: 'hide',
      kind: 'not-a-phone',
      why: 'no-country-code',
      line: index + 1,
      typed,
    }));

  test.each<[ChangeProblem, RegExp]>([
    [{ field: 'visibility', kind: 'not-chosen' }, /^Choose who can see last seen\.$/],
    [
      { field: 'hide', kind: 'not-a-phone', why: 'other', line: 3, typed: 'Ana' },
      /^Line 3: “Ana” is not a phone number\. Correct it/,
    ],
    [
      { field: 'hide', kind: 'not-a-phone', why: 'too-short', line: 3, typed: '+55 11 23' },
      /^Line 3: “\+55 11 23” is too short for a phone number\. Type all of its digits, with the area code/,
    ],
    [
      { field: 'hide', kind: 'not-a-phone', why: 'too-long', line: 3, typed: '+5511987654321000' },
      /^Line 3: “\+5511987654321000” is too long for a phone number\. Take out what/,
    ],
    [
      { field: 'hide', kind: 'not-a-phone', why: 'no-area-code', line: 3, typed: '9888' },
      /^Line 3: “9888” is not a whole phone number\. Type it with its area code, such as \(11\) 91234-5678\.$/,
    ],
    [
      { field: 'hide', kind: 'not-a-phone', why: 'no-country-code', line: 3, typed: '9888' },
      /^Line 3: “9888” is not a phone number with its country code\. Type it with \+ and the code first/,
    ],
    [
      { field: 'hide', kind: 'repeated', line: 3, typed: '+1', firstLine: 2, otherSpelling: false },
      /^Line 3: “\+1” is the same number as in line 2\.$/,
    ],
    [
      { field: 'hide', kind: 'repeated', line: 3, typed: '+1', firstLine: 2, otherSpelling: true },
      /line 2 \(with and without the ninth digit\)\.$/,
    ],
    [
      { field: 'showAgain', kind: 'in-both', entry: ana },
      /^\+55 11 98765-4321 is to be hidden from, too\. Keep them in one of the two\.$/,
    ],
    [
      { field: 'showAgain', kind: 'in-both', entry: '123@lid' },
      /^a private WhatsApp id \(123@lid\) is to be hidden from, too\./,
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
    [1, /\+55 20 98765-4321 is not in a range.* Correct it, or press \*Save anyway\* if it is right\.$/],
    [
      2,
      /\+55 20 98765-4321, \+55 20 98765-4321 are not in ranges.* Correct them, or press \*Save anyway\* if they are right\.$/,
    ],
    [21, / and 1 more are not in ranges/],
  ])('at %i, and the button says what the text says', (count, words) => {
    const { text, submit } = secondLook(Array.from({ length: count }, () => '5520987654321'));
    expect(text).toMatch(words);
    expect(submit).toBe('Save anyway');
    expect(text).toContain(`*${submit}*`);
  });
});

test.each<[string | undefined, Visibility, string[]]>([
  [
    'C0AUDIT',
    'nobody',
    ['*Saved.*', 'Who can see last seen', '*Nobody*', 'The message for your team goes to <#C0AUDIT>.'],
  ],
  [
    undefined,
    'contacts-except',
    ['*Saved.*', '*My contacts except…*', 'The message for your team is on its way.'],
  ],
])('saved, told in %s, with %s, it says %j', (elsewhere, visibility, words) => {
  const text = savedText({ setting: 'last-seen', visibility }, { kind: 'applied' }, elsewhere);
  for (const word of words) expect(text).toContain(word);
  expect(text).not.toContain('….');
});

test('saved, and not taken for everybody, it does not say that all is well', () => {
  const missing = { hide: ['5511987654321'], showAgain: [] };
  const outcome = { kind: 'applied', proof: { kind: 'not-taken', missing } } as const;
  const text = savedText({ setting: 'last-seen', visibility: 'contacts-except' }, outcome, undefined);
  expect(text).toMatch(/^:warning: \*Saved only in part\.\*/);
  expect(text).toContain('Z-API confirmed the change, but its list does not show all of it.');
});

test('whoever waits may close the window, and the team is told', () => {
  expect(saving).toContain('You may close this window: the outcome is posted for your team.');
});

test('the help names the command, every choice, and who is told', () => {
  expect(helpText('last-seen').split('\n')).toEqual([
    "*/lastseen* changes who can see the *last seen* of your team's WhatsApp number.",
    '• `/lastseen` opens the form: choose *Everyone*, *My contacts*, *My contacts except…*, *Nobody*. What you save is posted for the whole team.',
    '• `/lastseen everyone`, `/lastseen contacts` or `/lastseen nobody` changes it without the form.',
    expect.stringMatching(/^• `\/lastseen except \+55 11 91234-5678 -55 21 99876-5432` hides from /),
    expect.stringMatching(/^• `\/lastseen status` says what this bot last set/),
    expect.stringMatching(/^• `\/lastseen history` shows the last changes/),
    '• `/lastseen help` shows this.',
  ]);
});

test('the help names the numbers of whoever may change several', () => {
  expect(helpText('last-seen', ['sales', 'support'])).toContain(
    '• Put `on sales` at the end to name one of your numbers: `sales`, `support`.\n• `/lastseen status`',
  );
  expect(notUnderstood('last-seen', 'off', ['sales'])).toContain('`on sales`');
  expect(helpText('last-seen')).not.toContain('`on ');
});

test('the example of a number is one that would be taken', () => {
  expect(form.fields.numbersPlaceholder).toBe('+55 11 91234-5678');
  expect(parsePhone(form.fields.numbersPlaceholder)).toEqual({ phone: '5511912345678', unusual: false });
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
  const longName = named('&'.repeat(10_000));
  const mrkdwn: [string, string][] = [
    ['the number', changesNumber(longName)],
    ['the hints', form.hints],
    ['reading', readingHiddenNow],
    ['unavailable', hiddenNowUnavailable],
    ['saving', saving],
    [
      'saved',
      savedText({ setting: 'last-seen', visibility: 'contacts-except' }, { kind: 'applied' }, 'C0AUDIT'),
    ],
    ['the second look', secondLook(Array.from({ length: 500 }, () => '5520987654321')).text],
    ['outdated', outdatedForm],
    ['help', helpText('last-seen')],
    ['not understood', notUnderstood('last-seen', '&'.repeat(10_000))],
    ...failedOutcomes.map((outcome): [string, string] => [
      JSON.stringify(outcome),
      failureNotice(outcome).text,
    ]),
    ...outcomes.map((outcome): [string, string] => [
      `message ${JSON.stringify(outcome)}`,
      notToldText(
        ended({ tellIn: 'C0AUDIT' }),
        auditTexts(ended({ outcome, change: excepting(300, 300) }), longName).text,
      ),
    ]),
    ['the numbers of a message', auditNumbers(ended({ change: excepting(300, 300) })) ?? ''],
  ];

  test.each(mrkdwn)('a section: %s', (_what, text) => {
    expect(text.length).toBeGreaterThan(0);
    expect(text.length).toBeLessThanOrEqual(3000);
  });

  test('the words of the form', () => {
    expect(form.title('last-seen').length).toBeLessThanOrEqual(24);
    const { save, saveAgain, saveAnyway, cancel, close } = form.buttons;
    for (const word of [save, saveAgain, saveAnyway, cancel, close])
      expect(word.length).toBeLessThanOrEqual(24);
    expect(new Set([save, saveAgain, saveAnyway]).size).toBe(3);
    for (const name of Object.values(visibilityNames)) expect(name.length).toBeLessThanOrEqual(75);
    for (const word of [form.fields.choose, form.fields.numbersPlaceholder])
      expect(word.length).toBeLessThanOrEqual(150);
    expect(nobodyExcepted.length).toBeLessThan(300);
  });
});
