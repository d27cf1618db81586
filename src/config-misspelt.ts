import type { ConfigProblem } from './config-numbers.ts';
import { isOneSlipFrom } from './one-slip.ts';

/** What variables of the bot begin with that say who may. */
const beginningOfARule = /^(?:ZAPI_(?:.*_)?ALLOWED_|ALLOWED_[UCG])/;
/** What the names of rules have, and what somebody would write who takes one for another word. */
const wordOfARule = /ALLOW|USERS|GROUPS|CHANNEL|CANA(?:L|IS)|AUDIT|^ADMIN/i;

/** `general`: those of no number; `ofNumbers`: those of all or of the only one; `ofEach`: those of each of several. */
type Ours = Record<'general' | 'ofNumbers' | 'ofEach' | 'prefixes', readonly string[]>;

/**
 * The variables that are none of the bot's, and were meant to be. A rule that is misspelt, or that of a number which is not
 * named, would let everybody in. The environment is full of other names; what stands in `.env` is meant for the bot, so that
 * there less is enough.
 */
export function misspelt(
  given: { names: readonly string[]; inDotEnv: readonly string[] },
  ours: Ours,
): ConfigProblem[] {
  return given.names
    .filter((name) => ![...ours.general, ...ours.ofNumbers, ...ours.ofEach].includes(name))
    .flatMap((name) => {
      const isInDotEnv = given.inDotEnv.includes(name);
      const meant = isInDotEnv
        ? meantBy(name.toUpperCase(), [...ours.general, ...ours.ofNumbers])
        : meantBy(name, ours.ofNumbers);
      const isRule =
        beginningOfARule.test(name) ||
        ours.prefixes.some((prefix) => name.startsWith(prefix)) ||
        // What is left over of a number that is not named any more may stay.
        (isInDotEnv && isLikeARule(name) && !name.startsWith('ZAPI_'));
      return meant || isRule ? [unknown(name, meant)] : [];
    });
}

/** Whether a name sounds like that of a rule. */
export function isLikeARule(name: string): boolean {
  return wordOfARule.test(name);
}

function meantBy(word: string, candidates: readonly string[]): string | undefined {
  return candidates.find((ours) => ours === word || isOneSlipFrom(word, ours));
}

function unknown(variable: string, meant: string | undefined): ConfigProblem {
  const question = meant ? `is ${meant} meant` : 'is it misspelt';
  return { variable, expected: `this bot has no variable of that name; ${question}?` };
}
