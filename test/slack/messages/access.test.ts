import { describe, expect, test } from '@jest/globals';
import { locales } from '../../../src/config.ts';
import { type NoAccess, noAccessKinds } from '../../../src/privacy/access.ts';
import { messagesIn } from '../../../src/slack/messages/messages-in.ts';
import { englishWordsIn } from '../english-words.ts';

const { access } = messagesIn('en');
const until = new Date('2026-11-23T12:00:00.000Z');
const whys = noAccessKinds.map(
  (kind): NoAccess => (kind === 'other-channel' ? { kind, channels: ['C0OPS', 'C0SALES'] } : { kind }),
);
const refusedText = (why: NoAccess, admin?: string) => access.refusedText('last-seen', why, admin);

describe('whoever may not', () => {
  test.each(locales)('is told why, that nothing was changed, and whom to ask, in %s', (locale) => {
    const says = messagesIn(locale).access;
    const texts = whys.map((why) => says.refusedText('last-seen', why, 'U0BOSS'));
    expect(new Set(texts).size).toBe(whys.length);
    for (const text of texts) {
      expect(text).toMatch(/^:no_entry: \p{Lu}.*\.$/u);
      expect(text).toMatch(locale === 'en' ? /Nothing was changed\./ : /Nada foi alterado\./);
      expect(text).toContain('<@U0BOSS>.');
      expect(text).not.toMatch(/undefined|\[object|not-listed|other-channel/);
      if (locale === 'pt-BR') expect(englishWordsIn(text)).toEqual([]);
    }
  });

  test.each<[NoAccess['kind'], RegExp]>([
    ['outsider', /people of this workspace/],
    ['guest', /^:no_entry: Guests may not/],
    ['nobody', /^:no_entry: This account may not/],
    ['unreadable', /Slack did not say who you are.*Try again in a minute/],
    ['not-listed', /^:no_entry: You are not among those who may/],
  ])('as a matter of %s, is told so', (kind, words) => {
    expect(refusedText({ kind } as NoAccess)).toMatch(words);
  });

  test.each([
    [['C0OPS'], 'Go to <#C0OPS>, or ask'],
    [['C0OPS', 'C0SALES'], 'Go to <#C0OPS> or <#C0SALES>, or ask'],
  ])('here is told where to go: %j', (channels, words) => {
    expect(refusedText({ kind: 'other-channel', channels })).toContain(words);
  });

  test('is told the setting by the name that WhatsApp gives it', () => {
    expect(refusedText({ kind: 'guest' })).toContain('for last seen.');
    expect(messagesIn('pt-BR').access.refusedText('last-seen', { kind: 'guest' }, undefined)).toContain(
      'o visto por último',
    );
  });
});

describe('whom to ask is written as Slack shows it', () => {
  test.each<[string | undefined, string]>([
    [undefined, 'whoever runs the bot'],
    ['U0123ABCDEF', '<@U0123ABCDEF>'],
    ['W0123ABCDEF', '<@W0123ABCDEF>'],
    ['S0123ABCDEF', '<!subteam^S0123ABCDEF>'],
    ['C0123ABCDEF', '<#C0123ABCDEF>'],
    ['G0123ABCDEF', '<#G0123ABCDEF>'],
    ['Ana, of operations', 'Ana, of operations'],
    ['SAC', 'SAC'],
    ['SUPPORT', 'SUPPORT'],
    ['CEO', 'CEO'],
    ['ops@example.com', 'ops@example.com'],
    ['<!channel> & <@U0EVE>', '&lt;!channel&gt; &amp; &lt;@U0EVE&gt;'],
    ['U0123ABCDEF> <!here', 'U0123ABCDEF&gt; &lt;!here'],
    ['U0123ABCDEF\n', 'U0123ABCDEF\n'],
  ])('%j', (admin, whom) => {
    expect(refusedText({ kind: 'guest' }, admin)).toBe(
      `:no_entry: Guests may not use this bot for last seen. Nothing was changed. If you should be able to, ask ${whom}.`,
    );
  });
});

describe('whoever changed it too often', () => {
  test.each(locales)('is told by whom, how often, and until when, in %s', (locale) => {
    const says = messagesIn(locale);
    const when = says.phrasing.timeText(until);
    const texts = (['by-person', 'of-number'] as const).flatMap((tooMany) =>
      [1, 20, 1_000].map((most) => [most, says.access.tooManyText({ tooMany, until }, most)] as const),
    );
    expect(new Set(texts.map(([, text]) => text)).size).toBe(6);
    for (const [most, text] of texts) {
      expect(text).toContain(` ${says.phrasing.number(most)} `);
      expect(text).toContain(when);
      expect(text).toMatch(locale === 'en' ? /Nothing was changed\./ : /Nada foi alterado\./);
    }
  });

  test('is told in words that fit the number', () => {
    const text = (most: number) => access.tooManyText({ tooMany: 'by-person', until }, most);
    expect(text(1)).toMatch(/^:no_entry: You made 1 change within the last hour/);
    expect(text(2)).toMatch(/^:no_entry: You made 2 changes within the last hour/);
  });
});

test('whoever chose no number is told to', () => {
  expect(access.chooseNumber).toBe(':point_down: *Choose the number first.* Nothing was changed yet.');
});
