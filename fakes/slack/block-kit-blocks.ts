import { ACCESSORIES, ACTIONS_ELEMENTS, image } from './block-kit-elements.ts';
import { INPUT_ELEMENTS } from './block-kit-inputs.ts';
import { LIMITS } from './block-kit-limits.ts';
import { anyText, plainText } from './block-kit-objects.ts';
import {
  anything,
  boolean,
  both,
  byType,
  type Check,
  list,
  notLookedInto,
  object,
  oneOf,
  type Report,
  type Required,
  required,
  string,
} from './block-kit-schema.ts';
import { asJson, asList, type Json } from './json.ts';

const block = (type: string, shape: Record<string, Check | Required>): Check =>
  object({ type: required(oneOf(type)), block_id: string({ max: LIMITS.blockId }), ...shape });

/** Slack: "`action_id` "x" already exists". [thread] Unique within its block. [doc] */
function uniqueActionIds(value: Json, pointer: string, report: Report): void {
  const seen = new Set<unknown>();
  asList(value.elements).forEach((element, index) => {
    const id = asJson(element).action_id;
    if (id === undefined) return;
    if (seen.has(id))
      report(`\`action_id\` "${id}" already exists`, `${pointer}/elements/${index}/action_id`);
    seen.add(id);
  });
}

const section = both(
  block('section', {
    text: anyText(LIMITS.section.text),
    fields: list(anyText(LIMITS.section.field), { max: LIMITS.section.fields }),
    accessory: byType(ACCESSORIES),
    expand: boolean,
  }),
  (value, pointer, report) => {
    // Slack: a section has text or fields. [doc]; the text is [thread].
    if (value.text == null && value.fields == null) report('must define either `text` or `fields`', pointer);
  },
);

const table = block('table', {
  rows: required(list(list(notLookedInto, { max: LIMITS.table.columns }), { max: LIMITS.table.rows })),
  column_settings: list(anything, { min: 0, max: LIMITS.table.columns }),
});

const imageBlock = block('image', {
  alt_text: required(string({ max: LIMITS.image.altText })),
  image_url: string({ max: LIMITS.image.url }),
  slack_file: notLookedInto,
  title: plainText(LIMITS.image.title),
});

/** Blocks that views and messages share. */
const SHARED: Record<string, Check> = {
  actions: both(
    block('actions', { elements: required(list(byType(ACTIONS_ELEMENTS), { max: LIMITS.actions })) }),
    uniqueActionIds,
  ),
  context: block('context', {
    elements: required(
      list(
        byType({ image, plain_text: anyText(LIMITS.section.text), mrkdwn: anyText(LIMITS.section.text) }),
        {
          max: LIMITS.context,
        },
      ),
    ),
  }),
  divider: block('divider', {}),
  header: block('header', { text: required(plainText(LIMITS.header)) }),
  image: imageBlock,
  rich_text: notLookedInto,
  section,
  video: notLookedInto,
};

/** Slack: the blocks a modal takes; `alert` only there. [doc] */
export const MODAL_BLOCKS: Record<string, Check> = {
  ...SHARED,
  alert: block('alert', {
    text: required(anyText(LIMITS.alert)),
    level: oneOf('default', 'info', 'warning', 'error', 'success'),
  }),
  input: block('input', {
    label: required(plainText(LIMITS.input.label)),
    hint: plainText(LIMITS.input.hint),
    element: required(byType(INPUT_ELEMENTS)),
    optional: boolean,
    dispatch_action: boolean,
  }),
};

/** Slack: the blocks a message takes. [doc]; that `input` is refused: [thread] python-slack-sdk#1257. */
export const MESSAGE_BLOCKS: Record<string, Check> = {
  ...SHARED,
  card: notLookedInto,
  carousel: notLookedInto,
  container: notLookedInto,
  context_actions: notLookedInto,
  data_table: notLookedInto,
  file: notLookedInto,
  markdown: block('markdown', { text: required(string({ max: LIMITS.markdown })) }),
  plan: notLookedInto,
  table,
  task_card: notLookedInto,
};
