import type { types } from '@slack/bolt';
import { z } from 'zod';
import { type SettingId, settingIds } from '../privacy/settings.ts';
import { button, section } from './blocks.ts';
import type { Messages } from './messages/messages-in.ts';

export const confirmLineActionId = 'confirm-line';
export const cancelLineActionId = 'cancel-line';

/** Slack's limit for a button's value: https://docs.slack.dev/reference/block-kit/block-elements/button-element */
const longestValue = 2_000;

/** `number`: the name of the one that was shown. `submissionId`: of the command, so that all its questions, however often it was delivered, are one change. */
type Question = { setting: SettingId; number: string; text: string; submissionId: string };

const asked = z.object({
  setting: z.enum(settingIds),
  number: z.string(),
  text: z.string(),
  submissionId: z.string(),
});

/** Whether a question can be asked about it: its button has to hold what was typed, and some characters count as six. */
export function canBeAsked(asking: Question): boolean {
  return textOf(asking).length <= longestValue;
}

/**
 * A question, for one person's eyes. Its button holds what was typed, so that any process can make the change, also after
 * a restart; Slack stores no message that one person sees.
 */
export function lineQuestion(
  { buttons }: Messages['line'],
  question: string,
  asking: Question,
): { text: string; blocks: types.KnownBlock[] } {
  const confirm = button(buttons.confirm, confirmLineActionId, textOf(asking));
  return {
    text: question,
    blocks: [
      section(question.slice(0, 3_000)),
      {
        type: 'actions',
        elements: [{ ...confirm, style: 'primary' }, button(buttons.cancel, cancelLineActionId, 'cancel')],
      },
    ],
  };
}

function textOf(asking: Question): string {
  return JSON.stringify(asking);
}

/** What the question was about; nothing that can be done where the button is none of ours. */
export function readQuestion(value: string | undefined): Question {
  try {
    return asked.parse(JSON.parse(value ?? ''));
  } catch {
    return { setting: 'last-seen', number: '', text: '', submissionId: '' };
  }
}
