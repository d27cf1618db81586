import type { AckFn, RespondArguments, SlashCommand } from '@slack/bolt';
import type { SettingId } from '../privacy/settings.ts';
import type { Flow } from './flow.ts';
import type { Form } from './form-memory.ts';
import { formDidNotOpen, helpText, notUnderstood, restarting } from './messages.ts';
import { renderForm } from './modal.ts';
import { errorFields, mayBeDone, passes, slackErrorOf } from './patience.ts';
import { completeForm, surroundings } from './refresh-form.ts';
import { postToReplyUrl } from './reply-url.ts';

type CommandArguments = { command: SlashCommand; ack: AckFn<string | RespondArguments> };

/** Answers the slash command: opens the form, or helps with words. */
export async function answerCommand(
  flow: Flow,
  setting: SettingId,
  { command, ack }: CommandArguments,
): Promise<void> {
  const words = String(command.text ?? '').trim();
  const say = (text: string) => ack({ response_type: 'ephemeral', text });
  if (words.toLowerCase() === 'help') return say(helpText(setting));
  if (words !== '') return say(notUnderstood(setting, words));
  if (flow.isStopping()) return say(restarting);
  // In Socket Mode an ack fails while the socket reconnects; the form can be opened all the same.
  const acknowledged = ack().catch((error: unknown) =>
    flow.log.warn(errorFields(error), 'command not acknowledged'),
  );
  await openForm(flow, setting, command);
  await acknowledged;
}

/** Nothing is awaited before `views.open`: Slack takes a trigger for three seconds, and only once. */
async function openForm(flow: Flow, setting: SettingId, command: SlashCommand): Promise<void> {
  const place = { channel: command.channel_id, replyUrl: command.response_url };
  const form: Form = { setting, place, visibility: undefined, hide: '', showAgain: '' };
  const opened = await openView(flow, setting, command, renderForm(form, surroundings(flow)));
  if (opened) await completeForm(flow, form, { shown: opened, isLatest: flow.forms.opened(opened.viewId) });
}

async function openView(
  flow: Flow,
  setting: SettingId,
  command: SlashCommand,
  view: ReturnType<typeof renderForm>,
) {
  const open = () => flow.client.views.open({ trigger_id: command.trigger_id, view });
  try {
    // Once more after a lost connection: if the first one arrived after all, its trigger is used up and nothing happens.
    const opened = await open().catch((error: unknown) => {
      if (passes(error)) return open();
      throw error;
    });
    return opened.view?.id ? { viewId: opened.view.id, hash: opened.view.hash } : undefined;
  } catch (error) {
    const code = slackErrorOf(error);
    // The same command delivered twice: the form is open already.
    if (code === 'exchanged_trigger_id') return undefined;
    flow.log.warn(errorFields(error), 'form not opened');
    const reason = code === 'expired_trigger_id' ? 'too-late' : mayBeDone(error) ? 'lost' : 'refused';
    await postToReplyUrl(command.response_url, {
      response_type: 'ephemeral',
      text: formDidNotOpen(setting, reason),
    });
    return undefined;
  }
}
