import { html } from 'htm/preact';
import { useId } from 'preact/hooks';
import { Icon } from './icon.js';
import { PlainText } from './rich-text.js';
import { SelectInput } from './select-input.js';
import { TextInput } from './text-input.js';

/**
 * A label, its input, its hint and its error. The ids tie them together for screen readers.
 *
 * @param {{ block: any, value: any, error: string | undefined,
 *   onFill: (readValue: () => string) => Promise<unknown>, onPick: (option: string) => Promise<unknown> }} props
 */
export function InputBlock({ block, value, error, onFill, onPick }) {
  const id = useId();
  const labelId = `${id}-label`;
  const hintId = `${id}-hint`;
  const errorId = `${id}-error`;
  const describedBy = [error && errorId, block.hint && hintId].filter(Boolean).join(' ') || undefined;
  const { element } = block;
  const aria = { id, labelId, describedBy, invalid: error !== undefined, required: !block.optional };

  return html`
    <div class=${error ? 'input-block input-block-wrong' : 'input-block'}>
      <label for=${id} id=${labelId}>
        <${PlainText} text=${block.label?.text ?? ''} />
        ${block.optional && html` <span class="optional">(optional)</span>`}
      </label>
      ${
        element.type === 'static_select'
          ? html`<${SelectInput} aria=${aria} element=${element} picked=${value?.selected_option} onPick=${onPick} />`
          : element.type === 'plain_text_input'
            ? html`<${TextInput} aria=${aria} element=${element} filled=${value?.value ?? ''} onFill=${onFill} />`
            : html`<p class="block-unknown">This demo does not draw “${String(element.type)}”.</p>`
      }
      ${error && html`<p class="input-error" id=${errorId}><${Icon} name="alert" /> ${error}</p>`}
      ${block.hint && html`<p class="input-hint" id=${hintId}><${PlainText} text=${block.hint.text} /></p>`}
    </div>
  `;
}
