import { expect, test } from '@jest/globals';
import { english } from '../../../src/slack/sentences/en/english.ts';
import { portuguese } from '../../../src/slack/sentences/pt-br/portuguese.ts';
import { englishWordsIn } from '../english-words.ts';
import { everySentence } from './every-sentence.ts';

const inEnglish = everySentence(english);
const inPortuguese = everySentence(portuguese);

/** These are no sentences, or are the same in both languages. */
const same = ['names.commandWords.status', 'form.fields.numbersPlaceholder', 'form.savedAs'];

test('every sentence is looked at', () => {
  expect(inEnglish.size).toBeGreaterThan(150);
  expect([...inPortuguese.keys()]).toEqual([...inEnglish.keys()]);
});

test('no sentence is still English', () => {
  const untranslated = [...inPortuguese].filter(([path, text]) => text === inEnglish.get(path));
  expect(untranslated.map(([path]) => path).sort()).toEqual([...same].sort());
});

test('no English word is left in a sentence', () => {
  const left = [...inPortuguese].map(([path, text]) => [path, englishWordsIn(text)] as const);
  expect(left.filter(([, words]) => words.length > 0)).toEqual([]);
});

test('English has English words, so that the two above would find them', () => {
  const withWords = [...inEnglish].filter(([, text]) => englishWordsIn(text).length > 0);
  expect(withWords.length).toBeGreaterThan(inEnglish.size * 0.8);
});

test('every piece of an English sentence is in the Portuguese one', () => {
  const piecesOf = (text = '') => text.match(/§|<@U0ANA>/g)?.sort() ?? [];
  for (const [path, text] of inPortuguese) {
    expect([path, new Set(piecesOf(text))]).toEqual([path, new Set(piecesOf(inEnglish.get(path)))]);
  }
});

test.each([
  ['English', inEnglish],
  ['Portuguese', inPortuguese],
])('nothing is left unfilled or unfinished in %s', (_language, sentences) => {
  for (const [path, text] of sentences) {
    expect([path, text]).toEqual([
      path,
      expect.not.stringMatching(/undefined|null|\[object|TODO| {2}|\.\.|^\s*$/),
    ]);
    // Bold and code are closed again.
    expect([path, (text.match(/\*/g)?.length ?? 0) % 2, (text.match(/`/g)?.length ?? 0) % 2]).toEqual([
      path,
      0,
      0,
    ]);
  }
});
