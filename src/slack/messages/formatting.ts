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

/** Some people's name at WhatsApp is their number. */
export function namedInChannel(own: OwnNumber): string {
  return (own.name?.replace(/\D/g, '').length ?? 0) < 7 ? named(own) : '';
}

export function named({ name }: OwnNumber): string {
  return name ? ` (${escaped(clipped(name))})` : '';
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
