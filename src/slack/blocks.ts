import type { types } from '@slack/bolt';

// Block Kit, as far as this bot uses it.

export function plain(text: string): types.PlainTextElement {
  return { type: 'plain_text', text };
}

export function section(text: string, blockId?: string): types.SectionBlock {
  return { type: 'section', ...(blockId && { block_id: blockId }), text: { type: 'mrkdwn', text } };
}

export function context(text: string, blockId?: string): types.ContextBlock {
  return { type: 'context', ...(blockId && { block_id: blockId }), elements: [{ type: 'mrkdwn', text }] };
}

export function button(text: string, actionId: string, value: string): types.Button {
  return { type: 'button', action_id: actionId, text: plain(text), value };
}
