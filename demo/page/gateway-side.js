import { html } from 'htm/preact';
import { FaultPanel } from './fault-panel.js';
import { RequestLog } from './request-log.js';
import { WhatsappPhone } from './whatsapp-phone.js';

/**
 * Everything that is not Slack: the phone that is changed, what reached the gateway, and what may go wrong.
 *
 * @param {{ state: import('../state.ts').PageState, act: (action: import('../actions.ts').Action) => Promise<boolean> }} props
 */
export function GatewaySide({ state, act }) {
  return html`
    <aside class="gateway-side" aria-label="WhatsApp and Z-API">
      <${WhatsappPhone} account=${state.account} />
      <${RequestLog} requests=${state.requests} timeZone=${state.viewer.timezone} />
      <${FaultPanel} faults=${state.faults} act=${act} />
    </aside>
  `;
}
