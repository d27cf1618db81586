import { html } from 'htm/preact';
import { Icon } from './icon.js';

const COLOURS = 6;

/**
 * @param {{ name: string, kind?: 'person' | 'app' | 'slackbot', small?: boolean }} props
 */
export function Avatar({ name, kind = 'person', small = false }) {
  const classes = ['avatar', `avatar-${kind}`];
  if (small) classes.push('avatar-small');
  if (kind === 'person') classes.push(`avatar-colour-${colourOf(name)}`);
  return html`
    <span class=${classes.join(' ')} aria-hidden="true">
      ${kind === 'app' ? html`<${Icon} name="eye" />` : kind === 'slackbot' ? 'S' : initials(name)}
    </span>
  `;
}

/** @param {string} name */
function initials(name) {
  const words = name.split(' ').filter((word) => /^\p{L}/u.test(word));
  return `${words[0]?.[0] ?? ''}${words.length > 1 ? (words.at(-1)?.[0] ?? '') : ''}`;
}

/** @param {string} name */
function colourOf(name) {
  return [...name].reduce((sum, letter) => (sum * 37 + (letter.codePointAt(0) ?? 0)) % 9973, 7) % COLOURS;
}
