import type { types } from '@slack/bolt';
import type { PrivacyChange } from '../privacy/change.ts';
import type { EndedChange } from '../privacy/journal-entry.ts';
import { changesNobody } from '../privacy/list-changes.ts';
import type { OwnNumber } from '../privacy/ports.ts';
import { button, context, plain, section } from './blocks.ts';
import { auditFootnote, auditNumbers, auditTexts } from './messages/audit.ts';
import { undoConsequences, undoWords } from './messages/undo.ts';
import { buttonValue } from './press.ts';

export const undoActionId = 'undo-change';
export const tryAgainActionId = 'try-again';

/** How a change ended, for the whole channel: numbers are masked, and `text` alone says it all. */
export function auditMessage(
  ended: EndedChange,
  { own, undo }: { own: OwnNumber | undefined; undo: PrivacyChange | undefined },
): { text: string; blocks: types.KnownBlock[] } {
  const { headline, details, text } = auditTexts(ended, own);
  const sections = [headline, auditNumbers(ended), details].filter((part) => part !== undefined);
  const button = buttonOf(ended, undo);
  return {
    text,
    blocks: [
      ...sections.map((part) => section(part)),
      ...(button ? [{ type: 'actions' as const, elements: [button] }] : []),
      context(auditFootnote(ended)),
    ],
  };
}

/** Any app of the workspace can read a button's value: it holds the setting, the change's id, and nothing else. */
function buttonOf(
  { id, change, outcome, undoes, realChanges }: EndedChange,
  undo: PrivacyChange | undefined,
): types.Button | undefined {
  if (outcome.kind !== 'applied') {
    return undoes ? undefined : button(undoWords.tryAgain, tryAgainActionId, buttonValue(change.setting, id));
  }
  if (!undo) return undefined;
  const leavesList =
    undo.visibility !== 'contacts-except' && realChanges !== undefined && !changesNobody(realChanges);
  return {
    ...button(undoWords.undo, undoActionId, buttonValue(change.setting, id)),
    confirm: {
      title: plain(undoWords.question),
      text: plain(undoConsequences(undo, leavesList)),
      confirm: plain(undoWords.confirm),
      deny: plain(undoWords.deny),
    },
  };
}
