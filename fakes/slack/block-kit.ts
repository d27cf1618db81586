import { randomBytes } from 'node:crypto';
import { MESSAGE_BLOCKS, MODAL_BLOCKS } from './block-kit-blocks.ts';
import { LIMITS } from './block-kit-limits.ts';
import { plainText } from './block-kit-objects.ts';
import {
  boolean,
  byType,
  type Check,
  findingsOf,
  list,
  object,
  oneOf,
  required,
  string,
} from './block-kit-schema.ts';
import { asJson, asList, isJson, type Json } from './json.ts';

const viewShape = object({
  type: required(oneOf('modal')),
  title: required(plainText(LIMITS.view.title)),
  blocks: required(list(byType(MODAL_BLOCKS), { min: 0, max: LIMITS.view.blocks })),
  submit: plainText(LIMITS.view.submit),
  close: plainText(LIMITS.view.close),
  private_metadata: string({ min: 0, max: LIMITS.view.privateMetadata }),
  callback_id: string({ min: 0, max: LIMITS.view.callbackId }),
  external_id: string({ min: 0, max: LIMITS.view.callbackId }),
  clear_on_close: boolean,
  notify_on_close: boolean,
  submit_disabled: boolean,
});

const messageBlocks = list(byType(MESSAGE_BLOCKS), { min: 0, max: LIMITS.message.blocks });

/** Slack: "`block_id` must be unique" in a view or message. [doc]; the text follows action_id's. [inferred] */
const uniqueBlockIds: Check = (blocks, pointer, report) => {
  const seen = new Set<unknown>();
  asList(blocks).forEach((block, index) => {
    const id = asJson(block).block_id;
    if (id === undefined) return;
    if (seen.has(id)) report(`\`block_id\` "${id}" already exists`, `${pointer}/${index}/block_id`);
    seen.add(id);
  });
};

/** What Slack would say against a modal, as `text [json-pointer:…]`; nothing when it takes it. */
export function checkView(view: unknown): string[] {
  return findingsOf((report) => {
    viewShape(view, '/view', report);
    if (!isJson(view)) return;
    uniqueBlockIds(view.blocks, '/view/blocks', report);
    if (view.submit != null) return;
    asList(view.blocks).forEach((block, index) => {
      if (asJson(block).type !== 'input') return;
      report('must define `submit` to use an `input` block in modals', `/view/blocks/${index}/input`); // [thread]
    });
  });
}

/** What Slack would say against a message's blocks. */
export function checkMessageBlocks(blocks: unknown): string[] {
  return findingsOf((report) => {
    messageBlocks(blocks, '/blocks', report);
    uniqueBlockIds(blocks, '/blocks', report);
    const tables = asList(blocks).filter((block) => asJson(block).type === 'table').length;
    if (tables > LIMITS.message.tables) report('only one table allowed', '/blocks'); // [inferred] text
  });
}

/** Slack: 250 kB a view. [doc] */
export function isTooLarge(view: unknown): boolean {
  return Buffer.byteLength(JSON.stringify(view)) > LIMITS.view.bytes;
}

/** Slack: blocks and elements without an id get one, a new one each time. [doc] */
export function withIds(blocks: readonly unknown[]): Json[] {
  const id = () => randomBytes(4).toString('base64url');
  const INTERACTIVE = /select|input$|button|checkboxes|overflow|picker/;
  const named = (element: unknown): unknown =>
    isJson(element) && INTERACTIVE.test(String(element.type)) ? { action_id: id(), ...element } : element;
  return blocks.map(asJson).map((block) => ({
    block_id: id(),
    ...block,
    ...(isJson(block.element) && { element: named(block.element) }),
    ...(isJson(block.accessory) && { accessory: named(block.accessory) }),
    ...(block.type === 'actions' && { elements: asList(block.elements).map(named) }),
  }));
}
