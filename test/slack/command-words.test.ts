import { describe, expect, test } from '@jest/globals';
import { parseChange } from '../../src/privacy/change.ts';
import type { Country } from '../../src/privacy/phone.ts';
import { readWords, type Said } from '../../src/slack/command-words.ts';
import { messagesIn } from '../../src/slack/messages/messages-in.ts';
import { english } from '../../src/slack/sentences/en/english.ts';
import { portuguese } from '../../src/slack/sentences/pt-br/portuguese.ts';

const read = (text: string, country?: Country) => readWords(text, country);

/** Whom a line changes, or why it can't be read; `undefined` where it is no change. */
function changeIn(text: string, country?: Country) {
  const said = readWords(text, country);
  if (said.kind !== 'change') return said.kind;
  const parsed = parseChange('last-seen', said.asked, country);
  if (!parsed.ok) return parsed.problems.map(({ field, kind }) => `${field} ${kind}`);
  const { visibility, hide, showAgain } = parsed.change;
  return { visibility, hide, showAgain };
}

describe('one word', () => {
  test.each<[string, Said['kind']]>([
    ['', 'form'],
    ['   \t ', 'form'],
    ['help', 'help'],
    ['HELP', 'help'],
    ['ajuda', 'help'],
    ['Ajuda ', 'help'],
    ['status', 'status'],
    ['history', 'history'],
    ['histórico', 'history'],
    ['historico', 'history'],
    ['HISTÓRICO', 'history'],
    ['histo\u0301rico', 'history'],
    ['\u200bhelp\u200b', 'help'],
    ['ｈｅｌｐ', 'help'],
    ['off', 'not-understood'],
    ['helpp', 'not-understood'],
    ['help me', 'not-understood'],
    ['status now', 'not-understood'],
    ['+5511987654321', 'not-understood'],
    ['?', 'not-understood'],
    ['constructor', 'not-understood'],
    ['__proto__', 'not-understood'],
    ['toString', 'not-understood'],
    ['x'.repeat(4_000), 'not-understood'],
    ['🙂', 'not-understood'],
  ])('%j is %s', (text, kind) => {
    expect(read(text)).toMatchObject({ kind, on: undefined });
  });

  test.each([
    ['everyone', 'everyone'],
    ['Todos', 'everyone'],
    ['contacts', 'contacts'],
    ['CONTATOS', 'contacts'],
    ['nobody', 'nobody'],
    ['ninguém', 'nobody'],
    ['ninguem', 'nobody'],
  ])('%s is a change to %s', (text, visibility) => {
    expect(changeIn(text)).toEqual({ visibility, hide: [], showAgain: [] });
  });

  test.each(['nobody please', 'nobody +5511987654321', 'everyone contacts', 'not everyone'])(
    'more words are not passed over: %s',
    (text) => {
      expect(read(text).kind).toBe('not-understood');
    },
  );

  test.each([
    ['en', english],
    ['pt-BR', portuguese],
  ] as const)('the words that the help in %s shows are understood', (locale, { names }) => {
    const { on, ...words } = names.commandWords;
    for (const word of Object.values(words)) expect(read(word).kind).not.toBe('not-understood');
    expect(read(`${words.nobody} ${on} sales`)).toMatchObject({ kind: 'change', on: 'sales' });
    const help = messagesIn(locale).command.helpText('last-seen', ['sales']);
    const lines = [...help.matchAll(/`\/lastseen ([^`&]+)`/g)].map(([, line = '']) => line);
    expect(lines.length).toBeGreaterThan(5);
    for (const line of lines) expect([line, read(line).kind]).not.toEqual([line, 'not-understood']);
  });
});

describe('a change of the history', () => {
  test.each([
    ['history', undefined],
    ['history 0d2fh7k3mabc', '0d2fh7k3mabc'],
    ['histórico `0d2fh7k3mabc`', '0d2fh7k3mabc'],
  ])('%s', (text, id) => {
    expect(read(text)).toEqual({ kind: 'history', id, on: undefined });
  });

  test.each(['history <id>', 'history of Ana', `history ${'x'.repeat(41)}`, 'history ../..'])(
    'has an id, and %s has none',
    (text) => {
      expect(read(text).kind).toBe('not-understood');
    },
  );

  test('may be of one number', () => {
    expect(read('history on sales')).toEqual({ kind: 'history', id: undefined, on: 'sales' });
    expect(read('histórico 0d2fh7k3mabc em vendas')).toMatchObject({ id: '0d2fh7k3mabc', on: 'vendas' });
  });
});

describe('one of several numbers', () => {
  test.each([
    ['on sales', 'form', 'sales'],
    ['em vendas', 'form', 'vendas'],
    ['nobody on sales', 'change', 'sales'],
    ['ninguém em vendas', 'change', 'vendas'],
    ['ninguém na loja', 'change', 'loja'],
    ['todos no suporte', 'change', 'suporte'],
    ['NOBODY ON Sales', 'change', 'Sales'],
    ['status on sales', 'status', 'sales'],
    ['help on sales', 'help', 'sales'],
    ['except +5511987654321 on sales', 'change', 'sales'],
    ['except on sales', 'change', 'sales'],
    ['nobody on  Padaria Sol ', 'change', 'Padaria Sol'],
    ['nobody on +55 11 94000-1000', 'change', '+55 11 94000-1000'],
    ['nobody on sales-2', 'change', 'sales-2'],
    ['off on sales', 'not-understood', 'sales'],
  ])('%s', (text, kind, on) => {
    expect(read(text)).toMatchObject({ kind, on });
  });

  test.each(['on', 'nobody on', 'nobody on ', 'nobodyon sales'])('is not named by %j', (text) => {
    expect(read(text)).toMatchObject({ kind: 'not-understood', on: undefined });
  });
});

describe('people', () => {
  const ana = '5511987654321';
  const bruno = '5521912345678';

  test.each<[string, string[], string[]]>([
    ['except', [], []],
    ['except +5511987654321', [ana], []],
    ['exceto +5511987654321', [ana], []],
    ['except -5511987654321', [], [ana]],
    ['except +5511987654321 -5521912345678', [ana], [bruno]],
    ['except -5521912345678 +5511987654321', [ana], [bruno]],
    ['except +5511987654321 +5521912345678', [ana, bruno], []],
    ['except +55 11 98765-4321 -55 21 91234-5678', [ana], [bruno]],
    ['except +55 (11) 98765-4321 -55 (21) 91234-5678', [ana], [bruno]],
    ['except +(55) 11 98765-4321', [ana], []],
    ['except +55.11.98765.4321', [ana], []],
    ['except +5511987654321, -5521912345678', [ana], [bruno]],
    ['except +5511987654321; -5521912345678;', [ana], [bruno]],
    ['except +5511987654321\n-5521912345678', [ana], [bruno]],
    ['except +5511987654321 , 5521912345678', [ana, bruno], []],
    ['except <tel:+5511987654321|+55 11 98765-4321> -5521912345678', [ana], [bruno]],
    ['except <tel:5521912345678|+55 21 91234-5678>', [bruno], []],
    ['except -<tel:5521912345678|5521912345678>', [], [bruno]],
    ['except +5511987654321 \u20135521912345678', [ana], [bruno]],
    ['except \u20145521912345678', [], [bruno]],
    ['except \u22125521912345678', [], [bruno]],
    ['except \u20115521912345678', [], [bruno]],
    ['except +55 11 98765\u20134321', [ana], []],
    ['except ＋５５１１９８７６５４３２１', [ana], []],
    ['except +5511987654321\u202c \u202a-5521912345678', [ana], [bruno]],
    ['except -123456789012345@lid +5511987654321', [ana], ['123456789012345@lid']],
    ['except +1 415 555 2671 +44 7911 123456', ['14155552671', '447911123456'], []],
  ])('%j', (text, hide, showAgain) => {
    expect(changeIn(text)).toEqual({ visibility: 'contacts-except', hide, showAgain });
  });

  test.each<[string, string[], string[]]>([
    ['except +11 98765-4321', [ana], []],
    ['except +(11) 98765-4321 -(21) 91234-5678', [ana], [bruno]],
    ['except +11987654321 -21912345678', [ana], [bruno]],
    ['except +55 11 98765-4321 -55 21 91234-5678', [ana], [bruno]],
    ['except +1 415 555 2671', ['14155552671'], []],
  ])('where the country goes without saying: %j', (text, hide, showAgain) => {
    expect(changeIn(text, 'BR')).toEqual({ visibility: 'contacts-except', hide, showAgain });
  });

  test.each([
    ['except Ana'],
    ['except 5511987654321'],
    ['except 55 11 98765-4321'],
    ['except Ana +5511987654321'],
    ['except <tel:5521912345678|5521912345678>'],
    ['except <@U0ANA>'],
    ['except everyone'],
    ['except + 5511987654321'],
    ['except +'],
    ['except --5511987654321'],
  ])('must be said to be hidden from, or shown again to: %s', (text) => {
    expect(changeIn(text)).toBe('not-understood');
  });

  test.each([
    ['except +12', ['hide not-a-phone']],
    ['except +5511987654321 Ana', ['hide not-a-phone']],
    ['except -55', ['showAgain not-a-phone']],
    ['except +123456789012345@lid', ['hide not-a-phone']],
    ['except +5511987654321 -5511987654321', ['showAgain in-both']],
    ['except +5511987654321 +551187654321', ['hide repeated']],
    [`except +${'9'.repeat(3_500)}`, ['hide too-long']],
  ])('that can not be read are told, and nobody is lost: %s', (text, problems) => {
    expect(changeIn(text)).toEqual(problems);
  });

  test('who is to be both is not decided by the order', () => {
    expect(changeIn('except -5511987654321 +551187654321')).toEqual(['showAgain in-both']);
  });

  test.each([
    ['numbers', '+1 ', 500],
    ['blanks', ' ', 40_000],
    ['commas', ', ;', 15_000],
    ['dashes', '-', 40_000],
    ['names', 'on ', 15_000],
  ])('a line of nothing but %s is read in no time', (_what, part, times) => {
    const beganMs = performance.now();
    read(`except ${part.repeat(times)}x`);
    expect(performance.now() - beganMs).toBeLessThan(1_000);
  });
});
