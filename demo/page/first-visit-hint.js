import { html } from 'htm/preact';
import { Icon } from './icon.js';

/**
 * @param {{ commands: readonly import('../world.ts').SlashCommand[], onDismiss: () => void }} props
 */
export function FirstVisitHint({ commands, onDismiss }) {
  const command = commands[0]?.command ?? '';
  return html`
    <aside class="first-visit" aria-label="How to begin">
      <p>
        <strong>Type <kbd>${command}</kbd> below and press <kbd>Enter</kbd>.</strong> Choose who can see last seen: the phone, beside
        or below, shows the change. <em>Things to try</em>, above, has more.
      </p>
      <button type="button" class="icon-button" aria-label="Hide this hint" onClick=${onDismiss}>
        <${Icon} name="close" />
      </button>
    </aside>
  `;
}
