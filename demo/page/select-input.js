import { html } from 'htm/preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon } from './icon.js';
import { placeBelow } from './place-below.js';
import { PlainText } from './rich-text.js';

/** @typedef {{ text: { text: string }, value: string, description?: { text: string } }} Option */

const TYPEAHEAD_PAUSE_MS = 600;

/**
 * A select-only combobox (W3C's pattern): the focus stays on the button, which points at the active option, and never
 * goes into a list that scrolls (`tabindex="-1"`, as in the picker).
 *
 * @param {{ aria: import('./text-input.js').InputAria, element: any, picked: Option | undefined | null,
 *   onPick: (option: string) => Promise<unknown> }} props
 */
export function SelectInput({ aria, element, picked, onPick }) {
  /** @type {Option[]} */
  const options =
    element.options ?? element.option_groups?.flatMap((/** @type {any} */ group) => group.options) ?? [];
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState(picked?.value);
  const [active, setActive] = useState(0);
  const button = useRef(/** @type {HTMLButtonElement | null} */ (null));
  const list = useRef(/** @type {HTMLDivElement | null} */ (null));
  const typeahead = useRef({ text: '', at: 0 });

  const listId = `${aria.id}-options`;
  const optionId = (/** @type {number} */ index) => `${aria.id}-option-${index}`;
  const shown = options.find(({ value }) => value === chosen);

  // The choice shows at once; the server's word follows, and wins when it says something else.
  useEffect(() => setChosen(picked?.value), [picked?.value]);
  useLayoutEffect(() => {
    if (open) placeBelow(list.current, button.current);
  }, [open]);
  useEffect(() => {
    if (open) list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [open, active]);
  useEffect(() => {
    if (!open) return undefined;
    const close = () => setOpen(false);
    const body = button.current?.closest('.modal-body');
    body?.addEventListener('scroll', close);
    window.addEventListener('resize', close);
    return () => {
      body?.removeEventListener('scroll', close);
      window.removeEventListener('resize', close);
    };
  }, [open]);

  const openAt = (/** @type {number} */ index) => {
    setActive(Math.max(0, Math.min(index, options.length - 1)));
    setOpen(true);
  };
  const current = () =>
    Math.max(
      0,
      options.findIndex(({ value }) => value === chosen),
    );
  const pick = (/** @type {number} */ index) => {
    setOpen(false);
    const option = options[index];
    if (!option || option.value === chosen) return;
    setChosen(option.value);
    void onPick(option.value);
  };
  const isTypingAhead = () => open && Date.now() - typeahead.current.at < TYPEAHEAD_PAUSE_MS;
  const jumpTo = (/** @type {string} */ letter) => {
    const sought = (isTypingAhead() ? typeahead.current.text : '') + letter.toLowerCase();
    typeahead.current = { text: sought, at: Date.now() };
    const index = options.findIndex((option) => option.text.text.toLowerCase().startsWith(sought));
    if (index >= 0) openAt(index);
  };

  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    if (event.metaKey || event.ctrlKey) return;
    const isOpener = ['Enter', ' ', 'ArrowDown', 'ArrowUp'].includes(event.key);
    if (!open && isOpener) openAt(current());
    else if (event.key === 'Home') openAt(0);
    else if (event.key === 'End') openAt(options.length - 1);
    else if (event.key.length === 1 && (event.key !== ' ' || isTypingAhead())) jumpTo(event.key);
    else if (!open) return;
    else if (event.key === 'ArrowDown') openAt(active + 1);
    else if (event.key === 'ArrowUp') openAt(active - 1);
    else if (event.key === 'Enter' || event.key === ' ') pick(active);
    else if (event.key === 'Escape') setOpen(false);
    else {
      // Tab takes the active option along and goes on its way.
      if (event.key === 'Tab') pick(active);
      return;
    }
    event.preventDefault();
  };

  return html`
    <div class="select">
      <button
        type="button"
        ref=${button}
        id=${aria.id}
        class="select-button"
        role="combobox"
        aria-haspopup="listbox"
        aria-expanded=${open}
        aria-controls=${listId}
        aria-activedescendant=${open ? optionId(active) : undefined}
        aria-labelledby=${aria.labelId}
        aria-describedby=${aria.describedBy}
        aria-invalid=${aria.invalid}
        aria-required=${aria.required}
        onClick=${() => (open ? setOpen(false) : openAt(current()))}
        onKeyDown=${onKeyDown}
        onBlur=${() => setOpen(false)}
      >
        <span class=${shown ? 'select-value' : 'select-value select-placeholder'}>
          <${PlainText} text=${shown?.text.text ?? element.placeholder?.text ?? 'Select an option'} />
        </span>
        <${Icon} name="chevron" />
      </button>
      <div
        class="select-list"
        role="listbox"
        id=${listId}
        aria-labelledby=${aria.labelId}
        tabindex="-1"
        hidden=${!open}
        ref=${list}
        onMouseDown=${(/** @type {MouseEvent} */ event) => event.preventDefault()}
      >
        ${options.map(
          (option, index) => html`
            <div
              key=${option.value}
              id=${optionId(index)}
              role="option"
              aria-selected=${option.value === chosen}
              class=${index === active ? 'select-option select-option-active' : 'select-option'}
              onMouseEnter=${() => setActive(index)}
              onClick=${() => pick(index)}
            >
              <span class="select-check">${option.value === chosen && html`<${Icon} name="check" />`}</span>
              <span>
                <${PlainText} text=${option.text.text} />
                ${option.description && html`<span class="select-description"><${PlainText} text=${option.description.text} /></span>`}
              </span>
            </div>
          `,
        )}
      </div>
    </div>
  `;
}
