import type { AckFn, BlockAction, ButtonAction } from '@slack/bolt';
import type { Asker } from '../privacy/access.ts';
import type { Place } from '../privacy/journal-entry.ts';
import { type SettingId, settingIds } from '../privacy/settings.ts';
import type { Asked } from './asked.ts';
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

/** Who pressed it, and where. */
export function askerOf({ body }: Pick<Press, 'body'>): Asker {
  return { id: body.user.id, channel: placeOf({ body }).channel, pressed: true };
}

/** What a button says of the change, and of the number, that it is about. Anybody can forge it: there may be none such. */
export function buttonValue(setting: SettingId, id: string, on?: string): string {
  return [setting, id, ...(on === undefined ? [] : [on])].join(' ');
}

export function changeOf({ action }: Pick<Press, 'action'>) {
  const [setting, id = '', ...on] = (action.value ?? '').split(' ');
  return {
    setting: settingIds.find((known) => known === setting) ?? 'last-seen',
    id,
    on: on.length > 0 ? on.join(' ') : undefined,
  };
}

export function askedBy({ body, action }: Pick<Press, 'body' | 'action'>): Asked {
  const { setting, on } = changeOf({ action });
  return { setting, on, asker: askerOf({ body }), replyUrl: placeOf({ body }).replyUrl };
}
