import { html } from 'htm/preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { formatPhone } from './phone-number.js';

/** @typedef {import('../../fakes/zapi/types.ts').WhatsappAccount} WhatsappAccount */

/** WhatsApp's own words, in the order of its privacy screen. */
const CHOICES = /** @type {const} */ ([
  ['ALL', 'Everyone'],
  ['CONTACTS', 'My contacts'],
  ['CONTACT_BLACKLIST', 'My contacts except…'],
  ['NONE', 'Nobody'],
]);

const FLASH_MS = 1600;

/**
 * The privacy screen of the phone, as its owner would see it.
 *
 * @param {{ account: WhatsappAccount }} props
 */
export function WhatsappPhone({ account }) {
  const changed = useFlash(settingOf(account));
  const hidden = useRef(/** @type {HTMLUListElement | null} */ (null));
  // Who was added last stands at the end.
  useEffect(() => {
    if (changed && hidden.current) hidden.current.scrollTop = hidden.current.scrollHeight;
  }, [changed]);
  const excepts = account.lastSeen === 'CONTACT_BLACKLIST';
  return html`
    <article class="phone" aria-label="WhatsApp account">
      <header class="phone-header">
        <div>
          <h2>${account.name}</h2>
          <p>${formatPhone(account.phone)}</p>
        </div>
        <p class=${account.connected ? 'phone-link' : 'phone-link phone-link-lost'}>${account.connected ? 'Connected' : 'Disconnected'}</p>
      </header>
      <div class=${changed ? 'phone-screen phone-screen-changed' : 'phone-screen'}>
        <h3 id="last-seen-title">Who can see my last seen</h3>
        <ul class="phone-choices" aria-labelledby="last-seen-title">
          ${CHOICES.map(
            ([value, words]) => html`
              <li key=${value} aria-current=${account.lastSeen === value ? 'true' : undefined}>
                <span class="phone-radio" aria-hidden="true"></span>
                <span>${words}${account.lastSeen === value && html`<span class="visually-hidden"> (set)</span>`}</span>
                ${
                  value === 'CONTACT_BLACKLIST' &&
                  excepts &&
                  html` <span class="phone-count">${account.disallowed.length} hidden</span>`
                }
              </li>
            `,
          )}
        </ul>
        <h3 id="hidden-title">
          Hidden from
          ${!excepts && account.disallowed.length > 0 && html` <small>kept for later, not used by this choice</small>`}
        </h3>
        ${
          account.disallowed.length === 0
            ? html`<p class="phone-nobody">no one</p>`
            : html`
              <ul class=${excepts ? 'phone-numbers' : 'phone-numbers phone-numbers-idle'} ref=${hidden} aria-labelledby="hidden-title">
                ${account.disallowed.map((number) => html`<${Hidden} key=${number} number=${number} name=${nameIn(account, number)} />`)}
              </ul>
            `
        }
      </div>
    </article>
  `;
}

/**
 * @param {{ number: string, name: string | undefined }} props
 */
function Hidden({ number, name }) {
  return html`<li>${name && html`<strong>${name}</strong> `}<span class="phone-digits">${formatPhone(number)}</span></li>`;
}

/**
 * What a visitor sees change.
 *
 * @param {WhatsappAccount} account
 */
export function settingOf({ lastSeen, disallowed }) {
  return JSON.stringify([lastSeen, disallowed]);
}

/**
 * As the phone's owner saved it, or as they call themselves.
 *
 * @param {WhatsappAccount} account
 * @param {string} number
 */
function nameIn({ contacts = [] }, number) {
  const contact = contacts.find(({ phone }) => phone === number);
  return contact && (contact.name ?? contact.vname ?? (contact.notify && `~${contact.notify}`));
}

/**
 * True for a moment after the value became another one; not at first sight.
 *
 * @param {string} value
 */
function useFlash(value) {
  const [flashing, setFlashing] = useState(false);
  const known = useRef(value);
  useEffect(() => {
    if (known.current === value) return undefined;
    known.current = value;
    setFlashing(true);
    const timer = setTimeout(() => setFlashing(false), FLASH_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return flashing;
}
