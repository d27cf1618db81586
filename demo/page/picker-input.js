import { html } from 'htm/preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon } from './icon.js';
import { placeBelow } from './place-below.js';
import { PlainText } from './rich-text.js';

/**
 * @typedef {import('../../fakes/slack/types.ts').Search} Search
 * @typedef {{ text: string, value: string }} Choice
 */

/** Letters that follow one another fast are one search. */
const TYPING_PAUSE_MS = 120;

/**
 * Slack's multi_external_select: chosen people as chips, and a search whose options the app offers. An editable combobox
 * with a listbox (W3C's pattern): the focus stays in the field, which points at the active option. `tabindex="-1"` keeps it out of
 * the list, which Chromium makes a stop for Tab once it scrolls.
 *
 * @param {{ aria: import('./text-input.js').InputAria, element: any, picked: any[], search: Search | undefined,
 *   onSearch: (query: string) => Promise<boolean>, onPick: (option: string) => Promise<unknown> }} props
 */
export function PickerInput({ aria, element, picked, search, onSearch, onPick }) {
  const [query, setQuery] = useState('');
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const [chosen, togglePick] = useChosen(picked, onPick);
  const [found, ask] = useSearch(search, onSearch);
  const box = useRef(/** @type {HTMLDivElement | null} */ (null));
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  const list = useRef(/** @type {HTMLDivElement | null} */ (null));

  const listId = `${aria.id}-options`;
  const optionId = (/** @type {number} */ index) => `${aria.id}-option-${index}`;
  const isChosen = (/** @type {string} */ value) => chosen.some((choice) => choice.value === value);
  const { options } = found;
  const activeOption = open ? options[active] : undefined;

  useLayoutEffect(() => {
    if (open) placeBelow(list.current, box.current);
  });
  useEffect(() => {
    const option = activeOption && document.getElementById(optionId(active));
    option?.scrollIntoView({ block: 'nearest' });
  }, [activeOption?.value]);
  // A chip can push the field out of sight.
  useLayoutEffect(() => {
    if (document.activeElement === field.current) box.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen.length]);
  useEffect(() => {
    if (!open) return undefined;
    const place = () => placeBelow(list.current, box.current);
    const body = box.current?.closest('.modal-body');
    body?.addEventListener('scroll', place);
    window.addEventListener('resize', place);
    return () => {
      body?.removeEventListener('scroll', place);
      window.removeEventListener('resize', place);
    };
  }, [open]);

  const lookFor = (/** @type {string} */ text) => {
    if (!open) box.current?.scrollIntoView({ block: 'nearest' });
    setQuery(text);
    setActive(0);
    setOpen(true);
    ask(text);
  };
  const close = () => {
    setOpen(false);
    setQuery('');
  };
  // The list would cover the fields around it: it comes back when it is asked for.
  const toggle = (/** @type {Choice} */ { text, value }) => {
    close();
    void togglePick({ text, value });
  };
  const step = (/** @type {number} */ by) => {
    if (!open) lookFor(query);
    else if (options.length > 0) setActive((active + by + options.length) % options.length);
  };

  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    if (event.isComposing || event.metaKey || event.ctrlKey) return;
    const last = chosen.at(-1);
    if (event.key === 'ArrowDown') step(1);
    else if (event.key === 'ArrowUp') step(-1);
    else if (event.key === 'Enter') {
      if (activeOption) toggle(activeOption);
    } else if (event.key === 'Escape' && open) close();
    else if (event.key === 'Backspace' && query === '' && last) void togglePick(last);
    else return;
    event.preventDefault();
  };

  return html`
    <div class="select">
      <div
        ref=${box}
        class="picker-box"
        onMouseDown=${(/** @type {MouseEvent} */ event) => {
          if (event.target === field.current) return;
          event.preventDefault();
          field.current?.focus();
        }}
      >
        ${chosen.map(
          (choice) => html`
            <span class="picker-chip" key=${choice.value}>
              <span class="picker-chip-name"><${PlainText} text=${choice.text} /></span>
              <button type="button" class="picker-remove" tabindex="-1" aria-label=${`Remove ${choice.text}`} onClick=${() => togglePick(choice)}>
                <${Icon} name="close" />
              </button>
            </span>
          `,
        )}
        <input
          type="text"
          ref=${field}
          id=${aria.id}
          class="picker-field"
          role="combobox"
          aria-haspopup="listbox"
          aria-autocomplete="list"
          aria-expanded=${open}
          aria-controls=${listId}
          aria-activedescendant=${activeOption ? optionId(active) : undefined}
          aria-labelledby=${aria.labelId}
          aria-describedby=${[chosen.length > 0 && `${aria.id}-chosen`, aria.describedBy].filter(Boolean).join(' ') || undefined}
          aria-invalid=${aria.invalid}
          aria-required=${aria.required}
          autocomplete="off"
          spellcheck=${false}
          placeholder=${chosen.length === 0 ? element.placeholder?.text : undefined}
          value=${query}
          onInput=${(/** @type {InputEvent & { currentTarget: HTMLInputElement }} */ event) => lookFor(event.currentTarget.value)}
          onClick=${() => !open && lookFor(query)}
          onKeyDown=${onKeyDown}
          onBlur=${close}
        />
        <${Icon} name="chevron" />
      </div>
      <span class="visually-hidden" id=${`${aria.id}-chosen`}>${chosen.length > 0 && `Chosen: ${chosen.map(({ text }) => text).join(', ')}. Backspace removes the last.`}</span>
      <div class="select-list" tabindex="-1" hidden=${!open} ref=${list} onMouseDown=${(/** @type {MouseEvent} */ event) => event.preventDefault()}>
        <div role="listbox" id=${listId} aria-labelledby=${aria.labelId} aria-multiselectable="true" aria-busy=${found.isWaiting}>
          ${options.map(
            (option, index) => html`
              <div
                key=${option.value}
                id=${optionId(index)}
                role="option"
                aria-selected=${isChosen(option.value)}
                class=${index === active ? 'select-option select-option-active' : 'select-option'}
                onMouseEnter=${() => setActive(index)}
                onClick=${() => toggle(option)}
              >
                <span class="select-check">${isChosen(option.value) && html`<${Icon} name="check" />`}</span>
                <span>
                  <${PlainText} text=${option.text} />
                  ${option.description && html`<span class="select-description"><${PlainText} text=${option.description} /></span>`}
                </span>
              </div>
            `,
          )}
        </div>
        ${
          options.length === 0 &&
          html`<p class="picker-word">${found.isWaiting && html`<span class="spinner spinner-dark" aria-hidden="true"></span>`}${found.word}</p>`
        }
      </div>
      <p class="visually-hidden" role="status">${open && (options.length > 0 ? `${options.length} found` : found.word)}</p>
    </div>
  `;
}

/**
 * What is chosen: a pick shows at once; the server's word follows, and wins when it says something else.
 *
 * @param {any[]} picked
 * @param {(option: string) => Promise<unknown>} onPick
 * @returns {[Choice[], (choice: Choice) => Promise<void>]}
 */
function useChosen(picked, onPick) {
  /** @type {Choice[]} */
  const said = picked.map(({ text, value }) => ({ text: text?.text ?? '', value }));
  const [chosen, setChosen] = useState(said);
  const newest = useRef(said);
  const underWay = useRef(0);
  newest.current = said;

  useEffect(() => {
    if (underWay.current === 0) setChosen(said);
  }, [JSON.stringify(said)]);

  const toggle = async (/** @type {Choice} */ choice) => {
    setChosen((now) => {
      const without = now.filter(({ value }) => value !== choice.value);
      return without.length < now.length ? without : [...now, choice];
    });
    underWay.current += 1;
    const isTaken = await onPick(choice.value);
    underWay.current -= 1;
    if (isTaken === false && underWay.current === 0) setChosen(newest.current);
  };
  return [chosen, toggle];
}

/**
 * Asks the app for options, a moment after the last letter; what is shown is always the answer to what was asked last.
 *
 * @param {Search | undefined} search the newest one of this field, as the server tells it
 * @param {(query: string) => Promise<boolean>} onSearch
 * @returns {[{ options: import('../../fakes/slack/types.ts').OfferedOption[], isWaiting: boolean, word: string }, (query: string) => void]}
 */
function useSearch(search, onSearch) {
  const [asked, setAsked] = useState({ query: '', isSent: false });
  const timer = useRef(/** @type {number | undefined} */ (undefined));
  useEffect(() => () => window.clearTimeout(timer.current), []);

  const ask = (/** @type {string} */ query) => {
    const asking = { query, isSent: false };
    setAsked(asking);
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(
      async () => {
        await onSearch(query);
        setAsked((now) => (now === asking ? { query, isSent: true } : now));
      },
      query === '' ? 0 : TYPING_PAUSE_MS,
    );
  };

  const isAnswered = asked.isSent && search?.query === asked.query && search.outcome !== 'waiting';
  if (!isAnswered || !search) return [{ options: [], isWaiting: true, word: 'Searching…' }, ask];
  return [{ options: search.options, isWaiting: false, word: wordFor(search) }, ask];
}

/** @param {Search} search */
function wordFor({ outcome, query }) {
  if (outcome === 'too-short') return 'Type a little more.';
  if (outcome === 'timed-out') return 'No results: the app did not answer in time.';
  if (outcome === 'failed' || outcome === 'invalid') return 'No results: the app could not be asked.';
  return query === '' ? 'Nobody to choose from.' : `No results for “${query}”.`;
}
