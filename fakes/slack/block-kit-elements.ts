import { CHOICE_ELEMENTS, unlooked } from './block-kit-inputs.ts';
import { LIMITS } from './block-kit-limits.ts';
import { confirm, element, option, plainText } from './block-kit-objects.ts';
import { type Check, list, notLookedInto, object, oneOf, required, string } from './block-kit-schema.ts';

const button = element('button', {
  text: required(plainText(LIMITS.button.text)),
  value: string({ max: LIMITS.button.value }),
  url: string({ max: LIMITS.button.url }),
  style: oneOf('primary', 'danger'),
  accessibility_label: string({ max: LIMITS.button.accessibilityLabel }),
  confirm,
});

export const image = object({
  type: required(oneOf('image')),
  alt_text: required(string({ max: LIMITS.image.altText })),
  image_url: string({ max: LIMITS.image.url }),
  slack_file: notLookedInto,
});

const overflow = element('overflow', {
  options: required(list(option(plainText), { max: LIMITS.overflow })),
  confirm,
});

/** Slack: the elements of an actions block. [doc] */
export const ACTIONS_ELEMENTS: Record<string, Check> = {
  ...CHOICE_ELEMENTS,
  button,
  overflow,
  ...unlooked('workflow_button', 'rich_text_input'),
};

/** Slack: what may stand beside a section's text. [doc] */
export const ACCESSORIES: Record<string, Check> = {
  ...CHOICE_ELEMENTS,
  button,
  overflow,
  image,
  ...unlooked('workflow_button'),
};
