import type { PrivacyChange } from '../../privacy/change.ts';
import type { JournalEntry } from '../../privacy/journal-entry.ts';
import { settings } from '../../privacy/settings.ts';
import type { NoUndo } from '../../privacy/undo.ts';
import { formWords } from './form.ts';
import { phonePath } from './outcome.ts';
import { visibilityNames } from './phrasing.ts';

// What the bot says about undoing a change and trying it again. Plain where the name says so, mrkdwn elsewhere.

/** Plain texts of the buttons and of the question before an undo. */
export const undoWords = {
  undo: 'Undo',
  tryAgain: 'Try again',
  question: 'Undo this change?',
  confirm: 'Undo it',
  deny: 'Cancel',
};

/** Plain: what undoing would do. `leavesList`: the change put people on the list, or took them off, and that stays. */
export function undoConsequences(
  { setting, visibility, hide, showAgain }: PrivacyChange,
  leavesList: boolean,
): string {
  const parts = [
    `${formWords.question(setting)} goes back to: ${visibilityNames[visibility]}${visibilityNames[visibility].endsWith('…') ? '' : '.'}`,
    showAgain.length > 0 && `Shown again to: ${showAgain.length}.`,
    hide.length > 0 && `Hidden from: ${hide.length}.`,
    leavesList && 'The list of people stays as it is; it has no effect then.',
  ];
  return parts.filter(Boolean).join(' ');
}

export function noUndoText({ id, change }: Pick<JournalEntry, 'id' | 'change'>, why: NoUndo): string {
  const what = `Change \`${id}\` can't be undone`;
  const choose = `Choose what you want with \`${settings[change.setting].command}\`.`;
  switch (why.kind) {
    case 'not-applied':
      return `${what}: it is not known to have been made. Nothing was changed.`;
    case 'undone':
      return `Change \`${id}\` was undone already, by <@${why.by.by}> with change \`${why.by.id}\`. Nothing was changed now.`;
    case 'newer':
      return why.newer.outcome
        ? `${what}: it was followed by change \`${why.newer.id}\` of <@${why.newer.by}>. Nothing was changed. ${choose}`
        : `${what} now: change \`${why.newer.id}\` of <@${why.newer.by}> is under way. Nothing was changed. Wait for it, then look again.`;
    case 'before-unknown':
      return `${what}: this bot does not know what was set before. Nothing was changed. ${choose}`;
    case 'list-unknown':
      return `${what}: this bot does not know any more who was on the list before. Nothing was changed. ${choose}`;
    case 'nothing-changed':
      return `${what}: this bot had set the same before. Nothing was changed.`;
  }
}

export function undoing(id: string): string {
  return `Undoing change \`${id}\`… The outcome is posted for your team.`;
}

/** However it ended. */
export function undoEndedElsewhere(id: string, channel: string): string {
  return `The undo of change \`${id}\` has ended. How it ended is posted in <#${channel}>.`;
}

export const unknownChange =
  "The bot's journal has no change of that id. Nothing was changed. `/lastseen history` shows the last ones.";

export const readingChange =
  ':hourglass_flowing_sand: Reading what was to be changed… If nothing comes, close this and press the button again.';

/** Above the fields of a form that tries a change again. `leftOut`: how many numbers do not fit into it. */
export function tryingAgain({ id, outcome, numbersErased }: JournalEntry, leftOut: number): string {
  return [
    `:repeat: This is change \`${id}\` again.`,
    outcome?.kind === 'unknown'
      ? `It is not known whether it was made: look on the phone first (${phonePath}). Saving makes it again.`
      : 'Nothing was changed yet.',
    numbersErased && 'Its phone numbers were erased after a while: type them again.',
    leftOut > 0 &&
      `*${leftOut} of its numbers do not fit here and were left out.* Save these, then the rest.`,
  ]
    .filter(Boolean)
    .join(' ');
}
