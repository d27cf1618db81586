import { html } from 'htm/preact';
import { FaultPanel } from './fault-panel.js';
import { RequestLog } from './request-log.js';
import { WhatsappPhones } from './whatsapp-phones.js';

/**
 * Everything that is not Slack: the phones that are changed, what reached the gateway, and what may go wrong.
 *
 * @param {{ state: import('../state.ts').PageState, act: (action: import('../actions.ts').Action) => Promise<boolean> }} props
 */
export function GatewaySide({ state, act }) {
  return html`
    <aside class="gateway-side" aria-label="WhatsApp and Z-API">
      <${WhatsappPhones} numbers=${state.numbers} />
      <${RequestLog} requests=${state.requests} numbers=${state.numbers} timeZone=${state.viewer.timezone} />
      <${FaultPanel} state=${state} act=${act} />
    </aside>
  `;
}
