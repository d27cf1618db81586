import { html } from 'htm/preact';

/**
 * A row of tabs; the panel of the chosen one has the id `<idPrefix>-panel`. Arrow keys go from one to the next.
 *
 * @param {{ idPrefix: string, label: string, tabs: { id: string, text: string, mark?: unknown }[], chosen: string,
 *   onChoose: (id: string) => void }} props
 */
export function Tabs({ idPrefix, label, tabs, chosen, onChoose }) {
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = tabs.findIndex(({ id }) => id === chosen);
    const next = tabs[(at + step + tabs.length) % tabs.length];
    if (!next) return;
    onChoose(next.id);
    document.getElementById(`${idPrefix}-${next.id}`)?.focus();
  };
  return html`
    <div class="tabs" role="tablist" aria-label=${label} onKeyDown=${onKeyDown}>
      ${tabs.map(
        ({ id, text, mark }) => html`
          <button
            type="button"
            key=${id}
            id=${`${idPrefix}-${id}`}
            class="tab"
            role="tab"
            aria-selected=${id === chosen}
            aria-controls=${`${idPrefix}-panel`}
            tabindex=${id === chosen ? 0 : -1}
            onClick=${() => onChoose(id)}
          >${text} ${mark}</button>
        `,
      )}
    </div>
  `;
}
