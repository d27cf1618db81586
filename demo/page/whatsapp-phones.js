import { html } from 'htm/preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Tabs } from './tabs.js';
import { settingOf, WhatsappPhone } from './whatsapp-phone.js';

/**
 * The team's phones, one at a time; the one that was changed last comes forward by itself.
 *
 * @param {{ numbers: import('../state.ts').PageNumber[] }} props
 */
export function WhatsappPhones({ numbers }) {
  const [chosen, choose] = useState(numbers[0]?.name ?? '');
  const settings = numbers.map(({ account }) => settingOf(account));
  const known = useRef(settings);
  useEffect(() => {
    const changed = numbers.find((_, at) => known.current[at] !== settings[at]);
    known.current = settings;
    if (changed) choose(changed.name);
  }, [settings.join()]);

  const number = numbers.find(({ name }) => name === chosen) ?? numbers[0];
  if (!number) return null;
  return html`
    <section class="phones" aria-label="WhatsApp accounts">
      <${Tabs}
        idPrefix="phone"
        label="WhatsApp number"
        tabs=${numbers.map(({ name, label, account }) => ({ id: name, text: label, mark: html`<span class=${account.connected ? 'phone-link' : 'phone-link phone-link-lost'}></span>` }))}
        chosen=${number.name}
        onChoose=${choose}
      />
      <div role="tabpanel" id="phone-panel" aria-labelledby=${`phone-${number.name}`}>
        <${WhatsappPhone} key=${number.name} account=${number.account} />
      </div>
    </section>
  `;
}
