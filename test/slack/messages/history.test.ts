import { describe, expect, test } from '@jest/globals';
import { type EndedChange, type Outcome, toldKinds } from '../../../src/privacy/journal-entry.ts';
import type { Phone } from '../../../src/privacy/phone.ts';
import type { LastSet } from '../../../src/privacy/setting-memory.ts';
import type { NamedNumber } from '../../../src/slack/messages/formatting.ts';
import type { Status } from '../../../src/slack/messages/history.ts';
import { messagesIn } from '../../../src/slack/messages/messages-in.ts';
import {
  ana,
  bruno,
  exceptChange,
  phones,
  someChange,
  someEnded,
  someEntry,
} from '../../privacy/some-changes.ts';

const { history, outcome: outcomeMessages, phrasing } = messagesIn('en');
const { changeInFull, historyEntry, historyFootnote, historyTitle, statusText } = history;
const { failureText } = outcomeMessages;
const { timeText } = phrasing;

const phone = '5511940001000' as Phone;
const padaria: NamedNumber = { label: undefined, own: { phone, name: 'Padaria Sol' } };
const failed: Outcome = { kind: 'failed', failure: 'refused' };
const unknown: Outcome = { kind: 'unknown', failure: 'timeout' };
const outcomes: Outcome[] = [{ kind: 'applied' }, failed, unknown, { kind: 'expired' }];
const accepted = timeText(new Date('2026-11-23T12:00:00.000Z'));
const ended = timeText(new Date('2026-11-23T12:00:01.500Z'));

describe('the status', () => {
  const lines = (fields: Partial<Status> = {}) =>
    statusText('last-seen', {
      last: 'never',
      number: padaria,
      hidden: 0,
      connected: true,
      ...fields,
    }).split('\n');

  test('is of the number, in full: one person sees it', () => {
    expect(lines()[0]).toBe('*Last seen of +55 11 94000-1000 (Padaria Sol)*');
    expect(lines({ number: { label: undefined, own: undefined } })[0]).toBe(
      '*Last seen of your WhatsApp number*',
    );
    expect(lines({ number: { label: undefined, own: { phone, name: '<!channel>' } } })[0]).toContain(
      '(&lt;!channel&gt;)',
    );
  });

  test.each<[LastSet, string]>([
    ['never', '• Who can see it: not known yet. This bot has not set it'],
    [
      someEnded({ change: someChange('contacts'), by: 'U0BRUNO' }),
      '• Who can see it: *My contacts*, set here by <@U0BRUNO>',
    ],
    [someEnded({ outcome: unknown }), '• Who can see it: *unknown*. The last change, by <@U0ANA>'],
  ])('says what the bot last set, or that nobody knows: %#', (last, words) => {
    expect(lines({ last })[1]).toContain(words);
  });

  test.each([
    [0, 'nobody.'],
    [1, '1 person.'],
    [2, '2 people.'],
    [1_234, '1,234 people.'],
    [undefined, "Z-API can't say right now."],
  ])('with %s on the list says: %s', (hidden, words) => {
    expect(lines({ hidden })[2]).toBe(`• On the list of *My contacts except…*: ${words}`);
  });

  test.each([
    [true, '• Phone: connected to Z-API.'],
    [false, '• Phone: *not connected* to Z-API. Open the instance'],
    [undefined, "• Phone: Z-API can't say right now whether it is connected."],
  ])('with the phone connected %s says so, and what to do', (connected, words) => {
    expect(lines({ connected })[3]).toContain(words);
  });
});

describe('an entry of the history', () => {
  test.each<[Outcome | undefined, string]>([
    [{ kind: 'applied' }, ':white_check_mark: *Nobody* · <@U0ANA> · changed'],
    [failed, ':x: *Nobody* · <@U0ANA> · not changed\nZ-API refused the change and gave no reason.'],
    [unknown, ':warning: *Nobody* · <@U0ANA> · perhaps not changed\nZ-API did not answer in time.'],
    [{ kind: 'expired' }, ':hourglass: *Nobody* · <@U0ANA> · not changed\nIt had to wait for too long.'],
    [undefined, ':hourglass_flowing_sand: *Nobody* · <@U0ANA> · under way'],
  ])('says who set what, and how it ended: %j', (outcome, text) => {
    expect(historyEntry(someEntry(outcome ? { outcome } : {}))).toBe(text);
  });

  test('says which change it undoes', () => {
    expect(historyEntry(someEnded({ undoes: '0d2fh7k3m000' }))).toContain('· undoes `0d2fh7k3m000`');
  });

  test.each(outcomes)('masks every number, and counts those it does not show: %j', (outcome) => {
    const text = historyEntry(someEnded({ change: exceptChange(phones(25), phones(1, '21')), outcome }));
    expect(text).toContain('+55 11 •••••-0000, +55 11 •••••-0001');
    expect(text).toContain('and 5 more');
    expect(text).toContain('+55 21 •••••-0000');
    expect(text).not.toMatch(/\d{5}/);
  });

  test('tells what changed in truth', () => {
    const change = exceptChange([ana, bruno]);
    const text = historyEntry(someEnded({ change, realChanges: { hide: [bruno], showAgain: [] } }));
    expect(text).toContain('*Newly hidden from 1:* +55 21 •••••-5678\n*Already so for 1:* +55 11 •••••-4321');
  });

  test('without its numbers says how many there were', () => {
    const text = historyEntry(someEnded({ named: { hide: 3, showAgain: 1 }, numbersErased: true }));
    expect(text).toContain('Numbers to hide from: 3, to show again to: 1.');
  });

  test('has its time and its id below: when it ended, or when it was asked for', () => {
    expect(historyFootnote(someEnded())).toBe(`${ended} · change \`0d2fh7k3mabc\``);
    expect(historyFootnote(someEntry())).toBe(`${accepted} · change \`0d2fh7k3mabc\``);
  });
});

describe('a change in full', () => {
  test('says all of it, with its numbers', () => {
    const change = someEnded({
      change: exceptChange([ana, bruno], ['123@lid']),
      realChanges: { hide: [ana], showAgain: ['123@lid'] },
      undoes: '0d2fh7k3m000',
      tellIn: 'C0AUDIT',
      told: 'told',
      toldAt: new Date('2026-11-23T12:00:00.000Z'),
    });
    expect(changeInFull(change).split('\n')).toEqual([
      ':white_check_mark: *Change `0d2fh7k3mabc` of last seen: changed*',
      '• Who can see it: *My contacts except…*',
      '• *Newly hidden from 1:* +55 11 98765-4321',
      '• *Shown again to 1:* a private WhatsApp id (123@lid)',
      '• *Already so for 1:* +55 21 91234-5678',
      `• Asked for by <@U0ANA>, ${accepted}`,
      `• Ended ${ended}`,
      '• Undoes change `0d2fh7k3m000`',
      `• Posted for the team in <#C0AUDIT>, ${accepted}`,
    ]);
  });

  test('under way says so', () => {
    const text = changeInFull(someEntry());
    expect(text).toContain(':hourglass_flowing_sand: *Change `0d2fh7k3mabc` of last seen: under way*');
    expect(text).not.toContain('Ended');
    expect(text).toContain('• Not posted yet; the message goes to <#C0OPS>');
  });

  test.each([failed, unknown, { kind: 'expired' } as const])('that was not made says why: %j', (outcome) => {
    expect(changeInFull(someEnded({ outcome }))).toContain(`• ${failureText(outcome)}`);
  });

  test.each<[EndedChange['told'], string]>([
    ['told', '• Posted for the team in <#C0OPS>'],
    ['perhaps-told', '• Perhaps posted for the team in <#C0OPS>: Slack did not say'],
    ['person-told', '• Could not be posted in <#C0OPS>; the person was told directly'],
    ['not-told', '• Could not be posted in <#C0OPS>'],
  ])('says how the team heard of it: %s', (told, line) => {
    const toldAt = new Date('2026-11-23T12:00:01.500Z');
    expect(
      changeInFull(someEnded({ ...(told && { told, toldAt }) }))
        .split('\n')
        .at(-1),
    ).toBe(`${line}, ${ended}`);
  });

  test('has other words for each way of telling', () => {
    const texts = toldKinds.map((told) => changeInFull(someEnded({ told })));
    expect(new Set(texts).size).toBe(toldKinds.length);
  });

  test('never shows what it may be answered with', () => {
    for (const entry of [someEntry(), ...outcomes.map((outcome) => someEnded({ outcome }))])
      expect(changeInFull(entry) + historyEntry(entry)).not.toMatch(/SECRET|hooks/);
  });
});

test('the title names the setting', () => {
  expect(historyTitle('last-seen')).toBe('Changes of last seen, newest first');
});
