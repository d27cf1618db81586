import { html } from 'htm/preact';
import { Avatar } from './avatar.js';
import { formatTime } from './clock.js';

/** @typedef {import('../state.ts').PageState} PageState */

/**
 * @param {{ state: PageState, isLive: boolean, chosen: string, onBecome: (personId: string) => void }} props
 */
export function TopBar({ state, isLive, chosen, onBecome }) {
  const { people } = state;
  return html`
    <header class="top-bar">
      <h1><img src="/icon.svg" alt="" /> ${state.botName} <small>the real bot, between two stand-ins</small></h1>
      <fieldset class="person-switch" role="radiogroup" aria-label="You are">
        <span class="person-switch-label" aria-hidden="true">You are</span>
        ${people.map(
          (person) => html`
            <label key=${person.id} class="person-choice" title=${`${person.timezone.replaceAll('_', ' ')}, ${formatTime(Date.now() / 1000, person.timezone)}`}>
              <input
                type="radio"
                name="person"
                checked=${person.id === chosen}
                onChange=${() => onBecome(person.id)}
              />
              <${Avatar} name=${person.name} small />
              <span>${person.name}</span>
            </label>
          `,
        )}
      </fieldset>
      <${Connection} isLive=${isLive} botConnections=${state.botConnections} />
    </header>
  `;
}

/**
 * @param {{ isLive: boolean, botConnections: number }} props
 */
function Connection({ isLive, botConnections }) {
  const [tone, text] = !isLive
    ? ['bad', 'Page is reconnecting…']
    : botConnections === 0
      ? ['bad', 'Bot is reconnecting…']
      : ['good', 'Bot is connected'];
  return html`<p class=${`connection connection-${tone}`} role="status">${text}</p>`;
}
