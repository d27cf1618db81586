import type { Identity } from './identity.ts';
import { asString, type Json } from './json.ts';
import type { View } from './views.ts';

/** The view as Slack writes it in replies and payloads. */
export function viewOnWire(view: View, { appId, botId }: Identity, teamId: string): Json {
  const { content } = view;
  return {
    id: view.id,
    team_id: teamId,
    type: 'modal',
    blocks: content.blocks,
    private_metadata: asString(content.private_metadata),
    callback_id: asString(content.callback_id),
    state: { values: structuredClone(view.values) },
    hash: view.hash,
    title: content.title,
    clear_on_close: content.clear_on_close === true,
    notify_on_close: content.notify_on_close === true,
    close: content.close ?? null,
    submit: content.submit ?? null,
    previous_view_id: view.previousViewId,
    root_view_id: view.rootViewId,
    app_id: appId,
    external_id: asString(content.external_id),
    app_installed_team_id: teamId,
    bot_id: botId,
  };
}
