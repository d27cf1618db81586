// None of these is a word of Portuguese.
const english =
  'the you your yours not was were is are been has have had can change changed changes again with who whoever whose of to that this these and then see seen last setting set save saved saving nobody everyone contacts person people phone list line number numbers hide hidden show shown again undo undoes undone close cancel choose type press look wait ask tell team posted newer older newest first try understood know known unknown yet right now form settings privacy';

const word = new RegExp(`(?<![\\p{L}\\p{N}])(?:${english.split(' ').join('|')})(?![\\p{L}\\p{N}])`, 'giu');

/** Slack's tokens and what stands between backticks are no words. */
const noWords = /<!date\^\d+\^|\{\w+\}|`[^`]*`|:[a-z_]+:/g;

/** The words in a text that give away that it was not translated. */
export function englishWordsIn(text: string): string[] {
  return text.replace(noWords, ' ').match(word) ?? [];
}
