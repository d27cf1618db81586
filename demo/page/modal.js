import { html } from 'htm/preact';
import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { createQueue } from './actions.js';
import { Blocks } from './blocks.js';
import { mayTakeFocus, useFocusAfterwards, useFocusTrap } from './focus.js';
import { Icon } from './icon.js';
import { InputBlock } from './input-block.js';

/**
 * @typedef {import('../../fakes/slack/types.ts').OpenModal} OpenModal
 * @typedef {import('../actions.ts').Action} Action
 */

/**
 * @param {{ modal: OpenModal, viewer: string, act: (action: Action) => Promise<boolean> }} props
 */
export function Modal({ modal, viewer, act }) {
  const dialog = useRef(/** @type {HTMLFormElement | null} */ (null));
  const titleId = useId();
  const queue = useMemo(createQueue, []);
  const closed = useRef(false);
  // What was still to be sent when the form was closed is of no interest any more.
  const inOrder = (/** @type {() => Promise<unknown>} */ task) =>
    queue(async () => (closed.current ? undefined : task()));
  const [sending, setSending] = useState(false);
  const submitting = sending || modal.submitting;

  const close = async () => {
    closed.current = true;
    closed.current = await act({ do: 'close', as: viewer });
  };
  useFocusTrap(dialog, close);
  useFocusAfterwards(() => document.querySelector('.composer textarea'));

  const submit = async () => {
    if (submitting || !modal.submit) return;
    setSending(true);
    await inOrder(() => act({ do: 'submit', as: viewer }));
    setSending(false);
  };
  const press = (/** @type {string} */ actionId) =>
    inOrder(() => act({ do: 'press-in-modal', as: viewer, actionId }));

  useEffect(() => {
    if (mayTakeFocus()) focusFirstInput(dialog.current);
  }, []);
  useFocusOnErrors(dialog, modal.errors, submitting);
  // An update of the view may take away the input that had the focus; the keyboard must not fall out of the dialog.
  useLayoutEffect(() => {
    if (document.activeElement === document.body) focusFirstInput(dialog.current);
  });

  const renderInput = (/** @type {any} */ block) => {
    const actionId = block.element?.action_id;
    const { search } = modal;
    const isSearched = search?.blockId === block.block_id && search?.actionId === actionId;
    return html`
      <${InputBlock}
        key=${`${block.block_id}/${actionId}`}
        block=${block}
        value=${modal.values[block.block_id]?.[actionId]}
        error=${modal.errors[block.block_id]}
        search=${isSearched ? search : undefined}
        onFill=${(/** @type {() => string} */ readValue) =>
          inOrder(() =>
            act({ do: 'fill', as: viewer, blockId: block.block_id, actionId, value: readValue() }),
          )}
        onPick=${(/** @type {string} */ option) =>
          inOrder(() => act({ do: 'pick', as: viewer, blockId: block.block_id, actionId, option }))}
        onSearch=${(/** @type {string} */ query) => act({ do: 'search', as: viewer, blockId: block.block_id, actionId, query })}
      />
    `;
  };

  return html`
    <div class="overlay">
      <form
        class="modal"
        role="dialog"
        aria-modal="true"
        aria-labelledby=${titleId}
        aria-busy=${submitting}
        tabindex="-1"
        novalidate
        ref=${dialog}
        onSubmit=${(/** @type {SubmitEvent} */ event) => {
          event.preventDefault();
          void submit();
        }}
        onKeyDown=${(/** @type {KeyboardEvent} */ event) => {
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void submit();
        }}
      >
        <header class="modal-header">
          <h2 id=${titleId}>${modal.title}</h2>
          <button type="button" class="icon-button" aria-label="Close dialog" onClick=${close}><${Icon} name="close" /></button>
        </header>
        ${modal.notice && html`<p class="modal-notice" role="alert"><${Icon} name="alert" /> ${modal.notice}</p>`}
        <div class="modal-body">
          <${Blocks} blocks=${modal.blocks} onPress=${press} renderInput=${renderInput} />
        </div>
        <footer class="modal-footer">
          <button type="button" class="button button-plain" onClick=${close}>${modal.close ?? 'Close'}</button>
          ${
            modal.submit &&
            html`
              <button type="submit" class="button button-primary" aria-disabled=${submitting}>
                ${submitting && html`<span class="spinner" aria-hidden="true"></span>`}
                ${modal.submit}
              </button>
            `
          }
        </footer>
        <p class="visually-hidden" role="status">${submitting ? 'Sending…' : ''}</p>
      </form>
    </div>
  `;
}

/** @param {HTMLElement | null} dialog */
function focusFirstInput(dialog) {
  const first = dialog?.querySelector('.modal-body :is([role="combobox"], textarea, input)');
  if (first instanceof HTMLElement) first.focus();
  else dialog?.focus();
}

/**
 * Once a submission has come back with errors, the first wrong input has the focus, and what is wrong with it is in sight.
 *
 * @param {{ current: HTMLElement | null }} dialog
 * @param {Record<string, string>} errors
 * @param {boolean} submitting
 */
function useFocusOnErrors(dialog, errors, submitting) {
  const hasErrors = Object.keys(errors).length > 0;
  const awaited = useRef(false);
  if (submitting) awaited.current = true;
  useEffect(() => {
    if (submitting || !awaited.current || !hasErrors) return;
    awaited.current = false;
    const first = dialog.current?.querySelector('[aria-invalid="true"]');
    if (!(first instanceof HTMLElement)) return;
    first.focus();
    // What is wrong stands under the input, and must be in sight even where the whole block is too high.
    const block = first.closest('.input-block');
    block?.scrollIntoView({ block: 'nearest' });
    block?.querySelector('.input-error')?.scrollIntoView({ block: 'nearest' });
  }, [submitting, hasErrors]);
}
