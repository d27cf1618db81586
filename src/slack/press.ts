import type { AckFn, BlockAction, ButtonAction } from '@slack/bolt';
import type { Place } from '../privacy/journal-entry.ts';
import { type SettingId, settingIds } from '../privacy/settings.ts';
import type { Flow } from './flow.ts';
import { errorFields } from './patience.ts';

/** A button was pressed in a message. */
export type Press = { body: BlockAction; action: Pick<ButtonAction, 'value'>; ack: AckFn<void> };

/** In Socket Mode an ack fails while the socket reconnects; what was asked for can be done all the same. */
export async function acknowledgePress(flow: Flow, { ack }: Pick<Press, 'ack'>): Promise<void> {
  await ack().catch((error: unknown) => flow.log.warn(errorFields(error), 'button not acknowledged'));
}

/** Where the message stands, and how to answer there. */
export function placeOf({ body }: Pick<Press, 'body'>): Place {
  return {
    channel: body.channel?.id ?? body.container.channel_id ?? '',
    replyUrl: body.response_url ?? '',
  };
}

/** What a button says of the change that it is about. Anybody can forge it: the id may be none. */
export function buttonValue(setting: SettingId, id: string): string {
  return `${setting} ${id}`;
}

export function changeOf({ action }: Pick<Press, 'action'>): { setting: SettingId; id: string } {
  const [setting, id = ''] = (action.value ?? '').split(' ');
  return { setting: settingIds.find((known) => known === setting) ?? 'last-seen', id };
}
