import type { Client } from './client.ts';
import { inputIn, sendAction, topView } from './client-form.ts';
import { afterPick } from './input-values.ts';
import { dispatchesWhileTyping, type Input, keyOf, optionsOf } from './inputs.ts';
import { asJson, asList, type Json } from './json.ts';
import type { Person } from './types.ts';
import type { View } from './views.ts';

/** The options that are chosen now. */
function chosenIn(view: View, { blockId, actionId }: Input): Json[] {
  return asList(asJson(view.values[blockId]?.[actionId]).selected_options).map(asJson);
}

/** An option that the client lets a person pick: one in the menu, or one that is chosen and can leave. */
function pickable(view: View, input: Input, optionValue: string): Json {
  const chosen = chosenIn(view, input);
  const options = [...chosen, ...optionsOf(input.element), ...(view.offered.get(keyOf(input)) ?? [])];
  const option = options.find(({ value }) => value === optionValue);
  if (!option) {
    const there = options.map(({ value }) => value).join(', ');
    throw new Error(`${keyOf(input)} has no option ${optionValue}; it has ${there || 'none'}`);
  }
  // Slack: max_selected_items is how many can be selected in the menu. [doc]
  const max = Number(input.element.max_selected_items ?? Number.POSITIVE_INFINITY);
  if (input.kind === 'many' && !chosen.includes(option) && chosen.length >= max)
    throw new Error(`${keyOf(input)} takes ${max} at most`);
  return option;
}

/** The part of the client that fills in a modal's inputs. */
export function createInputClient(client: Client): Pick<Person, 'fills' | 'picks'> {
  /** Changes an input's value. Returns what `actions` says of it. */
  const change = (view: View, { blockId, actionId }: Input, next: (before: Json) => Json): Json => {
    const block = view.values[blockId] ?? {};
    const value = next(asJson(block[actionId]));
    view.values[blockId] = { ...block, [actionId]: value };
    client.announce();
    return { ...value, block_id: blockId, action_id: actionId };
  };

  return {
    fills: async (blockId, actionId, value) => {
      const view = topView(client);
      const input = inputIn(view, blockId, actionId);
      if (input.kind !== 'text')
        throw new Error(`${keyOf(input)} is a ${input.element.type}: pick, don't fill`);
      // Slack: an empty text input says null. [doc]
      const action = change(view, input, (before) => ({ ...before, value: value === '' ? null : value }));
      if (dispatchesWhileTyping(input)) await sendAction(client, view, action);
    },
    picks: async (blockId, actionId, optionValue) => {
      const view = topView(client);
      const input = inputIn(view, blockId, actionId);
      const option = pickable(view, input, optionValue);
      const action = change(view, input, (before) => afterPick(input, before, option));
      if (input.dispatches) await sendAction(client, view, action);
    },
  };
}
