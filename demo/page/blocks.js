import { html } from 'htm/preact';
import { Button } from './block-button.js';
import { Icon } from './icon.js';
import { TextObject } from './rich-text.js';

/**
 * @typedef {any} Block as the app sent it: Slack's shape, or anything at all
 * @typedef {(actionId: string) => Promise<unknown>} Press
 */

/**
 * Block Kit as Slack shows it. `renderInput` draws input blocks, which only a modal has.
 *
 * @param {{ blocks: Block[], onPress: Press, renderInput?: (block: Block) => unknown }} props
 */
export function Blocks({ blocks, onPress, renderInput }) {
  return html`
    <div class="blocks">
      ${blocks.map(
        (block, index) => html`
          <${OneBlock} key=${block.block_id ?? index} block=${block} onPress=${onPress} renderInput=${renderInput} />
        `,
      )}
    </div>
  `;
}

/**
 * @param {{ block: Block, onPress: Press, renderInput?: (block: Block) => unknown }} props
 */
function OneBlock({ block, onPress, renderInput }) {
  switch (block.type) {
    case 'section':
      return html`<${Section} block=${block} onPress=${onPress} />`;
    case 'context':
      return html`<${Context} block=${block} />`;
    case 'header':
      return html`<h3 class="block-header"><${TextObject} text=${block.text} /></h3>`;
    case 'divider':
      return html`<hr class="block-divider" />`;
    case 'actions':
      return html`<${Actions} block=${block} onPress=${onPress} />`;
    case 'image':
      return html`<${Picture} image=${block} />`;
    case 'alert':
      return html`<${Alert} block=${block} />`;
    case 'input':
      if (renderInput) return renderInput(block);
      break;
  }
  return html`<p class="block-unknown">This demo does not draw “${String(block.type)}” blocks.</p>`;
}

/**
 * @param {{ block: Block, onPress: Press }} props
 */
function Section({ block, onPress }) {
  return html`
    <div class="block-section">
      <div class="block-section-main">
        ${block.text && html`<div class="block-text"><${TextObject} text=${block.text} /></div>`}
        ${
          Array.isArray(block.fields) &&
          html`
            <div class="block-fields">
              ${block.fields.map((/** @type {Block} */ field, /** @type {number} */ index) => html`<div class="block-text" key=${index}><${TextObject} text=${field} /></div>`)}
            </div>
          `
        }
      </div>
      ${block.accessory && html`<${Element} element=${block.accessory} onPress=${onPress} />`}
    </div>
  `;
}

/**
 * @param {{ block: Block }} props
 */
function Context({ block }) {
  return html`
    <div class="block-context">
      ${block.elements?.map((/** @type {Block} */ element, /** @type {number} */ index) =>
        element.type === 'image'
          ? html`<img key=${index} src=${element.image_url} alt=${element.alt_text} referrerpolicy="no-referrer" />`
          : html`<span key=${index}><${TextObject} text=${element} /></span>`,
      )}
    </div>
  `;
}

/**
 * @param {{ block: Block, onPress: Press }} props
 */
function Actions({ block, onPress }) {
  return html`
    <div class="block-actions">
      ${block.elements?.map((/** @type {Block} */ element, /** @type {number} */ index) => html`<${Element} key=${element.action_id ?? index} element=${element} onPress=${onPress} />`)}
    </div>
  `;
}

/**
 * @param {{ element: Block, onPress: Press }} props
 */
function Element({ element, onPress }) {
  if (element.type === 'button') return html`<${Button} button=${element} onPress=${onPress} />`;
  if (element.type === 'image') return html`<${Picture} image=${element} />`;
  return html`<span class="block-unknown">This demo does not draw “${String(element.type)}”.</span>`;
}

/**
 * @param {{ image: Block }} props
 */
function Picture({ image }) {
  return html`<img class="block-image" src=${image.image_url} alt=${image.alt_text ?? ''} referrerpolicy="no-referrer" />`;
}

const ALERT_ICONS = /** @type {Record<string, string>} */ ({
  info: 'info',
  warning: 'alert',
  error: 'cross',
  success: 'tick',
});

/**
 * @param {{ block: Block }} props
 */
function Alert({ block }) {
  const level = Object.hasOwn(ALERT_ICONS, block.level) ? block.level : 'info';
  return html`
    <div class=${`block-alert block-alert-${level}`} role=${level === 'error' || level === 'warning' ? 'alert' : 'status'}>
      <${Icon} name=${ALERT_ICONS[level]} />
      <div class="block-text"><${TextObject} text=${block.text} /></div>
    </div>
  `;
}
