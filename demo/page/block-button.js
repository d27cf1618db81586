import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { ConfirmDialog } from './confirm-dialog.js';
import { TextObject } from './rich-text.js';

/**
 * A Block Kit button; one with `confirm` asks first.
 *
 * @param {{ button: any, onPress: (actionId: string) => Promise<unknown> }} props
 */
export function Button({ button, onPress }) {
  const [asking, setAsking] = useState(false);
  const [waiting, setWaiting] = useState(false);
  const press = async () => {
    setAsking(false);
    setWaiting(true);
    await onPress(button.action_id);
    setWaiting(false);
  };
  const classes = `button button-${button.style ?? 'plain'}`;
  if (typeof button.url === 'string' && /^https?:/i.test(button.url)) {
    return html`<a class=${classes} href=${button.url} target="_blank" rel="noopener noreferrer" onClick=${press}><${TextObject} text=${button.text} /></a>`;
  }
  return html`
    <button
      type="button"
      class=${classes}
      disabled=${waiting}
      aria-label=${button.accessibility_label}
      onClick=${button.confirm ? () => setAsking(true) : press}
    >
      <${TextObject} text=${button.text} />
    </button>
    ${asking && html`<${ConfirmDialog} confirm=${button.confirm} onConfirm=${press} onDeny=${() => setAsking(false)} />`}
  `;
}
