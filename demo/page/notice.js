import { html } from 'htm/preact';
import { Icon } from './icon.js';

/**
 * @param {{ text: string, onClose: () => void }} props
 */
export function Notice({ text, onClose }) {
  return html`
    <div class="notice" role="alert">
      <span>${text}</span>
      <button type="button" class="icon-button" aria-label="Dismiss" onClick=${onClose}>
        <${Icon} name="close" />
      </button>
    </div>
  `;
}
