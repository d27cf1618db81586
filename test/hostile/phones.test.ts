import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { inBoth, isEntry, parseChange, visibilities } from '../../src/privacy/change.ts';
import {
  alreadySo,
  asListed,
  changesToSend,
  plainList,
  realChanges,
} from '../../src/privacy/list-changes.ts';
import { findable, searchable, searchPeople, sortPeople } from '../../src/privacy/people-search.ts';
import { formatPhone, identityOf, isPhone, maskPhone, parsePhone } from '../../src/privacy/phone.ts';
import { parsePhoneList } from '../../src/privacy/phone-list.ts';
import { oddPhones, oddTexts } from './odd-values.ts';
import { always } from './runs.ts';

const countries = fc.constantFrom(undefined, 'BR', 'US', 'DE', 'IT', 'MX') as fc.Arbitrary<'BR' | undefined>;
const phones = fc.stringMatching(/^(55\d{2}9?\d{8}|[1-9]\d{4,14})$/);
const entries = fc.oneof(phones, fc.stringMatching(/^\d{1,20}@lid$/), oddTexts);

describe('a number as somebody typed it', () => {
  test('is a number as WhatsApp takes it, or none', () => {
    always(fc.tuple(oddPhones, countries), 2_000, ([typed, country]) => {
      const read = parsePhone(typed, country);
      if (read) expect(isPhone(read.phone)).toBe(true);
    });
  });

  test('is read from how it is shown as what it was', () => {
    always(fc.tuple(oddPhones, countries), 2_000, ([typed, country]) => {
      const read = parsePhone(typed, country);
      if (read) expect(parsePhone(formatPhone(read.phone), country)?.phone).toBe(read.phone);
    });
  });

  test('is none where it would be another one when it is read again', () => {
    expect(parsePhone('+55 00 90000-0000')).toBeUndefined();
    expect(parsePhone('+55 0 11 98765-4321')).toEqual({ phone: '5511987654321', unusual: false });
  });

  test('is who it is, however often that is asked', () => {
    always(entries, 1_000, (entry) => expect(identityOf(identityOf(entry))).toBe(identityOf(entry)));
  });
});

test('a number is shown with all of its digits', () => {
  always(phones, 2_000, (phone) => expect(formatPhone(phone).replace(/\D/g, '')).toBe(phone));
  expect(formatPhone('82000000')).toBe('+82000000');
});

describe('a masked number', () => {
  test('never shows the whole, and of what is no number four characters at most', () => {
    always(fc.oneof(phones, entries), 2_000, (entry) => {
      const masked = maskPhone(entry);
      if (/^\d{5,15}$/.test(entry)) {
        const shape = masked.replace(/[^\d•]/g, '');
        expect(entry).toMatch(new RegExp(`^${shape.replaceAll('•', '\\d')}$`));
        expect(shape.replace(/\d/g, '').length).toBeGreaterThanOrEqual(entry.length < 8 ? 1 : 4);
      } else expect(masked.replaceAll('•', '').length).toBeLessThanOrEqual(4);
    });
  });
});

describe('a list of numbers', () => {
  test('has everybody once, and says of each of the others what is wrong', () => {
    const lists = fc.array(oddPhones, { maxLength: 30 }).map((lines) => lines.join('\n').slice(0, 20_000));
    always(fc.tuple(lists, countries), 500, ([text, country]) => {
      const { phones: read, problems } = parsePhoneList(text, country);
      const identities = read.map(({ phone }) => identityOf(phone));
      expect(new Set(identities).size).toBe(identities.length);
      const lines = text.split(/\r\n|[\n\r\u2028\u2029]/).length;
      for (const { line } of [...read, ...problems]) expect(line >= 1 && line <= lines).toBe(true);
    });
  });
});

describe('what was asked for', () => {
  const asked = fc.record({
    visibility: fc.oneof(fc.constantFrom(...visibilities, undefined), oddTexts),
    hide: oddPhones,
    hidePicked: fc.array(entries, { maxLength: 5 }),
    showAgain: oddPhones,
    showAgainPicked: fc.array(entries, { maxLength: 5 }),
  });

  test('is a change that can be sent, or problems', () => {
    always(fc.tuple(asked, countries), 1_000, ([one, country]) => {
      const parsed = parseChange('last-seen', one, country);
      if (!parsed.ok) return expect(parsed.problems).not.toEqual([]);
      const { visibility, hide, showAgain } = parsed.change;
      expect(visibilities).toContain(visibility);
      expect(hide.every(isPhone)).toBe(true);
      expect(showAgain.every(isEntry)).toBe(true);
      expect(inBoth(hide, showAgain)).toEqual([]);
      expect([...parsed.typed, ...parsed.unusual].every(isPhone)).toBe(true);
    });
  });

  test('nothing but ids is taken of who was picked', () => {
    const picked = ['\n', '<!channel>', 'a b', '', 'x'.repeat(151), '5511987654321', '1@lid'];
    const parsed = parseChange('last-seen', {
      visibility: 'contacts-except',
      hide: '',
      hidePicked: [],
      showAgain: '',
      showAgainPicked: picked,
    });
    expect(parsed).toMatchObject({ ok: true, change: { showAgain: ['5511987654321', '1@lid'] } });
  });
});

describe('a change of a list', () => {
  test('is to do only what is not so yet, and doing it leaves nothing to do', () => {
    const lists = fc.array(entries, { maxLength: 10 });
    always(fc.tuple(lists, lists, lists), 1_000, ([asked, showAgain, listed]) => {
      const again = new Set(showAgain.map(identityOf));
      const hide = asked.filter((entry) => !again.has(identityOf(entry)));
      const list = plainList(listed);
      const real = realChanges({ hide, showAgain }, list);
      expect(hide).toEqual(expect.arrayContaining(real.hide as string[]));
      expect(showAgain).toEqual(expect.arrayContaining(real.showAgain as string[]));
      const off = new Set(real.showAgain.map(identityOf));
      const after = plainList([...listed, ...real.hide].filter((entry) => !off.has(identityOf(entry))));
      expect(realChanges({ hide: [], showAgain }, after).showAgain).toEqual([]);
      expect(changesToSend({ hide, showAgain }, list).hide).toEqual(real.hide);
      expect(new Set(asListed(showAgain, list)).size).toBe(asListed(showAgain, list).length);
      alreadySo({ hide, showAgain }, real);
    });
  });
});

describe('a search for people', () => {
  const people = fc
    .array(fc.record({ entry: entries, name: fc.option(oddTexts, { nil: undefined }) }), { maxLength: 20 })
    .map((all) => sortPeople(all.map(findable)));

  test('finds some of them, each once, no more than asked for', () => {
    always(fc.tuple(people, oddTexts, fc.nat(20)), 1_000, ([all, query, most]) => {
      const found = searchPeople(searchable(all), query, most);
      expect(found.length).toBeLessThanOrEqual(most);
      expect(new Set(found).size).toBe(found.length);
      expect(found.every((one) => all.includes(one as never))).toBe(true);
    });
  });

  test('finds who is asked for by their own entry, where it is a number', () => {
    always(fc.tuple(people, phones), 500, ([all, entry]) => {
      const one = findable({ entry, name: undefined });
      expect(searchPeople(searchable([...all, one]), entry, 1_000)).toContain(one);
    });
  });
});

describe('a text that is far too long is read in time that grows with it, not faster', () => {
  const texts = [
    '1',
    '+',
    '(',
    ')',
    ' ',
    '-',
    '1 ',
    '(1',
    '9-',
    ',',
    '\n',
    '\u200b',
    '٣',
    '00',
    '- ',
    '1. ',
    'tel:',
  ];
  test.each(texts)('%j', (piece) => {
    const long = piece.repeat(200_000 / piece.length);
    for (const read of [
      () => parsePhone(long, 'BR'),
      () => parsePhoneList(long.slice(0, 20_000), 'BR'),
      () => maskPhone(long),
      () => identityOf(long),
      () => searchPeople(searchable([findable({ entry: '5511987654321', name: long })]), long, 10),
    ]) {
      const begunAtMs = performance.now();
      read();
      expect(performance.now() - begunAtMs).toBeLessThan(2_000);
    }
  });
});
