import type { JournalEntry, Outcome } from '../../privacy/journal-entry.ts';
import { alreadySo } from '../../privacy/list-changes.ts';
import type { Sentences } from '../sentences/en/english.ts';
import type { Counted } from '../sentences/plural.ts';
import { bold, lowerFirst } from './formatting.ts';
import type { Phrasing } from './phrasing.ts';

export type Unsuccessful = Exclude<Outcome, { kind: 'applied' }>;

/** How each outcome looks at a glance. */
export const signs: Record<Outcome['kind'] | 'underWay', string> = {
  applied: ':white_check_mark:',
  failed: ':x:',
  unknown: ':warning:',
  expired: ':hourglass:',
  underWay: ':hourglass_flowing_sand:',
};

export type OutcomeMessages = ReturnType<typeof createOutcomeMessages>;

/** How a change ended, wherever it is said. */
export function createOutcomeMessages({ outcome: words }: Sentences, { counted, listed, number }: Phrasing) {
  /** Three parts: what happened, whether the setting changed, what to do next. */
  function failureText(outcome: Unsuccessful): string {
    const { happened, next } = outcome.kind === 'expired' ? words.expired : words.failures[outcome.failure];
    if (outcome.kind !== 'unknown') return `${happened} ${words.notChanged} ${next}`;
    const perhaps = outcome.notOnTheList ? words.notOnTheList : words.perhapsChanged;
    return `${happened} ${perhaps} ${words.ifNotChanged(lowerFirst(next))}`;
  }

  /** What happened, in one sentence. */
  function failureInShort(outcome: Unsuccessful): string {
    return outcome.kind === 'expired' ? words.expired.inShort : words.failures[outcome.failure].happened;
  }

  /** What a change did to the list, or was to do: a line for each way, and one for what was so before. */
  function listLines(
    { change, outcome, realChanges, named, numbersErased }: JournalEntry,
    format: (entry: string) => string,
    most = 20,
  ): string[] {
    const isDone = outcome?.kind === 'applied';
    const { hide, showAgain } = (isDone && realChanges) || change;
    const already = isDone && realChanges ? alreadySo(change, realChanges) : [];
    const hidden = realChanges ? words.list.newlyHidden : words.list.hidden;
    const line = (entries: readonly string[], sentence: Counted) =>
      entries.length > 0 && `${bold(counted(entries.length, sentence))} ${listed(entries, format, most)}`;
    return [
      line(hide, isDone ? hidden : words.list.toHide),
      line(showAgain, isDone ? words.list.shownAgain : words.list.toShowAgain),
      line(already, words.list.alreadySo),
      numbersErased && words.erased(number(named.hide), number(named.showAgain)),
    ].filter((part) => part !== false);
  }

  return { failureText, failureInShort, listLines };
}
