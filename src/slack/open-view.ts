import type { types } from '@slack/bolt';
import type { SettingId } from '../privacy/settings.ts';
import type { Flow } from './flow.ts';
import type { ShownForm } from './form-updates.ts';
import { errorFields, mayBeDone, passes, slackErrorOf } from './patience.ts';
import { postToReplyUrl } from './reply-url.ts';

/** Opens a view with the trigger of what a person did; says so to that person where it did not open. */
export async function openView(
  flow: Flow,
  setting: SettingId,
  { trigger_id, response_url, view }: { trigger_id: string; response_url: string; view: types.ModalView },
): Promise<ShownForm | undefined> {
  const open = () => flow.client.views.open({ trigger_id, view });
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
    const text = flow.messages.command.formDidNotOpen(setting, reason);
    await postToReplyUrl(response_url, { response_type: 'ephemeral', text }, { meter: flow.meter });
    return undefined;
  }
}
