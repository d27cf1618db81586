import type { PrivacyChange } from '../../privacy/change.ts';
import type { JournalEntry } from '../../privacy/journal-entry.ts';
import { settings } from '../../privacy/settings.ts';
import type { NoUndo } from '../../privacy/undo.ts';
import type { Sentences } from '../sentences/en/english.ts';
import type { FormMessages } from './form.ts';
import { clipped, joined, linkTo, lowerFirst, mention, stopAfter } from './formatting.ts';
import type { Phrasing } from './phrasing.ts';

export type UndoMessages = ReturnType<typeof createUndoMessages>;

/** What the bot says about undoing a change and trying it again. */
export function createUndoMessages(
  { undo: words }: Sentences,
  { counted, visibilityNames }: Phrasing,
  { question }: FormMessages,
) {
  const { consequences, refused, again } = words;

  /** Plain: what undoing would do, and to which number, where it has a label. `leavesList`: the change put people on the list, or took them off, and that stays. */
  function undoConsequences(
    { setting, visibility, hide, showAgain }: PrivacyChange,
    leavesList: boolean,
    label?: string,
  ): string {
    const name = visibilityNames[visibility];
    const parts = [
      `${consequences.goesBackTo(question(setting), name)}${stopAfter(name)}`,
      showAgain.length > 0 && counted(showAgain.length, consequences.shownAgain),
      hide.length > 0 && counted(hide.length, consequences.hidden),
      leavesList && consequences.leavesList,
    ];
    const what = joined(parts, ' ');
    return label === undefined ? what : consequences.onNumber(clipped(label), lowerFirst(what));
  }

  function noUndoText({ id, change }: Pick<JournalEntry, 'id' | 'change'>, why: NoUndo): string {
    const { command } = settings[change.setting];
    switch (why.kind) {
      case 'not-applied':
        return refused.notApplied(id);
      case 'undone':
        return refused.undone(id, mention(why.by.by), why.by.id);
      case 'newer':
        return why.newer.outcome
          ? refused.followed(id, why.newer.id, mention(why.newer.by), command)
          : refused.underWay(id, why.newer.id, mention(why.newer.by));
      case 'before-unknown':
        return refused.beforeUnknown(id, command);
      case 'list-unknown':
        return refused.listUnknown(id, command);
      case 'nothing-changed':
        return refused.nothingChanged(id);
    }
  }

  /** Above the fields of a form that tries a change again. `leftOut`: how many numbers do not fit into it. */
  function tryingAgain({ id, outcome, numbersErased }: JournalEntry, leftOut: number): string {
    const parts = [
      `:repeat: ${again.which(id)}`,
      outcome?.kind === 'unknown' ? again.perhapsMade : again.notMade,
      numbersErased && again.erased,
      leftOut > 0 && counted(leftOut, again.leftOut),
    ];
    return joined(parts, ' ');
  }

  return {
    buttons: words.buttons,
    undoConsequences,
    noUndoText,
    undoing: words.undoing,
    /** However it ended. */
    undoEndedElsewhere: (id: string, channel: string) => words.endedElsewhere(id, linkTo(channel)),
    unknownChange: words.unknownChange,
    readingChange: `:hourglass_flowing_sand: ${again.reading}`,
    tryingAgain,
  };
}
