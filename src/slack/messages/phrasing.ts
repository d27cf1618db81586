import type { Visibility } from '../../privacy/change.ts';
import { formatPhone } from '../../privacy/phone.ts';
import type { OwnNumber } from '../../privacy/ports.ts';

// How things are written, in every message. Mrkdwn; what people or gateways wrote is escaped.

/** WhatsApp's own names. */
export const visibilityNames: Record<Visibility, string> = {
  everyone: 'Everyone',
  contacts: 'My contacts',
  'contacts-except': 'My contacts except…',
  nobody: 'Nobody',
};

/** In the reader's own time zone. */
export function timeText(at: Date): string {
  const utc = `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return `<!date^${Math.floor(at.getTime() / 1000)}^{date_short_pretty} at {time}|${utc}>`;
}

export function listed(entries: readonly string[], format: (entry: string) => string, most: number): string {
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
