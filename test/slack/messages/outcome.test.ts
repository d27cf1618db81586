import { describe, expect, test } from '@jest/globals';
import { type Locale, locales } from '../../../src/config.ts';
import type { Outcome, Proof } from '../../../src/privacy/journal-entry.ts';
import { messagesIn } from '../../../src/slack/messages/messages-in.ts';
import { signs, verdictOf } from '../../../src/slack/messages/outcome.ts';
import { ana, bruno, carla, exceptChange, someEnded, someEntry } from '../../privacy/some-changes.ts';

const missing = { hide: [bruno], showAgain: [carla] };
const notTaken: Outcome = { kind: 'applied', proof: { kind: 'not-taken', missing } };
const change = exceptChange([ana, bruno], [carla]);
const unknownNumber = { label: undefined, own: undefined };

describe('what the list said afterwards', () => {
  test.each<[Locale, Proof['kind'], RegExp]>([
    ['en', 'verified', /^Verified: the list was read again and shows it\.$/],
    [
      'en',
      'not-taken',
      /^Z-API confirmed the change, but its list does not show all of it\. Look on the phone \(.+\)/,
    ],
    ['en', 'unread', /^Not verified: the list could not be read again, or does not tell\.$/],
    ['pt-BR', 'verified', /^Verificado: a lista foi lida de novo e mostra a alteração\.$/],
    [
      'pt-BR',
      'not-taken',
      /^A Z-API confirmou a alteração, mas a lista não a mostra por inteiro\. Confira no celular \(.+\)/,
    ],
    ['pt-BR', 'unread', /^Não verificado: não foi possível ler a lista de novo, ou ela não permite saber\.$/],
  ])('is said in %s: %s', (locale, kind, words) => {
    const proof: Proof = kind === 'not-taken' ? { kind, missing } : { kind };
    const { outcome } = messagesIn(locale);
    expect(outcome.proofText({ outcome: { kind: 'applied', proof } })).toMatch(words);
  });

  test.each<[string, Outcome | undefined]>([
    ['a change that named nobody', { kind: 'applied' }],
    ['a change that failed', { kind: 'failed', failure: 'refused' }],
    ['a change that perhaps failed', { kind: 'unknown', failure: 'timeout' }],
    ['a change that came too late', { kind: 'expired' }],
    ['a change under way', undefined],
  ])('is not said of %s', (_what, outcome) => {
    for (const locale of locales)
      expect(messagesIn(locale).outcome.proofText(outcome ? { outcome } : {})).toBeUndefined();
  });

  test.each<[boolean | undefined, RegExp]>([
    [false, /^Verified: .* The numbers typed were not all checked on WhatsApp before: /],
    [true, /shows it\.$/],
    [undefined, /shows it\.$/],
  ])('goes with whether the numbers were looked up before: %s', (lookedUp, words) => {
    const { outcome } = messagesIn('en');
    const applied: Outcome = { kind: 'applied', proof: { kind: 'verified' } };
    expect(outcome.proofText({ outcome: applied, lookedUp })).toMatch(words);
  });
});

describe('what was not taken', () => {
  test.each(locales)('is told of, and not counted as done, in %s', (locale) => {
    const { outcome } = messagesIn(locale);
    const lines = outcome.listLines(
      someEnded({ change, outcome: notTaken, realChanges: change }),
      (entry) => entry,
    );
    expect(lines.map((line) => line.match(/\b\d{6,}/g))).toEqual([[ana], [bruno, carla]]);
    expect(lines[1]).toMatch(
      locale === 'en' ? /^\*Not taken for 2:\*/ : /^\*Não teve efeito para 2 pessoas:\*/,
    );
  });

  test('is found in either form of a number', () => {
    const { outcome } = messagesIn('en');
    const other = { hide: ['551187654321'], showAgain: [] };
    const entry = someEnded({
      change: exceptChange([ana, bruno]),
      outcome: { kind: 'applied', proof: { kind: 'not-taken', missing: other } },
    });
    expect(outcome.listLines(entry, (one) => one)).toEqual([
      `*Hidden from 1:* ${bruno}`,
      '*Not taken for 1:* 551187654321',
    ]);
  });

  test.each(locales)('makes a change look partly made, wherever it is shown, in %s', (locale) => {
    const { audit, history } = messagesIn(locale);
    const entry = someEnded({ change, outcome: notTaken });
    const whole = someEnded({ change, outcome: { kind: 'applied', proof: { kind: 'verified' } } });
    const { headline, details, text } = audit.auditTexts(entry, unknownNumber);
    expect(headline).toMatch(/^:warning: /);
    expect(headline.split('.*')[0]).not.toBe(audit.auditTexts(whole, unknownNumber).headline.split('.*')[0]);
    expect(text).toContain(details);
    expect(history.historyEntry(entry)).toMatch(/^:warning: /);
    expect(history.changeInFull(entry)).toContain(`• ${details}`);
  });
});

test.each<[Outcome, string, string]>([
  [{ kind: 'applied' }, 'applied', ':white_check_mark:'],
  [{ kind: 'applied', proof: { kind: 'verified' } }, 'applied', ':white_check_mark:'],
  [{ kind: 'applied', proof: { kind: 'unread' } }, 'applied', ':white_check_mark:'],
  [notTaken, 'partly', ':warning:'],
  [{ kind: 'failed', failure: 'refused' }, 'failed', ':x:'],
  [{ kind: 'unknown', failure: 'timeout' }, 'unknown', ':warning:'],
  [{ kind: 'expired' }, 'expired', ':hourglass:'],
])('%j is %s: %s', (outcome, verdict, sign) => {
  expect(verdictOf(outcome)).toBe(verdict);
  expect(signs[verdictOf(outcome)]).toBe(sign);
});

test('a change under way has neither verdict nor proof in what is shown of it', () => {
  const { history } = messagesIn('en');
  expect(history.historyEntry(someEntry({ change }))).toMatch(/^:hourglass_flowing_sand: /);
});
