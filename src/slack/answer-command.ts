import type { AckFn, RespondArguments, SlashCommand } from '@slack/bolt';
import type { SettingId } from '../privacy/settings.ts';
import type { Flow } from './flow.ts';
import { openForm } from './open-form.ts';
import { errorFields } from './patience.ts';
import { showChange, showHistory } from './show-history.ts';
import { showStatus } from './show-status.ts';

type CommandArguments = { command: SlashCommand; ack: AckFn<string | RespondArguments> };

/** What people type after the command: the words of every language are understood, whichever the bot speaks. */
const commandWords: Record<string, 'help' | 'status' | 'history'> = {
  help: 'help',
  ajuda: 'help',
  status: 'status',
  history: 'history',
  histórico: 'history',
  historico: 'history',
};

const wordAndId = /^(\S+)(?:\s+`?(\w{1,40})`?)?$/;

/** Answers the slash command: opens the form, or answers with words. */
export async function answerCommand(
  flow: Flow,
  setting: SettingId,
  { command, ack }: CommandArguments,
): Promise<void> {
  const typed = String(command.text ?? '').trim();
  const { helpText, notUnderstood, restarting } = flow.messages.command;
  const say = (text: string) => ack({ response_type: 'ephemeral', text });
  // In Socket Mode an ack fails while the socket reconnects; what was asked for can be shown all the same.
  const answered = (work: Promise<void>) => {
    const acknowledged = ack().catch((error: unknown) =>
      flow.log.warn(errorFields(error), 'command not acknowledged'),
    );
    return Promise.all([acknowledged, work]).then(() => undefined);
  };
  const { response_url: replyUrl } = command;
  if (typed === '') return flow.isStopping() ? say(restarting) : answered(openForm(flow, setting, command));
  // An accent can come as a character of its own.
  const [, word = '', id] = wordAndId.exec(typed.normalize('NFC').toLowerCase()) ?? [];
  const asked = Object.hasOwn(commandWords, word) ? commandWords[word] : undefined;
  if (asked === 'history' && id) return answered(showChange(flow, id, replyUrl));
  if (asked === 'history') return answered(showHistory(flow, setting, { replyUrl }));
  if (asked === 'status' && !id) return answered(showStatus(flow, setting, replyUrl));
  if (asked === 'help' && !id) return say(helpText(setting));
  return say(notUnderstood(setting, typed));
}
