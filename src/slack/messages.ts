import { type ChangeProblem, longestText, type Visibility } from '../privacy/change.ts';
import type { EndedChange, FailureKind, JournalEntry, Outcome } from '../privacy/journal-entry.ts';
import { alreadySo } from '../privacy/list-changes.ts';
import { formatPhone, maskPhone } from '../privacy/phone.ts';
import type { OwnNumber } from '../privacy/ports.ts';
import { type SettingId, settings } from '../privacy/settings.ts';

// Every sentence that the bot says. One sentence says what happened, the next what to do; whether the setting changed is
// always said. Texts are mrkdwn unless their name says plain; what people or gateways wrote is escaped.

/** WhatsApp's own names. */
export const visibilityNames: Record<Visibility, string> = {
  everyone: 'Everyone',
  contacts: 'My contacts',
  'contacts-except': 'My contacts except…',
  nobody: 'Nobody',
};

/** Plain texts of the form. */
export const formWords = {
  title: (setting: SettingId) => capitalized(settings[setting].name),
  question: (setting: SettingId) => `Who can see ${settings[setting].name}`,
  now: 'Now:',
  choose: 'Choose who can see it',
  hide: 'Hide from',
  hideHint: 'People added to the list. One number a line, with its country code.',
  hideHintWithCountry: 'People added to the list. One number a line.',
  showAgain: 'Show again to',
  showAgainHint: 'People taken off the list.',
  numbersPlaceholder: '+55 11 91234-5678',
  save: 'Save',
  saveAgain: 'Save again',
  saveAnyway: 'Save anyway',
  cancel: 'Cancel',
  close: 'Close',
};

export const formHints = [
  "Whoever hides last seen can't see the last seen of others.",
  'Hiding last seen does not hide when the number is *online*.',
  'Each WhatsApp privacy setting has a list of its own.',
];

export function changesNumber(own: OwnNumber | undefined): string {
  return own
    ? `Changes *${escaped(formatPhone(own.phone))}*${named(own)} for the whole team.`
    : 'Changes your WhatsApp number for the whole team.';
}

/** Numbers in full: only for the form, which one person sees. */
export function hiddenNow(entries: readonly string[]): string {
  if (entries.length === 0) return 'Nobody is on the list now.';
  const shown = entries.slice(0, 30).map(hiddenEntry);
  // What is neither a number nor a usual id can be long; Slack takes 3,000 characters.
  while (shown.join(', ').length > 2_800) shown.pop();
  const more = entries.length > shown.length ? `, and ${entries.length - shown.length} more` : '';
  return `*On the list now (${entries.length.toLocaleString('en')}):* ${shown.join(', ')}${more}`;
}
export const readingHiddenNow = 'Reading who is on the list now…';
export const hiddenNowUnavailable =
  "Z-API can't say right now who is on the list. You can still save changes.";
export const saving =
  ':hourglass_flowing_sand: *Saving…* You may close this window: the outcome is posted for your team.';

/** Where the form stays open after a success. `elsewhere`: the channel that is told, if it is not the person's own. */
export function savedText(
  { setting, visibility }: { setting: SettingId; visibility: Visibility },
  elsewhere: string | undefined,
): string {
  const now = visibility ? ` ${formWords.question(setting)}: *${visibilityNames[visibility]}*` : '';
  return `:white_check_mark: *Saved.*${now}\n${elsewhere ? `The message for your team goes to <#${elsewhere}>.` : 'The message for your team is on its way.'}`;
}

/** Stands above the fields. The submit button has other words then: pressing it again is another decision. */
export type Notice = { text: string; submit: string };

export function secondLook(phones: readonly string[]): Notice {
  const list = phones.slice(0, 20).map(formatPhone).join(', ');
  const more = phones.length > 20 ? ` and ${phones.length - 20} more` : '';
  const what =
    phones.length === 1
      ? `${list} is not in a range of numbers known for its country. Nothing was changed yet. Correct it, or press *${formWords.saveAnyway}* if it is right.`
      : `${list}${more} are not in ranges of numbers known for their countries. Nothing was changed yet. Correct them, or press *${formWords.saveAnyway}* if they are right.`;
  return { text: `:eyes: *Please look again:* ${what}`, submit: formWords.saveAnyway };
}

/** Plain text under a field. */
export function fieldError(setting: SettingId, problems: readonly ChangeProblem[]): string {
  const sentences = problems.slice(0, 10).map((problem) => problemSentence(setting, problem));
  if (problems.length > 10) sentences.push(`And ${problems.length - 10} more.`);
  return sentences.join('\n');
}

function problemSentence(setting: SettingId, problem: ChangeProblem): string {
  switch (problem.kind) {
    case 'not-chosen':
      return `Choose who can see ${settings[setting].name}.`;
    case 'not-a-phone':
      return `Line ${problem.line}: “${clipped(problem.typed)}” is not a phone number with its country code.`;
    case 'repeated':
      return `Line ${problem.line}: “${clipped(problem.typed)}” is the same number as in line ${problem.firstLine}${problem.otherSpelling ? ' (with and without the ninth digit)' : ''}.`;
    case 'in-both':
      return `Line ${problem.line}: “${clipped(problem.typed)}” is in “${formWords.hide}” too, in line ${problem.otherLine}. Keep it in one of the two.`;
    case 'too-long':
      return `This is longer than ${longestText.toLocaleString('en')} characters. Save some of the numbers first, then the rest.`;
  }
}

export const nobodyExcepted = `Nobody is hidden yet. Type at least one number to hide, or choose ${visibilityNames.contacts}.`;

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
    happened: 'Another change was made first, so nothing was undone.',
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

export function failureNotice(outcome: Unsuccessful): Notice {
  const headline = outcome.kind === 'unknown' ? ':warning: *Perhaps not saved.*' : ':x: *Not saved.*';
  return { text: `${headline} ${failureText(outcome)}`, submit: formWords.saveAgain };
}

/** How each outcome looks at a glance, and what the person did. */
export const verdicts: Record<Outcome['kind'], { sign: string; verdict: string; did: string }> = {
  applied: { sign: ':white_check_mark:', verdict: 'changed', did: 'set' },
  failed: { sign: ':x:', verdict: 'not changed', did: 'wanted to set' },
  unknown: { sign: ':warning:', verdict: 'perhaps not changed', did: 'wanted to set' },
  expired: { sign: ':hourglass:', verdict: 'not changed', did: 'wanted to set' },
};

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
      `*${isDone ? 'Newly hidden from' : 'To hide from'} ${hide.length}:* ${listed(hide, format, most)}`,
    showAgain.length > 0 &&
      `*${isDone ? 'Shown again to' : 'To show again to'} ${showAgain.length}:* ${listed(showAgain, format, most)}`,
    already.length > 0 && `*Already so for ${already.length}:* ${listed(already, format, most)}`,
    numbersErased &&
      `Numbers to hide from: ${named.hide}, to show again to: ${named.showAgain}. The numbers themselves were erased after a while.`,
  ].filter((line) => line !== false);
}

/** In the reader's own time zone. */
export function timeText(at: Date): string {
  const utc = `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return `<!date^${Math.floor(at.getTime() / 1000)}^{date_short_pretty} at {time}|${utc}>`;
}

export function auditFootnote({ id, endedAt }: Pick<EndedChange, 'id' | 'endedAt'>): string {
  return `${timeText(endedAt)} · change \`${id}\``;
}

/** For the person, in a direct message, where the channel could not be told. */
export function notToldText(channel: string, auditText: string): string {
  return `I can't post in <#${channel}>, so your team was not told of this: ${auditText}\nInvite me there with \`/invite\`, or change last seen from a channel that I can post in.`;
}

/** The same where Slack's answer was lost. */
export function perhapsNotToldText(channel: string, auditText: string): string {
  return `Slack did not say whether it took my message in <#${channel}>. If it is not there, your team was not told of this: ${auditText}`;
}

export function helpText(setting: SettingId): string {
  const { command, name } = settings[setting];
  return [
    `*${command}* changes who can see the *${name}* of your team's WhatsApp number.`,
    `• \`${command}\` opens the form: choose *${Object.values(visibilityNames).join('*, *')}*. What you save is posted for the whole team.`,
    `• \`${command} status\` says what this bot last set, how many are on the list, and whether the phone is connected.`,
    `• \`${command} history\` shows the last changes, \`${command} history\` with the id of a change that one in full.`,
    `• \`${command} help\` shows this.`,
  ].join('\n');
}

export function notUnderstood(setting: SettingId, typed: string): string {
  return `I did not understand “${escaped(clipped(typed))}”. Nothing was changed.\n${helpText(setting)}`;
}

/** `lost`: Slack's answer was, so that the form may be open. */
export function formDidNotOpen(setting: SettingId, reason: 'too-late' | 'refused' | 'lost'): string {
  const { command } = settings[setting];
  const again = `Nothing was changed. Type \`${command}\` again`;
  switch (reason) {
    case 'too-late':
      return `The form did not open: Slack waited too long for it. ${again}.`;
    case 'refused':
      return `The form did not open: Slack did not take it. ${again}.`;
    case 'lost':
      return `Slack did not say whether it opened the form. ${again} if it is not there.`;
  }
}

/** What the bot itself last set; where it set nothing, or nobody knows, that is said. */
export function standing(entry: JournalEntry | undefined): string {
  if (!entry?.outcome) return '*unknown*. This bot has not set it yet, and Z-API has no way to ask.';
  const { outcome, by, endedAt = entry.acceptedAt, change } = entry;
  return outcome.kind === 'applied'
    ? `*${visibilityNames[change.visibility]}*, set here by <@${by}>, ${timeText(endedAt)}. What was changed on the phone since is not known.`
    : `*unknown*. The last change, by <@${by}>, ${timeText(endedAt)}, may or may not have been made.`;
}

/** The journal could not take a change. */
export const notRecorded =
  "The bot can't write its journal right now, so it takes no changes. Nothing was changed. Try again in a minute; if it goes on, tell whoever runs the bot.";
export const perhapsRecorded =
  "The bot's database did not say whether it took this change. If it did, the change is made and posted for your team: look there before you save again.";
export const journalUnreadable =
  "The bot can't read its journal right now. Nothing was changed. Try again in a minute; if it goes on, tell whoever runs the bot.";

export const restarting = 'The bot is restarting. Nothing was changed. Try again in a minute.';
export const unknownCommand =
  'This bot does not know that command. Nothing was changed. Try `/lastseen help`.';
export const outdatedForm =
  'This form comes from an older version of the bot. Nothing was changed. Close it and type the command again.';

export function brokenStep(reference: string): string {
  return `Something went wrong in this bot, and this step was not done. The setting was not changed by it. Try again; if it happens again, give whoever runs the bot this reference: ${reference}`;
}

function listCounts({ hide, showAgain }: EndedChange['change']): string {
  const parts = [
    hide.length > 0 && `hide from ${hide.length}`,
    showAgain.length > 0 && `show again to ${showAgain.length}`,
  ].filter(Boolean);
  return parts.length > 0 ? ` (${parts.join(', ')})` : '';
}

function listed(entries: readonly string[], format: (entry: string) => string, most: number): string {
  const shown = entries.slice(0, most).map(format).join(', ');
  return entries.length > most ? `${shown} and ${entries.length - most} more` : shown;
}

/** In full: only for one person's eyes. */
export function hiddenEntry(entry: string): string {
  return /^\d{5,15}$/.test(entry) ? formatPhone(entry) : `a private WhatsApp id (${escaped(clipped(entry))})`;
}

/** Some people's name at WhatsApp is their number. */
export function namedInChannel(own: OwnNumber): string {
  return (own.name?.replace(/\D/g, '').length ?? 0) < 7 ? named(own) : '';
}

export function named({ name }: OwnNumber): string {
  return name ? ` (${escaped(clipped(name))})` : '';
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What somebody else wrote is quoted on one line and never longer than 40 characters. */
export function clipped(text: string): string {
  const characters = [...text.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')];
  return characters.length > 40 ? `${characters.slice(0, 39).join('')}…` : characters.join('');
}

/** Slack's three control characters: https://docs.slack.dev/messaging/formatting-message-text */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
