import { html } from 'htm/preact';
import { Avatar } from './avatar.js';
import { formatTime } from './clock.js';

/**
 * @typedef {import('../state.ts').PageState} PageState
 * @typedef {import('../state.ts').PagePerson} PagePerson
 * @typedef {import('../actions.ts').Action} Action
 */

/**
 * @param {{ state: PageState, isLive: boolean, chosen: string, onBecome: (personId: string) => void,
 *   act: (action: Action) => Promise<boolean> }} props
 */
export function TopBar({ state, isLive, chosen, onBecome, act }) {
  return html`
    <header class="top-bar">
      <h1><img src="/icon.svg" alt="" /> ${state.botName} <span class="tagline">the real bot, between two stand-ins</span></h1>
      <fieldset class="switch-row person-switch" role="radiogroup" aria-label="You are">
        <span class="switch-label" aria-hidden="true">You are</span>
        ${state.people.map((person) => html`<${PersonChoice} key=${person.id} person=${person} isChosen=${person.id === chosen} onBecome=${onBecome} />`)}
      </fieldset>
      <fieldset class="switch-row" role="radiogroup" aria-label="The bot speaks" title="Starts the bot again in this language (LOCALE). Its journal is kept, and this page stays English.">
        <span class="switch-label" aria-hidden="true">Bot speaks</span>
        ${LANGUAGES.map(
          ([locale, name, lang]) => html`
            <label key=${locale} class="switch-choice">
              <input
                type="radio"
                name="language"
                checked=${locale === state.locale}
                onChange=${() => act({ do: 'set-locale', locale })}
              />
              <span lang=${lang}>${name}</span>
            </label>
          `,
        )}
      </fieldset>
      <${Connection} isLive=${isLive} botConnections=${state.botConnections} />
    </header>
  `;
}

const LANGUAGES = /** @type {const} */ ([
  ['en', 'English', 'en'],
  ['pt-BR', 'Português', 'pt'],
]);

const KINDS = /** @type {const} */ ({
  member: ['', 'member of the workspace'],
  guest: ['guest', 'guest: the bot refuses guests'],
  outsider: ['partner', 'of another organisation, here through Slack Connect: the bot refuses them'],
});

/**
 * @param {{ person: PagePerson, isChosen: boolean, onBecome: (personId: string) => void }} props
 */
function PersonChoice({ person: { id, name, timezone, kind }, isChosen, onBecome }) {
  const [mark, explanation] = KINDS[kind];
  return html`
    <label class="switch-choice person-choice" title=${`${name}: ${explanation}. Slack shows times by each reader's clock; theirs is ${clockOf(timezone)}.`}>
      <input type="radio" name="person" aria-label=${name} checked=${isChosen} onChange=${() => onBecome(id)} />
      <${Avatar} name=${name} small />
      <span>${name.split(' ')[0]}${mark && html` <small>${mark}</small>`}</span>
    </label>
  `;
}

/**
 * Such as “São Paulo time, 12:43 PM”.
 *
 * @param {string} timezone
 */
export function clockOf(timezone) {
  const city = timezone.split('/').at(-1)?.replaceAll('_', ' ').replace('Sao', 'São');
  return `${city} time, ${formatTime(Date.now() / 1000, timezone)}`;
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
