import type { EndedChange } from '../../privacy/journal-entry.ts';
import { maskPhone } from '../../privacy/phone.ts';
import type { OwnNumber } from '../../privacy/ports.ts';
import { settings } from '../../privacy/settings.ts';
import { failureText, listLines, verdicts } from './outcome.ts';
import { capitalized, namedInChannel, timeText, visibilityNames } from './phrasing.ts';

// What the whole channel is told of a change. Phone numbers are masked.

/** The audit message in pieces; `text` is the whole of it in one plain line, for notifications and screen readers. */
export function auditTexts({ change, outcome, by, undoes }: EndedChange, own: OwnNumber | undefined) {
  const { sign, verdict, did } = verdicts[outcome.kind];
  const { name } = settings[change.setting];
  const whose = own ? `${maskPhone(own.phone)}${namedInChannel(own)}` : 'the WhatsApp number';
  const visibility = visibilityNames[change.visibility];
  // "My contacts except…" brings its own full stop.
  const stop = visibility.endsWith('…') ? '' : '.';
  const counts = listCounts(change);
  const failure = outcome.kind === 'applied' ? undefined : failureText(outcome);
  const undo = undoes && `${outcome.kind === 'applied' ? 'This undoes' : 'This was to undo'} change`;
  const sentence = `${capitalized(name)} ${verdict}: <@${by}> ${did} who can see the ${name} of ${whose} to ${visibility}${counts ? `${counts}.` : stop}`;
  return {
    headline: `${sign} *${capitalized(name)} ${verdict}.* <@${by}> ${did} who can see the ${name} of *${whose}* to *${visibility}*${stop}${undo ? ` ${undo} \`${undoes}\`.` : ''}`,
    details: failure,
    text: [sentence, undo && `${undo} ${undoes}.`, failure].filter((part) => part !== undefined).join(' '),
  };
}

/** Masked, for the channel. */
export function auditNumbers(ended: EndedChange): string | undefined {
  const lines = listLines(ended, maskPhone);
  if (lines.length > 0) return lines.join('\n');
  return ended.outcome.kind === 'applied' && ended.change.visibility === 'contacts-except'
    ? 'The list of people stays as it was.'
    : undefined;
}

export function auditFootnote({ id, endedAt }: Pick<EndedChange, 'id' | 'endedAt'>): string {
  return `${timeText(endedAt)} · change \`${id}\``;
}

/** For the person, in a direct message, where the channel could not be told. */
export function notToldText({ id, tellIn }: EndedChange, auditText: string): string {
  return `I can't post in <#${tellIn}>, so your team was not told of this: ${auditText}\nInvite me there with \`/invite\`, or change last seen from a channel that I can post in. · change \`${id}\``;
}

/** The same where Slack's answer was lost. */
export function perhapsNotToldText({ id, tellIn }: EndedChange, auditText: string): string {
  return `Slack did not say whether it took my message in <#${tellIn}>. If it is not there, your team was not told of this: ${auditText} · change \`${id}\``;
}

function listCounts({ hide, showAgain }: EndedChange['change']): string {
  const parts = [
    hide.length > 0 && `hide from ${hide.length}`,
    showAgain.length > 0 && `show again to ${showAgain.length}`,
  ].filter(Boolean);
  return parts.length > 0 ? ` (${parts.join(', ')})` : '';
}
