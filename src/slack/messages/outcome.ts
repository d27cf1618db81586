import type { ListChanges } from '../../privacy/change.ts';
import type { JournalEntry, Outcome } from '../../privacy/journal-entry.ts';
import { alreadySo } from '../../privacy/list-changes.ts';
import { identityOf } from '../../privacy/phone.ts';
import type { Sentences } from '../sentences/en/english.ts';
import type { Counted } from '../sentences/plural.ts';
import { bold, joined, lowerFirst } from './formatting.ts';
import type { Phrasing } from './phrasing.ts';

export type Unsuccessful = Exclude<Outcome, { kind: 'applied' }>;

/** How each outcome looks at a glance. */
export const signs: Record<Outcome['kind'] | 'partly' | 'underWay', string> = {
  applied: ':white_check_mark:',
  failed: ':x:',
  unknown: ':warning:',
  expired: ':hourglass:',
  partly: ':warning:',
  underWay: ':hourglass_flowing_sand:',
};

/** How a change ended, in one word: confirmed, but not taken in full, is not simply applied. */
export function verdictOf(outcome: Outcome): Outcome['kind'] | 'partly' {
  return outcome.kind === 'applied' && outcome.proof?.kind === 'not-taken' ? 'partly' : outcome.kind;
}

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

  /** What the list said when it was read back, and whether the numbers were looked up before. */
  function proofText({ outcome, lookedUp }: Pick<JournalEntry, 'outcome' | 'lookedUp'>): string | undefined {
    const proof = outcome?.kind === 'applied' ? outcome.proof : undefined;
    return (
      joined([proof && words.proof[proof.kind], lookedUp === false && words.notLookedUp], ' ') || undefined
    );
  }

  /** What a change is to do to the list. */
  function intentLines(
    { hide, showAgain }: ListChanges,
    format: (entry: string) => string,
    most = mostListed,
  ): string[] {
    return [
      lineOf(hide, words.list.toHide, format, most),
      lineOf(showAgain, words.list.toShowAgain, format, most),
    ].filter((line) => line !== undefined);
  }

  /**
   * What a change did to the list, or was to do: a line for each way, one for what was so before, and one for what did
   * not take.
   */
  function listLines(
    { change, outcome, realChanges, named, numbersErased }: JournalEntry,
    format: (entry: string) => string,
    most = mostListed,
  ): string[] {
    const erased = numbersErased ? [words.erased(number(named.hide), number(named.showAgain))] : [];
    if (outcome?.kind !== 'applied') return [...intentLines(change, format, most), ...erased];
    const missing = outcome.proof?.kind === 'not-taken' ? outcome.proof.missing : nobody;
    const { hide, showAgain } = without(realChanges ?? change, missing);
    return [
      lineOf(hide, realChanges ? words.list.newlyHidden : words.list.hidden, format, most),
      lineOf(showAgain, words.list.shownAgain, format, most),
      lineOf(realChanges ? alreadySo(change, realChanges) : [], words.list.alreadySo, format, most),
      lineOf([...missing.hide, ...missing.showAgain], words.list.notTaken, format, most),
      ...erased,
    ].filter((line) => line !== undefined);
  }

  function lineOf(
    entries: readonly string[],
    sentence: Counted,
    format: (entry: string) => string,
    most: number,
  ): string | undefined {
    if (entries.length === 0) return undefined;
    return `${bold(counted(entries.length, sentence))} ${listed(entries, format, most)}`;
  }

  return { failureText, failureInShort, proofText, intentLines, listLines };
}

const mostListed = 20;
const nobody: ListChanges = { hide: [], showAgain: [] };

function without(lists: ListChanges, missing: ListChanges): ListChanges {
  const isMissing = new Set([...missing.hide, ...missing.showAgain].map(identityOf));
  const rest = (entries: readonly string[]) => entries.filter((entry) => !isMissing.has(identityOf(entry)));
  return { hide: rest(lists.hide), showAgain: rest(lists.showAgain) };
}
