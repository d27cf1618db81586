import { html } from 'htm/preact';
import { useContext, useId } from 'preact/hooks';
import { Icon } from './icon.js';
import { PickerInput } from './picker-input.js';
import { PlainText } from './rich-text.js';
import { SelectInput } from './select-input.js';
import { TextInput } from './text-input.js';
import { WorkspaceContext } from './workspace-context.js';

/** Slack's own word, in the language of its client. */
const OPTIONAL = { en: 'optional', 'pt-BR': 'opcional' };

/**
 * A label, its input, its hint and its error. The ids tie them together for screen readers.
 *
 * @param {{ block: any, value: any, error: string | undefined, search: import('../../fakes/slack/types.ts').Search | undefined,
 *   onFill: (readValue: () => string) => Promise<unknown>, onPick: (option: string) => Promise<unknown>,
 *   onSearch: (query: string) => Promise<boolean> }} props
 */
export function InputBlock({ block, value, error, search, onFill, onPick, onSearch }) {
  const id = useId();
  const { locale } = useContext(WorkspaceContext).state;
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
        ${block.optional && html` <span class="optional">(${OPTIONAL[locale]})</span>`}
      </label>
      ${
        element.type === 'static_select'
          ? html`<${SelectInput} aria=${aria} element=${element} picked=${value?.selected_option} onPick=${onPick} />`
          : element.type === 'plain_text_input'
            ? html`<${TextInput} aria=${aria} element=${element} filled=${value?.value ?? ''} onFill=${onFill} />`
            : element.type === 'multi_external_select'
              ? html`<${PickerInput} aria=${aria} element=${element} picked=${value?.selected_options ?? []} search=${search} onSearch=${onSearch} onPick=${onPick} />`
              : html`<p class="block-unknown">This demo does not draw “${String(element.type)}”.</p>`
      }
      ${error && html`<p class="input-error" id=${errorId}><${Icon} name="alert" /> ${error}</p>`}
      ${block.hint && html`<p class="input-hint" id=${hintId}><${PlainText} text=${block.hint.text} /></p>`}
    </div>
  `;
}
