import { html } from 'htm/preact';
import { Avatar } from './avatar.js';

/** @typedef {import('../world.ts').SlashCommand} SlashCommand */

/**
 * The list over the composer. The focus stays in the composer, which points at the chosen command.
 *
 * @param {{ id: string, commands: readonly SlashCommand[], chosen: SlashCommand | undefined, botName: string,
 *   onChoose: (command: SlashCommand) => void }} props
 */
export function CommandMenu({ id, commands, chosen, botName, onChoose }) {
  return html`
    <div class="command-menu">
      <p class="command-menu-title">Commands <span><kbd>Tab</kbd> or <kbd>Enter</kbd> to complete</span></p>
      <div role="listbox" id=${id} aria-label="Commands">
        ${commands.map(
          (command) => html`
            <div
              key=${command.command}
              id=${`${id}-${command.command}`}
              role="option"
              aria-selected=${command === chosen}
              class="command-option"
              onMouseDown=${(/** @type {MouseEvent} */ event) => event.preventDefault()}
              onClick=${() => onChoose(command)}
            >
              <${Avatar} name=${botName} kind="app" small />
              <strong>${command.command}</strong>
              ${command.usageHint && html`<span class="usage-hint">${command.usageHint}</span>`}
              <span class="command-description">${command.description}</span>
              <span class="command-app">${botName}</span>
            </div>
          `,
        )}
      </div>
    </div>
  `;
}
