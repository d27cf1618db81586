import { html } from 'htm/preact';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from './icon.js';

/**
 * What this demo can show, for whoever looks; over the messages, closed with Esc.
 *
 * @param {{ command: string, onClose: () => void }} props
 */
export function ThingsToTry({ command, onClose }) {
  const panel = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => panel.current?.focus(), []);
  return html`
    <aside
      class="try"
      aria-label="Things to try"
      tabindex="-1"
      ref=${panel}
      onKeyDown=${(/** @type {KeyboardEvent} */ event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        onClose();
      }}
    >
      <button type="button" class="icon-button" aria-label="Hide the things to try" onClick=${onClose}><${Icon} name="close" /></button>
      <ol>
        <li><kbd>${command}</kbd>: choose <em>My contacts except…</em>, then search <kbd>joao</kbd> under <em>Hide from contacts</em>. Two numbers, two lists: <em>Suporte</em> has its own.</li>
        <li>Under <em>Hide from</em> type <kbd>+55 11 95555-0000</kbd>: it is not on WhatsApp. <kbd>+55 31 98877-6655</kbd> is, but without its ninth digit.</li>
        <li>In one line: <kbd>${command} nobody on vendas</kbd>, or <kbd class="kbd-long">${command} except +55 11 98888-1234 -55 21 99876-0002 on vendas</kbd>. The bot asks first when more people could see it then.</li>
        <li>Press <em>Undo</em> under a message. Type <kbd>${command} history</kbd>, <kbd>${command} status</kbd> or <kbd>${command} help</kbd>.</li>
        <li>Be <em>Davi</em>, a guest, and type <kbd>${command}</kbd>. Be <em>Eva</em>, of a partner: Slack gives her no commands, and the bot refuses her <em>Undo</em>.</li>
        <li>Let the bot speak <em>Português</em>. <kbd>${command} ninguém em vendas</kbd> works in both languages.</li>
        <li>Make something fail, such as <em>changes don’t take</em> or <em>looks up slowly</em>, and save. Kill the bot meanwhile.</li>
      </ol>
    </aside>
  `;
}
