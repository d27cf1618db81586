import { html } from 'htm/preact';
import { Avatar } from './avatar.js';
import { Blocks } from './blocks.js';
import { formatTime, formatTimeWithSeconds } from './clock.js';
import { Icon } from './icon.js';
import { Mrkdwn } from './rich-text.js';

/**
 * @param {{ message: import('../state.ts').PageMessage, timeZone: string, continues: boolean,
 *   onPress: (actionId: string) => Promise<unknown> }} props
 */
export function Message({ message, timeZone, continues, onPress }) {
  const { author, blocks, text, onlyVisibleToYou } = message;
  const seconds = Number(message.ts);
  const time = formatTime(seconds, timeZone);
  const classes = ['message'];
  if (continues) classes.push('message-continues');
  if (onlyVisibleToYou) classes.push('message-ephemeral');

  return html`
    <article class=${classes.join(' ')} aria-label=${`${author.name}, ${time}`}>
      ${continues ? html`<span class="message-side-time">${time.replace(/\s?[AP]M/, '')}</span>` : html`<${Avatar} name=${author.name} kind=${author.kind} />`}
      <div class="message-content">
        ${onlyVisibleToYou && html`<p class="only-you"><${Icon} name="eye" /> Only visible to you</p>`}
        ${
          !continues &&
          html`
            <p class="message-head">
              <strong>${author.name}</strong>${' '}
              ${author.kind === 'app' && html`<span class="app-badge">App</span> `}
              <time datetime=${new Date(seconds * 1000).toISOString()} title=${formatTimeWithSeconds(seconds, timeZone)}>${time}</time>
            </p>
          `
        }
        ${
          blocks.length > 0
            ? html`<${Blocks} blocks=${blocks} onPress=${onPress} />`
            : html`<div class="block-text"><${Mrkdwn} text=${text} /></div>`
        }
      </div>
    </article>
  `;
}
