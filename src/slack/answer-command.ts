import type { AckFn, RespondArguments, SlashCommand } from '@slack/bolt';
import type { SettingId } from '../privacy/settings.ts';
import { freshMs } from './admission.ts';
import { changeByLine } from './change-by-line.ts';
import { readWords } from './command-words.ts';
import type { Flow } from './flow.ts';
import { openForm } from './open-form.ts';
import { errorFields } from './patience.ts';
import { showChange, showHistory } from './show-history.ts';
import { showStatus } from './show-status.ts';

type CommandArguments = { command: SlashCommand; ack: AckFn<string | RespondArguments> };

/** Answers the slash command: opens the form, makes a change, or answers with words. */
export async function answerCommand(
  flow: Flow,
  setting: SettingId,
  { command, ack }: CommandArguments,
): Promise<void> {
  const text = String(command.text ?? '').trim();
  const said = readWords(text, flow.defaultCountry);
  const { helpText, notUnderstood, restarting } = flow.messages.command;
  const say = (sentence: string) => ack({ response_type: 'ephemeral', text: sentence });
  // In Socket Mode an ack fails while the socket reconnects; what was asked for can be shown all the same.
  const answered = (work: Promise<void>) => {
    const acknowledged = ack().catch((error: unknown) =>
      flow.log.warn(errorFields(error), 'command not acknowledged'),
    );
    return Promise.all([acknowledged, work]).then(() => undefined);
  };
  const asked = {
    setting,
    asker: { id: command.user_id, channel: command.channel_id },
    replyUrl: command.response_url,
    on: said.on,
  };
  switch (said.kind) {
    case 'form':
      if (flow.isStopping()) return say(restarting);
      // A form with one number has no select to choose another one in.
      return answered(
        openForm(flow, setting, { command, on: flow.numbers.length > 1 ? said.on : undefined }),
      );
    case 'status':
      return answered(showStatus(flow, asked));
    case 'history':
      return answered(said.id ? showChange(flow, said.id, asked) : showHistory(flow, asked));
    case 'change':
      if (flow.isStopping()) return say(restarting);
      return answered(changeByLine(flow, { ...asked, text, submissionId: command.trigger_id }));
    case 'help':
      return say(helpText(setting, numbersToName(flow, asked.asker)));
    case 'not-understood':
      return say(notUnderstood(setting, text, numbersToName(flow, asked.asker)));
  }
}

/** How the person can name their numbers; nothing where that has to be asked for, or there is one. */
function numbersToName(flow: Flow, asker: { id: string; channel: string }): string[] {
  const admission = flow.admissions.known(asker);
  if (!admission?.ok) {
    // So that it is known the next time.
    void flow.admissions.ask(asker, { maxAgeMs: freshMs });
    return [];
  }
  return flow.numbers.length > 1 ? admission.numbers.map(({ name }) => name) : [];
}
