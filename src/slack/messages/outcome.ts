import type { FailureKind, JournalEntry, Outcome } from '../../privacy/journal-entry.ts';
import { alreadySo } from '../../privacy/list-changes.ts';
import { listed, lowerFirst } from './phrasing.ts';

// How a change ended: what happened, whether the setting changed, what to do next.

export const phonePath = 'Settings → Privacy → Last seen and online';

/** What happened, and what to do next. Whether the setting changed is said between the two, by `failureText`. */
const failures: Record<FailureKind, { happened: string; next: string }> = {
  credentials: {
    happened: "Z-API did not accept this bot's tokens.",
    next: 'Ask whoever runs the bot to check ZAPI_CLIENT_TOKEN and ZAPI_INSTANCE_TOKEN against the Z-API panel.',
  },
  'instance-not-found': {
    happened: 'Z-API does not know the instance that this bot is set up for.',
    next: 'Ask whoever runs the bot to check ZAPI_INSTANCE_ID and ZAPI_INSTANCE_TOKEN against the Z-API panel.',
  },
  'subscription-lapsed': {
    happened: 'The Z-API subscription of this number has ended.',
    next: 'Renew it in the Z-API panel, then save again.',
  },
  disconnected: {
    happened: 'The phone of this number is not connected to Z-API.',
    next: 'Open the instance in the Z-API panel, connect the phone with the QR code, then save again.',
  },
  'address-not-allowed': {
    happened: "Z-API does not take requests from this bot's network address.",
    next: 'Ask whoever runs the bot to add the address to the allow-list in the Z-API panel.',
  },
  refused: {
    happened: 'Z-API refused the change and gave no reason.',
    next: `Try again in a minute. If it is refused again and again, it may not be your fault: now and then WhatsApp changes something that breaks this for everyone. Meanwhile change it on the phone (${phonePath}).`,
  },
  'invalid-phone': {
    happened: 'Z-API did not accept one of the numbers.',
    next: 'Check the numbers with their country codes, then save again.',
  },
  'wrong-request': {
    happened: "Z-API did not understand this bot's request. That is the bot's fault, not yours.",
    next: `Tell whoever runs the bot, and change it on the phone meanwhile (${phonePath}).`,
  },
  'rate-limited': {
    happened: 'Z-API is getting too many requests right now.',
    next: 'Wait a minute, then save again.',
  },
  unavailable: {
    happened: 'Z-API is not available right now.',
    next: 'Try again in a few minutes.',
  },
  timeout: {
    happened: 'Z-API did not answer in time.',
    next: 'Save again in a few minutes.',
  },
  'unexpected-reply': {
    happened: 'Z-API answered something that this bot does not understand.',
    next: 'Try again in a few minutes; if it happens again, tell whoever runs the bot.',
  },
  interrupted: {
    happened: 'The bot was stopped while it made this change.',
    next: 'Save it again.',
  },
  overtaken: {
    happened: 'Another change came first, and was made or may have been, so nothing was undone.',
    next: 'Look at what is set now, and change it if it should be different.',
  },
};

export type Unsuccessful = Exclude<Outcome, { kind: 'applied' }>;

/** Three parts: what happened, whether the setting changed, what to do next. */
export function failureText(outcome: Unsuccessful): string {
  if (outcome.kind === 'expired')
    return 'This change had to wait for too long, and was not made any more. The setting was not changed. If it is still wanted, save it again.';
  const { happened, next } = failures[outcome.failure];
  if (outcome.kind === 'failed') return `${happened} The setting was not changed. ${next}`;
  const list = outcome.notOnTheList ? ': the list was read again, and does not show it so far' : '';
  return `${happened} It is not known whether the setting was changed${list}${list ? '. Look' : ': look'} on the phone (${phonePath}). If it was not, ${lowerFirst(next)}`;
}

/** What happened, in one sentence. */
export function failureInShort(outcome: Unsuccessful): string {
  return outcome.kind === 'expired' ? 'It had to wait for too long.' : failures[outcome.failure].happened;
}

/** How each outcome looks at a glance, and what the person did. */
export const verdicts: Record<Outcome['kind'], { sign: string; verdict: string; did: string }> = {
  applied: { sign: ':white_check_mark:', verdict: 'changed', did: 'set' },
  failed: { sign: ':x:', verdict: 'not changed', did: 'wanted to set' },
  unknown: { sign: ':warning:', verdict: 'perhaps not changed', did: 'wanted to set' },
  expired: { sign: ':hourglass:', verdict: 'not changed', did: 'wanted to set' },
};

/** What a change did to the list, or was to do: a line for each way, and one for what was so before. */
export function listLines(
  { change, outcome, realChanges, named, numbersErased }: JournalEntry,
  format: (entry: string) => string,
  most = 20,
): string[] {
  const isDone = outcome?.kind === 'applied';
  const { hide, showAgain } = (isDone && realChanges) || change;
  const already = isDone && realChanges ? alreadySo(change, realChanges) : [];
  return [
    hide.length > 0 &&
      `*${isDone ? (realChanges ? 'Newly hidden from' : 'Hidden from') : 'To hide from'} ${hide.length}:* ${listed(hide, format, most)}`,
    showAgain.length > 0 &&
      `*${isDone ? 'Shown again to' : 'To show again to'} ${showAgain.length}:* ${listed(showAgain, format, most)}`,
    already.length > 0 && `*Already so for ${already.length}:* ${listed(already, format, most)}`,
    numbersErased &&
      `Numbers to hide from: ${named.hide}, to show again to: ${named.showAgain}. The numbers themselves were erased after a while.`,
  ].filter((line) => line !== false);
}
