import { LIMITS } from './block-kit-limits.ts';
import {
  boolean,
  byType,
  type Check,
  list,
  object,
  oneOf,
  type Required,
  required,
  string,
} from './block-kit-schema.ts';

export function plainText(max: number): Check {
  return byType({
    plain_text: object({
      type: required(oneOf('plain_text')),
      text: required(string({ max })),
      emoji: boolean,
    }),
  });
}

export function anyText(max: number): Check {
  return byType({
    plain_text: plainText(max),
    mrkdwn: object({ type: required(oneOf('mrkdwn')), text: required(string({ max })), verbatim: boolean }),
  });
}

/** Slack: radio buttons and checkboxes may have mrkdwn in their options, selects only plain text. [doc] */
export function option(text: (max: number) => Check): Check {
  return object({
    text: required(text(LIMITS.options.text)),
    value: required(string({ max: LIMITS.options.value })),
    description: text(LIMITS.options.description),
  });
}

export const optionGroup = object({
  label: required(plainText(LIMITS.options.groupLabel)),
  options: required(list(option(plainText), { max: LIMITS.options.items })),
});

export const confirm = object({
  title: required(plainText(LIMITS.confirm.title)),
  text: required(anyText(LIMITS.confirm.text)),
  confirm: required(plainText(LIMITS.confirm.button)),
  deny: required(plainText(LIMITS.confirm.button)),
  style: oneOf('primary', 'danger'),
});

export const dispatchActionConfig = object({
  trigger_actions_on: list(oneOf('on_enter_pressed', 'on_character_entered'), { max: 2 }),
});

export type Shape = Record<string, Check | Required>;

/** An element of this type, with what every element may have. */
export const element = (type: string, shape: Shape): Check =>
  object({ type: required(oneOf(type)), action_id: string({ max: LIMITS.actionId }), ...shape });
