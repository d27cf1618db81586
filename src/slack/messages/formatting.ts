import { formatPhone, maskPhone } from '../../privacy/phone.ts';
import type { OwnNumber } from '../../privacy/ports.ts';

// How things are written in mrkdwn, in every language. What people or gateways wrote is escaped.

export function bold(text: string): string {
  return `*${text}*`;
}

export function mention(user: string): string {
  return `<@${user}>`;
}

export function linkTo(channel: string): string {
  return `<#${channel}>`;
}

/** "My contacts except…" brings its own full stop. */
export function stopAfter(text: string): string {
  return text.endsWith('…') ? '' : '.';
}

/** Joins what there is to say. */
export function joined(parts: readonly (string | false | undefined)[], between: string): string {
  return parts.filter(Boolean).join(between);
}

/** One of the team's numbers, as far as it is known: what the team calls it, and what WhatsApp says of it. */
export type NamedNumber = { label: string | undefined; own: OwnNumber | undefined };

/** For one person's eyes; undefined where nothing is known. `emphasize`: what the number is known by. */
export function numberInFull(
  { label, own }: NamedNumber,
  emphasize: (text: string) => string = (text) => text,
): string | undefined {
  const phone = own && formatPhone(own.phone);
  return withName(label === undefined ? [phone, own?.name] : [label, phone], emphasize);
}

/** For everybody's eyes: masked. Some people's name at WhatsApp is their number. */
export function numberMasked({ label, own }: NamedNumber): string | undefined {
  const phone = own && maskPhone(own.phone);
  const name = (own?.name?.replace(/\D/g, '').length ?? 0) < 7 ? own?.name : undefined;
  return withName(label === undefined ? [phone, name] : [label, phone]);
}

function withName(
  [first, second]: (string | undefined)[],
  emphasize: (text: string) => string = (text) => text,
): string | undefined {
  if (first === undefined) return undefined;
  const known = emphasize(escaped(clipped(first)));
  return second ? `${known} (${escaped(clipped(second))})` : known;
}

export function lowerFirst(text: string): string {
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
