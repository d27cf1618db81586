import { z } from 'zod';
import { clearAllFaults, setFault } from './faults.ts';
import { type BotControls, locales, type World } from './world.ts';

const id = z.string().min(1).max(255);

/** What a visitor can do, as the page posts it. */
const action = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('type'), as: id, channel: id, text: z.string().min(1).max(12_000) }),
  z.strictObject({ do: z.literal('fill'), as: id, blockId: id, actionId: id, value: z.string().max(12_000) }),
  z.strictObject({ do: z.literal('pick'), as: id, blockId: id, actionId: id, option: id }),
  z.strictObject({ do: z.literal('search'), as: id, blockId: id, actionId: id, query: z.string().max(255) }),
  z.strictObject({ do: z.literal('submit'), as: id }),
  z.strictObject({ do: z.literal('close'), as: id }),
  z.strictObject({ do: z.literal('press-in-modal'), as: id, actionId: id }),
  z.strictObject({ do: z.literal('press'), as: id, channel: id, messageTs: id, actionId: id }),
  z.strictObject({ do: z.literal('set-fault'), fault: id, on: z.boolean() }),
  z.strictObject({ do: z.literal('clear-faults') }),
  z.strictObject({ do: z.literal('cut-sockets') }),
  z.strictObject({ do: z.literal('kill-bot') }),
  z.strictObject({ do: z.literal('set-locale'), locale: z.enum(locales) }),
  z.strictObject({ do: z.literal('take-few-changes'), on: z.boolean() }),
]);

export type Action = z.infer<typeof action>;

/** Reads what the page posted; undefined when it is not an action on something that exists in this world. */
export function parseAction(input: unknown, world: World): Action | undefined {
  const parsed = action.safeParse(input);
  if (!parsed.success) return undefined;
  const { data } = parsed;
  if ('as' in data && !world.slack.users.some((user) => user.id === data.as)) return undefined;
  if (data.do === 'set-fault' && !world.faultSwitches.some((known) => known.id === data.fault))
    return undefined;
  return data;
}

/** Resolves when Slack has the bot's answer, or gave up waiting for it. */
export async function perform(action: Action, world: World, bot: BotControls): Promise<void> {
  const { slack } = world;
  switch (action.do) {
    case 'type': {
      const isCommand = /^\/\S/.test(action.text);
      return slack
        .person(action.as)
        .types(action.channel, isCommand ? action.text : escapeMrkdwn(action.text));
    }
    case 'fill':
      return slack.person(action.as).fills(action.blockId, action.actionId, action.value);
    case 'pick':
      return slack.person(action.as).picks(action.blockId, action.actionId, action.option);
    case 'search':
      await slack.person(action.as).searches(action.blockId, action.actionId, action.query);
      return;
    case 'submit':
      return slack.person(action.as).submits();
    case 'close':
      return slack.person(action.as).closes();
    case 'press-in-modal':
      return slack.person(action.as).presses('modal', action.actionId);
    case 'press':
      return slack
        .person(action.as)
        .presses({ channel: action.channel, messageTs: action.messageTs }, action.actionId);
    case 'set-fault': {
      const chosen = world.faultSwitches.find(({ id }) => id === action.fault);
      if (chosen) setFault(chosen, action.on, world.faultSwitches, world);
      return;
    }
    case 'clear-faults':
      clearAllFaults(world);
      return setBot({ takesFewChanges: false }, world, bot);
    case 'cut-sockets':
      return slack.cutSockets();
    case 'kill-bot':
      return bot.kill();
    case 'set-locale':
      return setBot({ locale: action.locale }, world, bot);
    case 'take-few-changes':
      return setBot({ takesFewChanges: action.on }, world, bot);
  }
}

function setBot(changed: Partial<World['bot']>, world: World, bot: BotControls): void {
  const before = { ...world.bot };
  Object.assign(world.bot, changed);
  const isOther = before.locale !== world.bot.locale || before.takesFewChanges !== world.bot.takesFewChanges;
  if (isOther) bot.restart();
}

/** Slack escapes what a person types, so that nobody can type a mention or a link by its markup. */
function escapeMrkdwn(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
