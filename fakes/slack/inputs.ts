import { asJson, asList, asString, isJson, type Json } from './json.ts';

/** How an element keeps its value in Slack's state. */
export type InputKind = 'text' | 'one' | 'many';

export const KINDS: Readonly<Record<string, InputKind>> = Object.freeze({
  plain_text_input: 'text',
  email_text_input: 'text',
  url_text_input: 'text',
  static_select: 'one',
  external_select: 'one',
  radio_buttons: 'one',
  multi_static_select: 'many',
  multi_external_select: 'many',
  checkboxes: 'many',
});

/** An element of a view that holds a value. */
export type Input = {
  blockId: string;
  actionId: string;
  kind: InputKind;
  element: Json;
  /** In an input block, that is with a label, an error under it, and required unless `optional`. */
  inInputBlock: boolean;
  optional: boolean;
  /** Slack: elements outside input blocks always tell the app, those inside only with `dispatch_action`. [doc] */
  dispatches: boolean;
};

/** One string for an input's place in its view. */
export const keyOf = ({ blockId, actionId }: Pick<Input, 'blockId' | 'actionId'>) => `${blockId}/${actionId}`;

function inputOf(block: Json, element: unknown): Input[] {
  if (!isJson(element)) return [];
  const kind = KINDS[asString(element.type)];
  if (!kind) return [];
  const inInputBlock = block.type === 'input';
  return [
    {
      blockId: asString(block.block_id),
      actionId: asString(element.action_id),
      kind,
      element,
      inInputBlock,
      optional: !inInputBlock || block.optional === true,
      dispatches: !inInputBlock || block.dispatch_action === true,
    },
  ];
}

/** Slack: state holds input blocks and the stateful elements of sections and actions. [doc] */
export function inputsOf(blocks: readonly unknown[]): Input[] {
  return blocks
    .map(asJson)
    .flatMap((block) =>
      [block.element, block.accessory, ...asList(block.elements)].flatMap((element) =>
        inputOf(block, element),
      ),
    );
}

export function optionsOf(element: Json): Json[] {
  const grouped = asList(element.option_groups).flatMap((group) => asList(asJson(group).options));
  return [...asList(element.options), ...grouped].map(asJson);
}

/** Slack: text inputs tell the app on Enter, unless `on_character_entered` is asked for. [doc] */
export function dispatchesWhileTyping({ dispatches, element }: Input): boolean {
  const triggers = asList(asJson(element.dispatch_action_config).trigger_actions_on);
  return dispatches && triggers.includes('on_character_entered');
}
