import { describe, expect, test } from '@jest/globals';
import { locales } from '../../../src/config.ts';
import type { PrivacyChange } from '../../../src/privacy/change.ts';
import type { Phone } from '../../../src/privacy/phone.ts';
import type { LastSet } from '../../../src/privacy/setting-memory.ts';
import type { NamedNumber } from '../../../src/slack/messages/formatting.ts';
import { messagesIn } from '../../../src/slack/messages/messages-in.ts';
import { ana, bruno, exceptChange, phones, someChange, someEnded } from '../../privacy/some-changes.ts';
import { englishWordsIn } from '../english-words.ts';

const { line } = messagesIn('en');
const own = { phone: '5511940001000' as Phone, name: 'Padaria Sol' };
const sales: NamedNumber = { label: 'Sales', own };
const nobodySet: LastSet = someEnded({ change: someChange('nobody') });
const perhapsSet: LastSet = someEnded({ outcome: { kind: 'unknown', failure: 'timeout' } });

type About = Parameters<typeof line.question>[1];
const ask = (change: PrivacyChange, { number = sales, last = nobodySet, doubts }: Partial<About> = {}) =>
  line.question(change, { number, last, doubts: { unusual: [], moreMaySee: true, ...doubts } }).split('\n');

describe('the question', () => {
  test('says what is set, what is to be, of which number in full, and that nothing was changed', () => {
    expect(ask(someChange('everyone'))).toEqual([
      ':eyes: *More people may be able to see it then.*',
      'Who can see the last seen of *Sales (+55 11 94000-1000)*: *Nobody* → *Everyone*. Nothing was changed yet.',
    ]);
  });

  test.each<[string, LastSet]>([
    ['never set', 'never'],
    ['unread', 'unread'],
    ['perhaps set', perhapsSet],
  ])('says that it is not known what is set, where that is %s', (_what, last) => {
    const [why, what] = ask(someChange('contacts'), { last });
    expect(why).toBe(':eyes: *What is set now is not known*, so more people may be able to see it then.');
    expect(what).toContain(': *unknown* → *My contacts*. Nothing');
  });

  test('shows whom it is about, in full: one person sees it', () => {
    expect(ask(exceptChange([ana], [bruno, '1@lid'])).slice(1)).toEqual([
      'Who can see the last seen of *Sales (+55 11 94000-1000)*: *Nobody* → *My contacts except…* Nothing was changed yet.',
      '*To hide from 1:* +55 11 98765-4321',
      expect.stringMatching(/^\*To show again to 2:\* \+55 21 91234-5678, /),
    ]);
  });

  test('asks for a second look at numbers that look odd, first', () => {
    const [first, second] = ask(exceptChange(['5520987654321']), {
      last: someEnded({ change: someChange('contacts') }),
      doubts: { unusual: ['5520987654321'], moreMaySee: false },
    });
    expect(first).toMatch(/^:eyes: \*Please look again:\* \+55 20 98765-4321 is not in a range/);
    expect(second).toMatch(/^Who can see/);
  });

  test.each(locales)('names only a button that is there, in %s', (locale) => {
    const says = messagesIn(locale);
    const text = says.line.question(exceptChange([ana]), {
      number: sales,
      last: nobodySet,
      doubts: { unusual: [ana], moreMaySee: false },
    });
    expect(text).toContain(`*${says.line.buttons.confirm}*`);
    expect(text).not.toContain(says.form.buttons.saveAnyway);
  });

  test.each<[NamedNumber, string]>([
    [{ label: undefined, own }, '*+55 11 94000-1000 (Padaria Sol)*'],
    [{ label: 'Sales', own: undefined }, '*Sales*'],
    [{ label: undefined, own: undefined }, '*your WhatsApp number*'],
    [{ label: '<!here> & co', own: undefined }, '*&lt;!here&gt; &amp; co*'],
  ])('names the number as far as it is known: %j', (number, words) => {
    expect(ask(someChange('contacts'), { number })[1]).toContain(`last seen of ${words}: `);
  });

  test.each(locales)('fits into a section, in %s', (locale) => {
    const says = messagesIn(locale);
    const many = exceptChange(phones(300), phones(300, '21'));
    for (const last of ['never', nobodySet] as const) {
      const doubts = { unusual: phones(400), moreMaySee: true };
      const text = says.line.question(many, { number: sales, last, doubts });
      expect(text.length).toBeLessThanOrEqual(3_000);
      expect(text).not.toContain('….');
      if (locale === 'pt-BR') expect(englishWordsIn(text.replace('Sales', ''))).toEqual([]);
    }
  });
});

describe('whoever did not say which number', () => {
  test('is told how to', () => {
    expect(line.whichNumber(['sales', 'support'])).toBe(
      'You may change several numbers. Nothing was changed. Say which one, at the end: `on sales`, `on support`.',
    );
    expect(messagesIn('pt-BR').line.whichNumber(['vendas'])).toMatch(/Nada foi alterado\..*: `em vendas`\.$/);
  });

  test('or named none that they may change, is told their own; what they typed is escaped and short', () => {
    const text = line.unknownNumber(`<!channel> ${'x'.repeat(500)}`, ['sales'], 'Ana');
    expect(text).toMatch(/^There is no number “&lt;!channel&gt; x+…” for you here\. Nothing was changed\./);
    expect(text.length).toBeLessThan(200);
    expect(text).toMatch(/: `on sales`\. If it should be there, ask Ana\.$/);
  });
});

describe('whoever typed what can not be done', () => {
  test('is told that nothing was changed, and why; what they typed is escaped', () => {
    expect(line.notTaken('Line 1: “<@U0EVE>” is not a phone number.')).toBe(
      'Nothing was changed. Line 1: “&lt;@U0EVE&gt;” is not a phone number.',
    );
    expect(line.tooLong).toMatch(/Nothing was changed\./);
  });

  test.each([
    [1, /^\+55 11 98760-0000 is not on WhatsApp\. Nothing was changed\./],
    [2, /^\+55 11 98760-0000, \+55 11 98760-0001 are not on WhatsApp\. Nothing was changed\./],
    [300, / and 280 more are not on WhatsApp\. Nothing was changed\./],
  ])('is told of %i who are not on WhatsApp', (count, words) => {
    expect(line.strangers(phones(count))).toMatch(words);
  });
});

test('what happens meanwhile, and where it ended, is told', () => {
  expect(line.making).toBe(':hourglass_flowing_sand: Saving… The outcome is posted for your team.');
  expect(line.ended('C0AUDIT')).toContain('<#C0AUDIT>');
  expect(line.cancelled).toBe('Nothing was changed.');
});
