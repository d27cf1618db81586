import type { types } from '@slack/bolt';
import type { EndedChange, OwnNumber } from '../privacy/ports.ts';
import { auditFootnote, auditNumbers, auditTexts } from './messages.ts';

/** How a change ended, for the whole channel: numbers are masked, and `text` alone says it all. */
export function auditMessage(
  ended: EndedChange,
  own: OwnNumber | undefined,
): { text: string; blocks: types.KnownBlock[] } {
  const { headline, details, text } = auditTexts(ended, own);
  const sections = [headline, auditNumbers(ended), details].filter((part) => part !== undefined);
  return {
    text,
    blocks: [
      ...sections.map(
        (part): types.SectionBlock => ({ type: 'section', text: { type: 'mrkdwn', text: part } }),
      ),
      { type: 'context', elements: [{ type: 'mrkdwn', text: auditFootnote(ended) }] },
    ],
  };
}
