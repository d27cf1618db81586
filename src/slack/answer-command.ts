import type { AckFn, RespondArguments, SlashCommand } from '@slack/bolt';
import type { SettingId } from '../privacy/settings.ts';
import type { Flow } from './flow.ts';
import { helpText, notUnderstood, restarting } from './messages/command.ts';
import { openForm } from './open-form.ts';
import { errorFields } from './patience.ts';
import { showChange, showHistory } from './show-history.ts';
import { showStatus } from './show-status.ts';

type CommandArguments = { command: SlashCommand; ack: AckFn<string | RespondArguments> };

const changeId = /^history\s+`?(\w{1,40})`?$/;

/** Answers the slash command: opens the form, or answers with words. */
export async function answerCommand(
  flow: Flow,
  setting: SettingId,
  { command, ack }: CommandArguments,
): Promise<void> {
  const words = String(command.text ?? '').trim();
  const said = words.toLowerCase();
  const say = (text: string) => ack({ response_type: 'ephemeral', text });
  // In Socket Mode an ack fails while the socket reconnects; what was asked for can be shown all the same.
  const answered = (work: Promise<void>) => {
    const acknowledged = ack().catch((error: unknown) =>
      flow.log.warn(errorFields(error), 'command not acknowledged'),
    );
    return Promise.all([acknowledged, work]).then(() => undefined);
  };
  const { response_url: replyUrl } = command;
  if (said === 'help') return say(helpText(setting));
  if (said === 'status') return answered(showStatus(flow, setting, replyUrl));
  if (said === 'history') return answered(showHistory(flow, setting, { replyUrl }));
  const [, id] = changeId.exec(said) ?? [];
  if (id) return answered(showChange(flow, id, replyUrl));
  if (words !== '') return say(notUnderstood(setting, words));
  if (flow.isStopping()) return say(restarting);
  return answered(openForm(flow, setting, command));
}
