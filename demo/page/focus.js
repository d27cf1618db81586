import { useEffect } from 'preact/hooks';

const FOCUSABLE =
  'a[href], button:not([disabled]), textarea:not([disabled]), input:not([disabled]), [tabindex]:not([tabindex="-1"])';

/** Whether what appears in the Slack window may take the focus: not away from somebody who works beside that window. */
export function mayTakeFocus() {
  return document.activeElement?.closest('.top-bar, .gateway-side') == null;
}

/**
 * Gives the focus to an element when the dialog goes away.
 *
 * @param {() => Element | null | undefined} findElement
 */
export function useFocusAfterwards(findElement) {
  useEffect(
    () => () => {
      // Not before the end of this rendering: until then what lies under the dialog is inert.
      queueMicrotask(() => {
        const element = findElement();
        if (element instanceof HTMLElement && mayTakeFocus()) element.focus();
      });
    },
    [],
  );
}

/**
 * Keeps Tab inside a dialog, and hears Esc wherever the focus is.
 *
 * @param {{ current: HTMLElement | null }} dialog
 * @param {() => void} onEscape
 */
export function useFocusTrap(dialog, onEscape) {
  useEffect(() => {
    const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
      if (event.defaultPrevented || !dialog.current) return;
      // The dialog opened last hears the keys.
      if ([...document.querySelectorAll('[aria-modal="true"]')].at(-1) !== dialog.current) return;
      if (event.key === 'Escape') {
        event.preventDefault();
        onEscape();
      } else if (event.key === 'Tab') {
        keepInside(dialog.current, event);
      }
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  });
}

/**
 * @param {HTMLElement} dialog
 * @param {KeyboardEvent} event
 */
function keepInside(dialog, event) {
  const stops = [...dialog.querySelectorAll(FOCUSABLE)].filter((element) => element instanceof HTMLElement);
  const [first] = stops;
  const last = stops.at(-1);
  if (!first || !last) return;
  const active = document.activeElement;
  const isOutside = !dialog.contains(active) || active === dialog;
  if (event.shiftKey && (active === first || isOutside)) {
    event.preventDefault();
    last.focus();
  } else if (!event.shiftKey && (active === last || isOutside)) {
    event.preventDefault();
    first.focus();
  }
}
