import { checkSuggestions } from './block-kit-suggestions.ts';
import type { Client } from './client.ts';
import { inputIn, topView } from './client-form.ts';
import type { Answer } from './delivery.ts';
import { keyOf, optionsOf } from './inputs.ts';
import { asJson, asList, asString, type Json } from './json.ts';
import type { OfferedOption, Person, Search } from './types.ts';

/** Slack: an external select asks from the third character on, unless min_query_length says otherwise. [doc] */
const MIN_QUERY_LENGTH = 3;

/** The options of an answer as the menu lists them. */
function menuOf(answer: Json): OfferedOption[] {
  const listed = (holder: Json, group?: string) =>
    asList(holder.options)
      .map(asJson)
      .map(({ text, value, description }) => ({
        text: asString(asJson(text).text),
        value: asString(value),
        ...(description != null && { description: asString(asJson(description).text) }),
        ...(group !== undefined && { group }),
      }));
  const grouped = asList(answer.option_groups)
    .map(asJson)
    .flatMap((group) => listed(group, asString(asJson(group.label).text)));
  return [...listed(answer), ...grouped];
}

/** Slack: an answer that is late, missing or wrong leaves the menu empty. [thread] java-slack-sdk#1204 */
function judge(answer: Answer): Pick<Search, 'outcome' | 'options' | 'findings'> {
  if (answer.kind === 'failed') {
    const outcome = answer.error === 'operation_timeout' ? 'timed-out' : 'failed';
    return { outcome, options: [], findings: [] };
  }
  const findings = checkSuggestions(answer.payload);
  if (findings.length > 0) return { outcome: 'invalid', options: [], findings };
  return { outcome: 'offered', options: menuOf(asJson(answer.payload)), findings };
}

/** The part of the client that searches in external selects. */
export function createSearchClient(client: Client): Pick<Person, 'searches'> {
  const { user, payloads, deliver, announce } = client;

  return {
    searches: async (blockId, actionId, query) => {
      const view = topView(client);
      const input = inputIn(view, blockId, actionId);
      if (!/external_select$/.test(asString(input.element.type)))
        throw new Error(`${keyOf(input)} can't be searched`);
      const show = (search: Search): Search => {
        view.search = search;
        announce();
        return search;
      };
      const asked = { blockId, actionId, query, options: [], findings: [] };
      view.offered.delete(keyOf(input));
      // Slack: fewer characters than min_query_length send nothing. [doc]
      if (query.length < Number(input.element.min_query_length ?? MIN_QUERY_LENGTH))
        return show({ ...asked, outcome: 'too-short' }).options;
      const waiting = show({ ...asked, outcome: 'waiting' });
      const answer = await deliver(payloads.suggestion(view, user, { blockId, actionId, query }));
      const search: Search = { ...asked, ...judge(answer) };
      // The menu shows what was asked last. [inferred]
      if (view.search === waiting) {
        if (answer.kind === 'answered' && search.outcome === 'offered')
          view.offered.set(keyOf(input), optionsOf(asJson(answer.payload)));
        show(search);
      }
      return search.options;
    },
  };
}
