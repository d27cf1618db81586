import { type ChangeProblem, longestText, type Visibility } from '../../privacy/change.ts';
import { formatPhone } from '../../privacy/phone.ts';
import type { OwnNumber } from '../../privacy/ports.ts';
import type { LastSet } from '../../privacy/setting-memory.ts';
import { type SettingId, settings } from '../../privacy/settings.ts';
import { failureText, type Unsuccessful } from './outcome.ts';
import { capitalized, clipped, escaped, hiddenEntry, named, timeText, visibilityNames } from './phrasing.ts';

// What the form says. Mrkdwn unless its comment says plain.

/** Plain texts of the form. */
export const formWords = {
  title: (setting: SettingId) => capitalized(settings[setting].name),
  question: (setting: SettingId) => `Who can see ${settings[setting].name}`,
  now: 'Now:',
  choose: 'Choose who can see it',
  hide: 'Hide from',
  hideHint: 'People added to the list. One number a line, with its country code.',
  hideHintWithCountry: 'People added to the list. One number a line.',
  showAgain: 'Show again to',
  showAgainHint: 'People taken off the list.',
  numbersPlaceholder: '+55 11 91234-5678',
  save: 'Save',
  saveAgain: 'Save again',
  saveAnyway: 'Save anyway',
  cancel: 'Cancel',
  close: 'Close',
};

export const formHints = [
  "Whoever hides last seen can't see the last seen of others.",
  'Hiding last seen does not hide when the number is *online*.',
  'Each WhatsApp privacy setting has a list of its own.',
];

export function changesNumber(own: OwnNumber | undefined): string {
  return own
    ? `Changes *${escaped(formatPhone(own.phone))}*${named(own)} for the whole team.`
    : 'Changes your WhatsApp number for the whole team.';
}

/** Numbers in full: only for the form, which one person sees. */
export function hiddenNow(entries: readonly string[]): string {
  if (entries.length === 0) return 'Nobody is on the list now.';
  const shown = entries.slice(0, 30).map(hiddenEntry);
  // What is neither a number nor a usual id can be long; Slack takes 3,000 characters.
  while (shown.join(', ').length > 2_800) shown.pop();
  const more = entries.length > shown.length ? `, and ${entries.length - shown.length} more` : '';
  return `*On the list now (${entries.length.toLocaleString('en')}):* ${shown.join(', ')}${more}`;
}

export const readingHiddenNow = 'Reading who is on the list now…';

export const hiddenNowUnavailable =
  "Z-API can't say right now who is on the list. You can still save changes.";

export const saving =
  ':hourglass_flowing_sand: *Saving…* You may close this window: the outcome is posted for your team.';

/** Where the form stays open after a success. `elsewhere`: the channel that is told, if it is not the person's own. */
export function savedText(
  { setting, visibility }: { setting: SettingId; visibility: Visibility },
  elsewhere: string | undefined,
): string {
  const now = visibility ? ` ${formWords.question(setting)}: *${visibilityNames[visibility]}*` : '';
  return `:white_check_mark: *Saved.*${now}\n${elsewhere ? `The message for your team goes to <#${elsewhere}>.` : 'The message for your team is on its way.'}`;
}

/** Stands above the fields. The submit button has other words then: pressing it again is another decision. */
export type Notice = { text: string; submit: string };

export function secondLook(phones: readonly string[]): Notice {
  const list = phones.slice(0, 20).map(formatPhone).join(', ');
  const more = phones.length > 20 ? ` and ${phones.length - 20} more` : '';
  const what =
    phones.length === 1
      ? `${list} is not in a range of numbers known for its country. Nothing was changed yet. Correct it, or press *${formWords.saveAnyway}* if it is right.`
      : `${list}${more} are not in ranges of numbers known for their countries. Nothing was changed yet. Correct them, or press *${formWords.saveAnyway}* if they are right.`;
  return { text: `:eyes: *Please look again:* ${what}`, submit: formWords.saveAnyway };
}

/** Plain text under a field. */
export function fieldError(setting: SettingId, problems: readonly ChangeProblem[]): string {
  const sentences = problems.slice(0, 10).map((problem) => problemSentence(setting, problem));
  if (problems.length > 10) sentences.push(`And ${problems.length - 10} more.`);
  return sentences.join('\n');
}

function problemSentence(setting: SettingId, problem: ChangeProblem): string {
  switch (problem.kind) {
    case 'not-chosen':
      return `Choose who can see ${settings[setting].name}.`;
    case 'not-a-phone':
      return `Line ${problem.line}: “${clipped(problem.typed)}” is not a phone number with its country code.`;
    case 'repeated':
      return `Line ${problem.line}: “${clipped(problem.typed)}” is the same number as in line ${problem.firstLine}${problem.otherSpelling ? ' (with and without the ninth digit)' : ''}.`;
    case 'in-both':
      return `Line ${problem.line}: “${clipped(problem.typed)}” is in “${formWords.hide}” too, in line ${problem.otherLine}. Keep it in one of the two.`;
    case 'too-long':
      return `This is longer than ${longestText.toLocaleString('en')} characters. Save some of the numbers first, then the rest.`;
  }
}

export const nobodyExcepted = `Nobody is hidden yet. Type at least one number to hide, or choose ${visibilityNames.contacts}.`;

export function failureNotice(outcome: Unsuccessful): Notice {
  const headline = outcome.kind === 'unknown' ? ':warning: *Perhaps not saved.*' : ':x: *Not saved.*';
  return { text: `${headline} ${failureText(outcome)}`, submit: formWords.saveAgain };
}

/** What the bot itself last set; where it set nothing, or nobody knows, that is said. */
export function standing(last: LastSet): string {
  if (last === 'unread') return '*unknown*. The bot could not read its journal yet.';
  if (last === 'never') return '*unknown*. This bot has not set it yet, and Z-API has no way to ask.';
  const { outcome, by, endedAt = last.acceptedAt, change } = last;
  return outcome?.kind === 'applied'
    ? `*${visibilityNames[change.visibility]}*, set here by <@${by}>, ${timeText(endedAt)}. What was changed on the phone since is not known.`
    : `*unknown*. The last change, by <@${by}>, ${timeText(endedAt)}, may or may not have been made.`;
}

export const outdatedForm =
  'This form comes from an older version of the bot. Nothing was changed. Close it and type the command again.';
