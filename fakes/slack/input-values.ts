import { type Input, inputsOf } from './inputs.ts';
import { asJson, asList, asString, type Json } from './json.ts';

/** block_id → action_id → Slack's state value. */
export type InputValues = Record<string, Record<string, Json>>;

function initial({ element, kind }: Input): Json {
  const { type } = element;
  if (kind === 'text') return { type, value: element.initial_value ?? null };
  if (kind === 'one') return { type, selected_option: element.initial_option ?? null };
  return { type, selected_options: asList(element.initial_options) };
}

/**
 * The values of a view that has just been opened or changed. Slack: what was typed stays where block_id and
 * action_id stay [doc] and the type does [inferred]; elsewhere the initial value stands; the rest is forgotten.
 */
export function valuesFor(blocks: readonly unknown[], before: InputValues = {}): InputValues {
  const values: InputValues = {};
  for (const input of inputsOf(blocks)) {
    const kept = before[input.blockId]?.[input.actionId];
    const block = values[input.blockId] ?? {};
    block[input.actionId] = kept && kept.type === input.element.type ? kept : initial(input);
    values[input.blockId] = block;
  }
  return values;
}

function isEmpty(value: Json): boolean {
  if ('selected_options' in value) return asList(value.selected_options).length === 0;
  return (value.value ?? value.selected_option ?? '') === '';
}

function complaint({ element, optional, kind }: Input, value: Json): string | undefined {
  if (isEmpty(value)) return optional ? undefined : 'Please complete this required field.';
  if (kind !== 'text') return undefined;
  const typedLength = asString(value.value).length;
  const { min_length: min, max_length: max } = element;
  // [inferred] texts
  if (typeof max === 'number' && typedLength > max)
    return `Please shorten this to ${max} characters or fewer.`;
  if (typeof min === 'number' && typedLength < min) return `Please use at least ${min} characters.`;
  return undefined;
}

/** What Slack's own client says under each input before it sends anything, by block_id. */
export function complaints(blocks: readonly unknown[], values: InputValues): Record<string, string> {
  const found: Record<string, string> = {};
  for (const input of inputsOf(blocks).filter(({ inInputBlock }) => inInputBlock)) {
    const said = complaint(input, asJson(values[input.blockId]?.[input.actionId]));
    if (said) found[input.blockId] = said;
  }
  return found;
}

/** The value after an option was picked: it replaces a single choice, and joins or leaves a multiple one. */
export function afterPick({ kind }: Input, before: Json, option: Json): Json {
  if (kind === 'one') return { ...before, selected_option: option };
  const chosen = asList(before.selected_options).map(asJson);
  const without = chosen.filter(({ value }) => value !== option.value);
  return { ...before, selected_options: without.length < chosen.length ? without : [...chosen, option] };
}
