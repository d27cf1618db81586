import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { findable, searchable, searchPeople, sortPeople } from '../../src/privacy/people-search.ts';

/** Names of those found among these, each under a number of its own that holds no digit of a query here. */
function namesFound(names: string[], query: string, most = 10) {
  const people = names.map((name) => findable({ entry: '7777777777', name }));
  return searchPeople(searchable(people), query, most).map(({ name }) => name);
}

/** The numbers found among these, of people without names. */
function numbersFound(entries: string[], query: string) {
  const people = entries.map((entry) => findable({ entry, name: undefined }));
  return searchPeople(searchable(people), query, 10).map(({ entry }) => entry);
}

describe('a name is found', () => {
  test.each([
    ['whatever the case', 'Ana Souza', 'ANA souza'],
    ['without its accents', 'João Conceição', 'joao conceicao'],
    ['with accents that it has not', 'Joao', 'João'],
    ['with accents that stand by themselves', 'João', 'Joa\u0303o'],
    ['in full width', 'Ａｎａ', 'ana'],
    ['with other blanks', 'Ana\u00a0 Souza', '  ana   souza '],
    ['around what can not be seen', 'A\u200bna', 'a na'],
    ['by its words in any order', 'Ana Maria Souza', 'souza ana'],
    ['by the beginnings of its words', 'Ana Maria Souza', 'an sou'],
    ['by a part of a word', 'Marianna', 'ann'],
    ['beside a picture', '🌻 Ana', 'ana'],
    ['in another script', 'Анна', 'АНН'],
  ])('%s', (_how, name, query) => {
    expect(namesFound(['Zed', name], query)).toEqual([name]);
  });

  test.each([
    ['a word of the query is missing', 'Ana Souza', 'ana lima'],
    ['the letters stand in two words', 'Ana Souza', 'anasouza'],
    ['there is no such name', 'Ana', 'bruno'],
  ])('not where %s', (_where, name, query) => {
    expect(namesFound([name], query)).toEqual([]);
  });
});

describe('the order', () => {
  const names = ['Beatriz Ana', 'Mariana', 'Ana Lima', 'Eliana', 'Anabela', 'Caio Anatole'];

  test('is: names that begin so, names with words that begin so, any others; each in the order given', () => {
    expect(namesFound(names, 'ana')).toEqual([
      'Ana Lima',
      'Anabela',
      'Beatriz Ana',
      'Caio Anatole',
      'Mariana',
      'Eliana',
    ]);
  });

  test.each([1, 2, 3, 5])('holds where only %i are asked for', (most) => {
    expect(namesFound(names, 'ana', most)).toEqual(namesFound(names, 'ana').slice(0, most));
  });

  test('of words is that of the name first', () => {
    expect(namesFound(['Lima Ana', 'Ana Lima'], 'ana l')).toEqual(['Ana Lima', 'Lima Ana']);
  });

  test.each(['', '  ', '\u200b'])('is the one given, where nothing is asked for: %j', (query) => {
    expect(namesFound(names, query, 2)).toEqual(['Beatriz Ana', 'Mariana']);
  });
});

describe('a number is found', () => {
  const ana = '5511987654321';
  const anaWithoutNinth = '551187654321';
  const carla = '14155552671';

  test.each([
    ['by a part of it', '8765'],
    ['by its last digits as they are written', '98765-4321'],
    ['with its area code', '(11) 98765-4321'],
    ['with a zero before its area code', '011 98765-4321'],
    ['with its country code', '+55 11 98765-4321'],
    ['with what is dialled for the plus', '00 55 11 98765-4321'],
    ['in full width', '＋５５ １１ ９８７６５'],
    ['without the ninth digit', '11 8765-4321'],
    ['without the ninth digit, with its country code', '+55 11 8765-4321'],
  ])('%s', (_how, query) => {
    expect(numbersFound([carla, ana], query)).toEqual([ana]);
  });

  test.each([
    ['with the ninth digit', '11 98765-4321'],
    ['with the ninth digit and its country code', '+5511987654321'],
    ['with the ninth digit and what is dialled for the plus', '005511987654321'],
    ['as it is', '551187654321'],
  ])('that WhatsApp has without the ninth digit, %s', (_how, query) => {
    expect(numbersFound([carla, anaWithoutNinth], query)).toEqual([anaWithoutNinth]);
  });

  test('of another country', () => {
    expect(numbersFound([ana, carla], '+1 (415) 555-2671')).toEqual([carla]);
    expect(numbersFound([ana, carla], '001 415 555')).toEqual([carla]);
    expect(numbersFound([ana, carla], '4155552671')).toEqual([carla]);
  });

  test.each(['+', '-', '00', '( )'])('not by %j, which has no digit', (query) => {
    expect(numbersFound([ana], query)).toEqual([]);
  });

  test('before the people in whose names the digits stand', () => {
    const people = [
      findable({ entry: '5521912345678', name: 'Turma 4321' }),
      findable({ entry: ana, name: 'Zoé' }),
    ];
    expect(searchPeople(searchable(people), '4321', 10).map(({ name }) => name)).toEqual([
      'Zoé',
      'Turma 4321',
    ]);
  });

  test('not where the query is more than a number', () => {
    expect(numbersFound([ana], 'ana 4321')).toEqual([]);
  });
});

test('people are sorted by name without accents, who has none last, and alike by number', () => {
  const people = [
    { entry: '3', name: undefined },
    { entry: '2', name: 'ana' },
    { entry: '4', name: 'Bruno' },
    { entry: '1', name: undefined },
    { entry: '5', name: 'Ágata' },
    { entry: '1', name: 'Ana' },
  ];
  expect(sortPeople(people.map(findable)).map(({ entry, name }) => [entry, name])).toEqual([
    ['5', 'Ágata'],
    ['1', 'Ana'],
    ['2', 'ana'],
    ['4', 'Bruno'],
    ['1', undefined],
    ['3', undefined],
  ]);
});

test('who is found is who would be found by looking at one after another', () => {
  const word = fc.stringMatching(/^[ab]{1,3}$/);
  const name = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));
  fc.assert(
    fc.property(
      fc.array(name, { maxLength: 30 }),
      name,
      fc.integer({ min: 1, max: 12 }),
      (names, query, most) => {
        const fits = (text: string): number => {
          const [words, sought] = [` ${text}`, query.split(' ')];
          if (!sought.every((one) => words.includes(one))) return 0;
          if (words.startsWith(` ${query}`)) return 3;
          return sought.every((one) => words.includes(` ${one}`)) ? 2 : 1;
        };
        const inOrder = [3, 2, 1].flatMap((rank) => names.filter((text) => fits(text) === rank));
        expect(namesFound(names, query, most)).toEqual(inOrder.slice(0, most));
      },
    ),
    { numRuns: 500 },
  );
});
