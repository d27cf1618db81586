import { html } from 'htm/preact';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { CommandMenu } from './command-menu.js';
import { mayTakeFocus } from './focus.js';
import { Icon } from './icon.js';

/** @typedef {import('../world.ts').SlashCommand} SlashCommand */

/** Half-written messages by person and channel, so that looking elsewhere loses nothing. @type {Map<string, string>} */
const drafts = new Map();

/**
 * @param {{ draftKey: string, name: string, commands: readonly SlashCommand[], botName: string,
 *   onSend: (text: string) => Promise<boolean> }} props
 */
export function Composer({ draftKey, name, commands, botName, onSend }) {
  const [text, setText] = useState(() => drafts.get(draftKey) ?? '');
  const [chosen, setChosen] = useState(0);
  const [menuDismissed, setMenuDismissed] = useState(false);
  const field = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  const menuId = useId();

  const matching = /^\/\S*$/.test(text) ? commands.filter(({ command }) => command.startsWith(text)) : [];
  const menuOpen = matching.length > 0 && !menuDismissed;
  const chosenCommand = matching[Math.min(chosen, matching.length - 1)];

  useEffect(() => {
    if (mayTakeFocus()) field.current?.focus({ preventScroll: true });
  }, []);
  useLayoutEffect(() => growToContent(field.current), [text]);

  const change = (/** @type {string} */ next) => {
    setText(next);
    setChosen(0);
    setMenuDismissed(false);
    drafts.set(draftKey, next);
  };
  const complete = (/** @type {SlashCommand | undefined} */ command) => {
    if (command) change(command.usageHint ? `${command.command} ` : command.command);
    setMenuDismissed(true);
    field.current?.focus();
  };
  const sendNow = async () => {
    const message = text.trim();
    if (!message) return;
    change('');
    const sent = await onSend(message);
    // What could not be sent comes back, unless something else was begun meanwhile.
    if (!sent && !drafts.get(draftKey)) change(text);
  };

  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    if (event.isComposing) return;
    if (menuOpen && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setChosen((chosen + step + matching.length) % matching.length);
    } else if (menuOpen && event.key === 'Escape') {
      event.preventDefault();
      setMenuDismissed(true);
    } else if (menuOpen && (event.key === 'Tab' || event.key === 'Enter') && !event.shiftKey) {
      event.preventDefault();
      if (event.key === 'Enter' && text === chosenCommand?.command) void sendNow();
      else complete(chosenCommand);
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void sendNow();
    }
  };

  return html`
    <div class="composer">
      ${menuOpen && html`<${CommandMenu} id=${menuId} commands=${matching} chosen=${chosenCommand} botName=${botName} onChoose=${complete} />`}
      <div class="composer-box">
        <textarea
          ref=${field}
          rows="1"
          aria-label=${name}
          placeholder=${name}
          aria-autocomplete="list"
          aria-controls=${menuOpen ? menuId : undefined}
          aria-activedescendant=${menuOpen && chosenCommand ? `${menuId}-${chosenCommand.command}` : undefined}
          spellcheck=${false}
          autocomplete="off"
          value=${text}
          onInput=${(/** @type {InputEvent & { currentTarget: HTMLTextAreaElement }} */ event) => change(event.currentTarget.value)}
          onKeyDown=${onKeyDown}
        />
        <div class="composer-foot">
          <span class="composer-keys"><kbd>/</kbd> commands · <kbd>Shift</kbd> <kbd>Enter</kbd> new line</span>
          <button type="button" class="send-button" aria-label="Send" disabled=${text.trim() === ''} onClick=${sendNow}><${Icon} name="send" /></button>
        </div>
      </div>
    </div>
  `;
}

/** @param {HTMLTextAreaElement | null} field */
function growToContent(field) {
  if (!field) return;
  field.style.height = 'auto';
  field.style.height = `${field.scrollHeight}px`;
}
