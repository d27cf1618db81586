import type { types } from '@slack/bolt';
import type { PrivacyChange } from '../privacy/change.ts';
import type { EndedChange } from '../privacy/journal-entry.ts';
import { changesNobody } from '../privacy/list-changes.ts';
import { button, context, plain, section } from './blocks.ts';
import type { NamedNumber } from './messages/formatting.ts';
import type { Messages } from './messages/messages-in.ts';
import type { UndoMessages } from './messages/undo.ts';
import { buttonValue } from './press.ts';

export const undoActionId = 'undo-change';
export const tryAgainActionId = 'try-again';

/** How a change ended, for the whole channel: numbers are masked, and `text` alone says it all. */
export function auditMessage(
  { audit, undo: undoMessages }: Messages,
  ended: EndedChange,
  { number, undo }: { number: NamedNumber; undo: PrivacyChange | undefined },
): { text: string; blocks: types.KnownBlock[] } {
  const { headline, details, text } = audit.auditTexts(ended, number);
  const sections = [headline, audit.auditNumbers(ended), details].filter((part) => part !== undefined);
  const button = buttonOf(undoMessages, ended, { undo, label: number.label });
  return {
    text,
    blocks: [
      ...sections.map((part) => section(part)),
      ...(button ? [{ type: 'actions' as const, elements: [button] }] : []),
      context(audit.auditFootnote(ended)),
    ],
  };
}

/** Any app of the workspace can read a button's value: it holds the setting, the change's id, and nothing else. */
function buttonOf(
  { buttons, undoConsequences }: UndoMessages,
  { id, change, outcome, undoes, realChanges }: EndedChange,
  { undo, label }: { undo: PrivacyChange | undefined; label: string | undefined },
): types.Button | undefined {
  if (outcome.kind !== 'applied') {
    return undoes ? undefined : button(buttons.tryAgain, tryAgainActionId, buttonValue(change.setting, id));
  }
  if (!undo) return undefined;
  const leavesList =
    undo.visibility !== 'contacts-except' && realChanges !== undefined && !changesNobody(realChanges);
  return {
    ...button(buttons.undo, undoActionId, buttonValue(change.setting, id)),
    confirm: {
      title: plain(buttons.question),
      text: plain(undoConsequences(undo, leavesList, label)),
      confirm: plain(buttons.confirm),
      deny: plain(buttons.deny),
    },
  };
}
