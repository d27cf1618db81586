import { type ChangeProblem, longestText, type Visibility } from '../../privacy/change.ts';
import type { Outcome } from '../../privacy/journal-entry.ts';
import { formatPhone } from '../../privacy/phone.ts';
import type { LastSet } from '../../privacy/setting-memory.ts';
import type { SettingId } from '../../privacy/settings.ts';
import type { Sentences } from '../sentences/en/english.ts';
import {
  bold,
  clipped,
  escaped,
  joined,
  linkTo,
  mention,
  type NamedNumber,
  numberInFull,
} from './formatting.ts';
import { type OutcomeMessages, type Unsuccessful, verdictOf } from './outcome.ts';
import type { Phrasing } from './phrasing.ts';

/** Stands above the fields. The submit button has other words then: pressing it again is another decision. */
export type Notice = { text: string; submit: string };

const mostShown = { entries: 30, unusual: 20, problems: 10 };
/** Of 3,000 characters that a section takes. */
const longestList = 2_800;

export type FormMessages = ReturnType<typeof createFormMessages>;

/** What the form says. */
export function createFormMessages(
  { form: words }: Sentences,
  phrasing: Phrasing,
  { failureText, proofText }: OutcomeMessages,
) {
  const { counted, plural, listed, list, hiddenEntry, timeText, settingName, visibilityNames } = phrasing;
  const { buttons, problems: wrong } = words;
  const question = (setting: SettingId) => words.fields.question(settingName(setting));

  function changesNumber(number: NamedNumber | undefined): string {
    const name = number && numberInFull(number, bold);
    return name === undefined ? words.changesUnknownNumber : words.changesNumber(name);
  }

  /** Numbers in full: only for the form, which one person sees. */
  function hiddenNow(entries: readonly string[], nameOf: (entry: string) => string | undefined): string {
    if (entries.length === 0) return words.nobodyOnTheList;
    const withName = (entry: string) => {
      const name = nameOf(entry);
      return name ? `${escaped(clipped(name))} (${hiddenEntry(entry)})` : hiddenEntry(entry);
    };
    const shown = entries.slice(0, mostShown.entries).map(withName);
    // What is neither a number nor a usual id can be long.
    while (shown.join(', ').length > longestList) shown.pop();
    const left = entries.length - shown.length;
    const shownText = left > 0 ? `${shown.join(', ')}${counted(left, words.moreOnTheList)}` : list(shown);
    return `${bold(counted(entries.length, words.onTheList))} ${shownText}`;
  }

  /** Where the form stays open after a success. `elsewhere`: the channel that is told, if it is not the person's own. */
  function savedText(
    { setting, visibility }: { setting: SettingId; visibility: Visibility },
    outcome: Outcome,
    elsewhere: string | undefined,
  ): string {
    const now = words.savedAs(question(setting), bold(visibilityNames[visibility]));
    const told = elsewhere ? words.toldElsewhere(linkTo(elsewhere)) : words.toldSoon;
    const isWhole = verdictOf(outcome) !== 'partly';
    const headline = isWhole ? `:white_check_mark: ${words.saved}` : `:warning: ${words.savedPartly}`;
    return joined([`${headline} ${now}`, isWhole ? undefined : proofText({ outcome }), told], '\n');
  }

  /** `press`: what the button says. */
  function secondLook(phones: readonly string[], press = buttons.saveAnyway): Notice {
    const numbers = listed(phones, formatPhone, mostShown.unusual);
    const what = plural(phones.length, words.unusual)(numbers, press);
    return { text: `:eyes: ${words.lookAgain} ${what}`, submit: press };
  }

  /** Plain text under a field. */
  function fieldError(setting: SettingId, problems: readonly ChangeProblem[]): string {
    const sentences = problems
      .slice(0, mostShown.problems)
      .map((problem) => problemSentence(setting, problem));
    const left = problems.length - sentences.length;
    return [...sentences, ...(left > 0 ? [counted(left, wrong.more)] : [])].join('\n');
  }

  function problemSentence(setting: SettingId, problem: ChangeProblem): string {
    switch (problem.kind) {
      case 'not-chosen':
        return wrong.notChosen(settingName(setting));
      case 'not-a-phone':
        return wrong.notAPhone[problem.why](problem.line, clipped(problem.typed));
      case 'repeated':
        return (problem.otherSpelling ? wrong.repeatedOtherwise : wrong.repeated)(
          problem.line,
          clipped(problem.typed),
          problem.firstLine,
        );
      case 'in-both':
        return wrong.inBoth(phrasing.person(problem.entry, undefined));
      case 'too-long':
        return counted(longestText, wrong.tooLong);
    }
  }

  /** Plain text under a field. */
  function strangersError(phones: readonly string[]): string {
    return plural(phones.length, wrong.notOnWhatsApp)(listed(phones, formatPhone, mostShown.unusual));
  }

  /** Plain: one of several numbers, in a select. */
  function numberOption({ label, own }: NamedNumber, name: string): string {
    const phone = own && formatPhone(own.phone);
    return [label ?? own?.name ?? name, phone]
      .filter(Boolean)
      .map((part) => clipped(String(part)))
      .join(' · ');
  }

  function failureNotice(outcome: Unsuccessful): Notice {
    const headline =
      outcome.kind === 'unknown' ? `:warning: ${words.perhapsNotSaved}` : `:x: ${words.notSaved}`;
    return { text: `${headline} ${failureText(outcome)}`, submit: buttons.saveAgain };
  }

  /** What the bot itself last set; where it set nothing, or nobody knows, that is said. */
  function standing(last: LastSet): string {
    if (last === 'unread' || last === 'never') return words.standing[last];
    const { outcome, by, endedAt = last.acceptedAt, change } = last;
    return outcome?.kind === 'applied'
      ? words.standing.set(bold(visibilityNames[change.visibility]), mention(by), timeText(endedAt))
      : words.standing.perhaps(mention(by), timeText(endedAt));
  }

  return {
    fields: words.fields,
    buttons,
    hints: words.hints.join('\n'),
    title: phrasing.settingTitle,
    visibilityNames,
    question,
    changesNumber,
    hiddenNow,
    readingHiddenNow: words.readingList,
    hiddenNowUnavailable: words.listUnavailable,
    saving: `:hourglass_flowing_sand: ${words.saving}`,
    savedText,
    secondLook,
    fieldError,
    nobodyExcepted: wrong.nobodyExcepted,
    strangersError,
    numberOption,
    person: phrasing.person,
    picker: words.picker,
    failureNotice,
    standing,
    standingNow: (last: LastSet) => words.now(standing(last)),
    outdatedForm: words.outdated,
  };
}
