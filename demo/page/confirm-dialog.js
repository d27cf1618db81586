import { html } from 'htm/preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { useFocusAfterwards, useFocusTrap } from './focus.js';
import { TextObject } from './rich-text.js';

/**
 * Block Kit's confirm object: one question before a button does what it does.
 *
 * @param {{ confirm: any, onConfirm: () => void, onDeny: () => void }} props
 */
export function ConfirmDialog({ confirm, onConfirm, onDeny }) {
  const dialog = useRef(/** @type {HTMLDivElement | null} */ (null));
  const deny = useRef(/** @type {HTMLButtonElement | null} */ (null));
  const titleId = useId();
  const textId = useId();
  const asker = useRef(document.activeElement);
  useFocusTrap(dialog, onDeny);
  useFocusAfterwards(() => asker.current);
  useEffect(() => deny.current?.focus(), []);

  return html`
    <div class="overlay overlay-confirm">
      <div class="modal modal-confirm" role="alertdialog" aria-modal="true" aria-labelledby=${titleId} aria-describedby=${textId} ref=${dialog}>
        <header class="modal-header"><h2 id=${titleId}><${TextObject} text=${confirm.title} /></h2></header>
        <div class="modal-body" id=${textId}><${TextObject} text=${confirm.text} /></div>
        <footer class="modal-footer">
          <button type="button" class="button button-plain" ref=${deny} onClick=${onDeny}><${TextObject} text=${confirm.deny} /></button>
          <button type="button" class=${`button button-${confirm.style ?? 'primary'}`} onClick=${onConfirm}><${TextObject} text=${confirm.confirm} /></button>
        </footer>
      </div>
    </div>
  `;
}
