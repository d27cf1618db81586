import { LIMITS } from './block-kit-limits.ts';
import { option, optionGroup, plainText } from './block-kit-objects.ts';
import { both, findingsOf, list, object, type Report } from './block-kit-schema.ts';
import { asJson, asList, type Json } from './json.ts';

/** Slack: an answer has either an `options` or an `option_groups` array. [doc]; the text is [inferred]. */
function oneKind(answer: Json, pointer: string, report: Report): void {
  const given = [answer.options, answer.option_groups].filter((options) => options != null).length;
  if (given !== 1) report('must provide exactly one of `options` and `option_groups`', pointer);
}

/** Slack: an option's value is "a unique string value". [doc] That a second one spoils the answer is [inferred]. */
function uniqueValues(answer: Json, pointer: string, report: Report): void {
  const seen = new Set<unknown>();
  const look = (options: unknown, at: string) =>
    asList(options).forEach((candidate, index) => {
      const { value } = asJson(candidate);
      if (seen.has(value)) report(`\`value\` "${value}" already exists`, `${at}/${index}/value`);
      seen.add(value);
    });
  look(answer.options, `${pointer}/options`);
  asList(answer.option_groups).forEach((group, index) => {
    look(asJson(group).options, `${pointer}/option_groups/${index}/options`);
  });
}

/** Slack: at most 100 options, or 100 groups of at most 100. [doc] */
const suggestions = both(
  both(
    object({
      options: list(option(plainText), { min: 0, max: LIMITS.options.items }),
      option_groups: list(optionGroup, { min: 0, max: LIMITS.options.groups }),
    }),
    oneKind,
  ),
  uniqueValues,
);

/** What Slack would say against the answer to a block_suggestion. */
export function checkSuggestions(answer: unknown): string[] {
  return findingsOf((report) => suggestions(answer, '', report));
}
