import { isDeepStrictEqual } from 'node:util';
import { LIMITS } from './block-kit-limits.ts';
import {
  anyText,
  confirm,
  dispatchActionConfig,
  element,
  option,
  optionGroup,
  plainText,
  type Shape,
} from './block-kit-objects.ts';
import {
  boolean,
  both,
  type Check,
  integer,
  list,
  notLookedInto,
  type Report,
  required,
  string,
} from './block-kit-schema.ts';
import { asJson, asList, type Json } from './json.ts';

const asks: Shape = { placeholder: plainText(LIMITS.placeholder), focus_on_load: boolean };

function typed(type: string, extra: Shape): Check {
  return both(
    element(type, {
      ...asks,
      initial_value: string({ min: 0, max: LIMITS.plainTextInput }),
      dispatch_action_config: dispatchActionConfig,
      ...extra,
    }),
    (value, pointer, report) => {
      const { min_length: min, max_length: max, initial_value: initial } = value;
      if (typeof min === 'number' && typeof max === 'number' && min > max) {
        report('must be less than or equal to `max_length`', `${pointer}/min_length`); // [inferred] text
      }
      if (typeof initial === 'string' && typeof max === 'number' && initial.length > max) {
        report(`must be less than ${max + 1} characters`, `${pointer}/initial_value`); // [inferred]
      }
    },
  );
}

/** Slack: what is chosen at first must be one of the options, exactly. [doc]; the text is [inferred]. */
function initialAmongOptions(value: Json, pointer: string, report: Report): void {
  const groups = asList(value.option_groups).flatMap((group) => asList(asJson(group).options));
  const options = [...asList(value.options), ...groups];
  const known = (initial: unknown) => options.some((candidate) => isDeepStrictEqual(candidate, initial));
  if (value.initial_option != null && !known(value.initial_option)) {
    report('must exactly match one of the provided options', `${pointer}/initial_option`);
  }
  asList(value.initial_options).forEach((initial, index) => {
    if (!known(initial))
      report('must exactly match one of the provided options', `${pointer}/initial_options/${index}`);
  });
}

function select(type: string, extra: Shape): Check {
  const shape = {
    ...asks,
    options: list(option(plainText), { max: LIMITS.options.items }),
    option_groups: list(optionGroup, { max: LIMITS.options.groups }),
    confirm,
    ...extra,
  };
  return both(element(type, shape), (value, pointer, report) => {
    const given = [value.options, value.option_groups].filter((options) => options != null).length;
    if (given !== 1) report('must provide exactly one of `options` and `option_groups`', pointer); // [inferred] text
    initialAmongOptions(value, pointer, report);
  });
}

function choices(type: string, extra: Shape): Check {
  const options = required(list(option(anyText), { max: LIMITS.choices }));
  return both(element(type, { options, confirm, focus_on_load: boolean, ...extra }), initialAmongOptions);
}

const plainOption = option(plainText);
const richOption = option(anyText);

/** Elements that hold a value and may stand in an input block, and elsewhere too. */
export const CHOICE_ELEMENTS: Record<string, Check> = {
  static_select: select('static_select', { initial_option: plainOption }),
  multi_static_select: select('multi_static_select', {
    initial_options: list(plainOption, { max: LIMITS.options.items }),
    max_selected_items: integer({ min: 1, max: LIMITS.options.items }),
  }),
  external_select: element('external_select', {
    ...asks,
    initial_option: plainOption,
    min_query_length: integer({ min: 0, max: LIMITS.plainTextInput }),
    confirm,
  }),
  multi_external_select: element('multi_external_select', {
    ...asks,
    initial_options: list(plainOption, { max: LIMITS.options.items }),
    min_query_length: integer({ min: 0, max: LIMITS.plainTextInput }),
    max_selected_items: integer({ min: 1, max: LIMITS.options.items }),
    confirm,
  }),
  radio_buttons: choices('radio_buttons', { initial_option: richOption }),
  checkboxes: choices('checkboxes', { initial_options: list(richOption, { max: LIMITS.choices }) }),
  ...unlooked('datepicker', 'timepicker', 'datetimepicker', 'users_select', 'multi_users_select'),
  ...unlooked(
    'conversations_select',
    'multi_conversations_select',
    'channels_select',
    'multi_channels_select',
  ),
};

/** For elements that Slack has and this stand-in passes on. */
export function unlooked(...types: string[]): Record<string, Check> {
  return Object.fromEntries(types.map((type) => [type, notLookedInto]));
}

const length = integer({ min: 0, max: LIMITS.plainTextInput });

/** Slack: the elements of an input block. [doc] */
export const INPUT_ELEMENTS: Record<string, Check> = {
  ...CHOICE_ELEMENTS,
  plain_text_input: typed('plain_text_input', {
    multiline: boolean,
    min_length: length,
    max_length: integer({ min: 1, max: LIMITS.plainTextInput }),
  }),
  email_text_input: typed('email_text_input', {}),
  url_text_input: typed('url_text_input', {}),
  ...unlooked('number_input', 'file_input', 'rich_text_input'),
};
