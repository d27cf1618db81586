import { checkSuggestions } from './block-kit.ts';
import type { Client } from './client.ts';
import { sendAction, topView } from './client-form.ts';
import { afterPick } from './input-values.ts';
import { dispatchesWhileTyping, type Input, inputsOf, optionsOf } from './inputs.ts';
import { asJson, asList, asString, type Json } from './json.ts';
import type { Person } from './types.ts';
import type { View } from './views.ts';

/** Slack: an external select asks from the third character on, unless min_query_length says otherwise. [doc] */
const MIN_QUERY_LENGTH = 3;

function inputIn(view: View, blockId: string, actionId: string): Input {
  const inputs = inputsOf(asList(view.content.blocks));
  const input = inputs.find((candidate) => candidate.blockId === blockId && candidate.actionId === actionId);
  if (input) return input;
  const there = inputs.map((candidate) => `${candidate.blockId}/${candidate.actionId}`).join(', ');
  throw new Error(`the modal has no input ${blockId}/${actionId}; it has ${there || 'none'}`);
}

const keyOf = ({ blockId, actionId }: Input) => `${blockId}/${actionId}`;

/** The part of the client that fills in a modal's inputs. */
export function createInputClient(client: Client): Pick<Person, 'fills' | 'picks' | 'searches'> {
  const { user, payloads, deliver, announce } = client;

  /** Changes an input's value. Returns what `actions` says of it. */
  const change = (view: View, { blockId, actionId }: Input, next: (before: Json) => Json): Json => {
    const block = view.values[blockId] ?? {};
    const value = next(asJson(block[actionId]));
    view.values[blockId] = { ...block, [actionId]: value };
    announce();
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
      const chosen = asList(asJson(view.values[blockId]?.[actionId]).selected_options).map(asJson);
      const options = [...optionsOf(input.element), ...(view.offered.get(keyOf(input)) ?? []), ...chosen];
      const option = options.find(({ value }) => value === optionValue);
      if (!option) {
        const there = options.map(({ value }) => value).join(', ');
        throw new Error(`${keyOf(input)} has no option ${optionValue}; it has ${there || 'none'}`);
      }
      const action = change(view, input, (before) => afterPick(input, before, option));
      if (input.dispatches) await sendAction(client, view, action);
    },
    searches: async (blockId, actionId, query) => {
      const view = topView(client);
      const input = inputIn(view, blockId, actionId);
      if (!/external_select$/.test(asString(input.element.type)))
        throw new Error(`${keyOf(input)} can't be searched`);
      if (query.length < Number(input.element.min_query_length ?? MIN_QUERY_LENGTH)) return [];
      const answer = await deliver(payloads.suggestion(view, user, { blockId, actionId, query }));
      // Slack: at most 100 options, in 3 s. [doc] Anything else shows none. [inferred]
      const isValid = answer.kind === 'answered' && checkSuggestions(answer.payload).length === 0;
      const options = isValid ? optionsOf(asJson(answer.payload)) : [];
      view.offered.set(keyOf(input), options);
      return options.map((option) => ({
        text: asString(asJson(option.text).text),
        value: asString(option.value),
      }));
    },
  };
}
