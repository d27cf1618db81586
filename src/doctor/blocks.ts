import type { Config } from '../config.ts';
import { messagesIn } from '../slack/messages/messages-in.ts';
import { askSlack, slackDidNotAnswer } from './ask-slack.ts';
import { exampleMessages } from './example-messages.ts';
import { exampleViews } from './example-views.ts';
import { type Finding, notChecked, ok, toDo } from './finding.ts';

const name = 'slack-blocks';
const atOnce = 6;
/** Slack's words are about our own examples; they are cut all the same. */
const longestReason = 150;

type Example = { what: string; fields: Record<string, string> };

/**
 * Has Slack look at one of each view and message that the bot shows. Nobody sees them, and no token is sent
 * (https://docs.slack.dev/reference/methods/blocks.validate).
 */
export async function checkBlocks({ slack, locale }: Config): Promise<Finding[]> {
  const examples = examplesIn(locale);
  const waiting = [...examples];
  const problems: string[] = [];
  let taken = 0;
  let unanswered: string | undefined;
  let isSilent = false;
  const askOne = async ({ what, fields }: Example) => {
    const answer = await askSlack(slack.apiUrl, 'blocks.validate', { fields });
    if (answer.kind === 'no-answer') {
      isSilent = true;
      unanswered ??= answer.why;
    } else if (answer.ok) taken += 1;
    else if (reasonIn(answer.body)) problems.push(`${what} (${reasonIn(answer.body)})`);
    else unanswered ??= answer.error || 'no reason';
  };
  const askOn = async () => {
    // Where one gets no answer, the next would get none either.
    for (let next = waiting.shift(); next && unanswered === undefined; next = waiting.shift())
      await askOne(next);
  };
  await Promise.all(Array.from({ length: atOnce }, askOn));
  if (problems.length > 0)
    return [
      toDo(
        name,
        `Slack does not take ${problems.slice(0, 3).join('; ')}${problems.length > 3 ? `; and ${problems.length - 3} more` : ''}.`,
        "Please tell whoever looks after the bot: Slack's rules have changed, or the bot breaks one.",
      ),
    ];
  if (unanswered !== undefined && isSilent && taken === 0) return [slackDidNotAnswer(name, unanswered)];
  if (unanswered !== undefined)
    return [
      notChecked(
        name,
        `Slack did not say whether it takes the bot's forms and messages (${unanswered})${taken > 0 ? `, but for ${taken} of ${examples.length}, which it takes` : ''}.`,
      ),
    ];
  return [ok(name, `Slack takes all ${taken} kinds of forms and messages that the bot shows.`)];
}

/** Every example, as the method takes it: a view, or a message with its text. */
function examplesIn(locale: Config['locale']): Example[] {
  const messages = messagesIn(locale);
  return [
    ...exampleViews(messages).map(([what, view]) => ({ what, fields: { view: JSON.stringify(view) } })),
    ...exampleMessages(messages).map(([what, { text, blocks }]) => ({
      what,
      fields: { message: JSON.stringify({ text, blocks }) },
    })),
  ];
}

/** The first of Slack's reasons; undefined where the answer is none about the example. */
function reasonIn({ errors }: Record<string, unknown>): string | undefined {
  if (!Array.isArray(errors) || errors.length === 0) return undefined;
  const { message, pointer } = { message: 'no reason given', pointer: '', ...errors[0] };
  return `${pointer} ${message}`
    .replace(/[^\x20-\x7e]/g, ' ')
    .trim()
    .slice(0, longestReason);
}
