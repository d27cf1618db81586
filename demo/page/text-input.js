import { html } from 'htm/preact';
import { useEffect, useRef, useState } from 'preact/hooks';

/**
 * @typedef {{ id: string, labelId: string, describedBy: string | undefined, invalid: boolean, required: boolean }} InputAria
 */

/**
 * What is typed lives here, not in the state from the server: a live update while typing can neither take a letter away nor move
 * the caret. The server's value is taken over only when it comes from elsewhere (the same person in a second window).
 *
 * @param {{ aria: InputAria, element: any, filled: string, onFill: (readValue: () => string) => Promise<unknown> }} props
 */
export function TextInput({ aria, element, filled, onFill }) {
  const [text, setText] = useState(filled);
  const typed = useRef(filled);
  const underWay = useRef(0);
  const waiting = useRef(false);
  const field = useRef(/** @type {HTMLTextAreaElement | HTMLInputElement | null} */ (null));

  useEffect(() => {
    if (underWay.current > 0 || document.activeElement === field.current) return;
    typed.current = filled;
    setText(filled);
  }, [filled]);

  const change = async (/** @type {string} */ next) => {
    typed.current = next;
    setText(next);
    if (waiting.current) return;
    // One word at a time is under way and one waits; the waiting one reads the newest text when its turn comes.
    waiting.current = true;
    underWay.current += 1;
    await onFill(() => {
      waiting.current = false;
      return typed.current;
    });
    underWay.current -= 1;
  };

  const shared = {
    ref: field,
    id: aria.id,
    class: 'text-input',
    placeholder: element.placeholder?.text,
    maxlength: element.max_length,
    spellcheck: false,
    autocomplete: 'off',
    'aria-describedby': aria.describedBy,
    'aria-invalid': aria.invalid,
    'aria-required': aria.required,
    value: text,
    onInput: (/** @type {InputEvent & { currentTarget: HTMLInputElement | HTMLTextAreaElement }} */ event) =>
      change(event.currentTarget.value),
  };
  return element.multiline
    ? html`<textarea rows="4" ...${shared} />`
    : html`<input type="text" ...${shared} />`;
}
