import type { Deliver } from './delivery.ts';
import { asJson, asList, asString, type Json } from './json.ts';
import type { Payloads } from './payloads.ts';
import type { ResponseUrls } from './response-urls.ts';
import type { Triggers } from './triggers.ts';
import type { UserSeed } from './types.ts';
import type { Views } from './views.ts';
import type { Workspace } from './workspace.ts';

/** One person's client, and what it needs of Slack. */
export type Client = {
  user: UserSeed;
  workspace: Workspace;
  views: Views;
  triggers: Triggers;
  payloads: Payloads;
  responseUrls: ResponseUrls;
  deliver: Deliver;
  announce: () => void;
};

/** What a pressed button says in `actions`. */
function buttonAction(blockId: string, button: Json): Json {
  const { type, action_id, text, value, style } = button;
  return {
    type,
    block_id: blockId,
    action_id,
    text,
    ...(value !== undefined && { value }),
    ...(style !== undefined && { style }),
  };
}

/** The action of the button with this id, wherever in the blocks it stands. */
export function pressedButton(blocks: readonly unknown[], actionId: string): Json {
  const all = blocks.map(asJson).flatMap((block) => [block, ...asList(block.child_blocks).map(asJson)]);
  for (const block of all) {
    const elements = [block.accessory, ...asList(block.elements)].map(asJson);
    const button = elements.find(({ type, action_id: id }) => type === 'button' && id === actionId);
    if (button) return buttonAction(asString(block.block_id), button);
  }
  throw new Error(`there is no button ${actionId}`);
}
