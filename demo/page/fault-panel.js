import { html } from 'htm/preact';
import { Icon } from './icon.js';

/**
 * @typedef {import('../state.ts').PageFault} PageFault
 * @typedef {import('../actions.ts').Action} Action
 */

/**
 * @param {{ faults: PageFault[], act: (action: Action) => Promise<boolean> }} props
 */
export function FaultPanel({ faults, act }) {
  const on = faults.filter((fault) => fault.on).length;
  const sides = /** @type {const} */ (['Z-API', 'Slack']);
  return html`
    <section class="faults" aria-labelledby="faults-title">
      <header>
        <h2 id="faults-title">Make it fail ${on > 0 && html`<span class="count count-on">${on} on</span>`}</h2>
        <button type="button" class="quiet-button" disabled=${on === 0} onClick=${() => act({ do: 'clear-faults' })}>All faults off</button>
      </header>
      ${sides.map(
        (side) => html`
          <div key=${side} class="fault-side" role="group" aria-label=${`${side} faults`}>
            <span class="fault-side-name">${side}</span>
            ${faults
              .filter((fault) => fault.side === side)
              .map((fault) => html`<${FaultSwitch} key=${fault.id} fault=${fault} act=${act} />`)}
            ${
              side === 'Slack' &&
              html`<button type="button" class="fault fault-once" title="Every socket is cut once; the bot has to come back by itself." aria-label="Slack cuts the socket now" onClick=${() => act({ do: 'cut-sockets' })}><span class="fault-bolt"><${Icon} name="cut" /></span>cuts the socket now</button>`
            }
          </div>
        `,
      )}
      <div class="fault-side fault-side-short" role="group" aria-label="Bot faults">
        <span class="fault-side-name">Bot</span>
        <button type="button" class="fault fault-once" title="kill -9, as a power cut would. It is started again after two seconds, and goes on with what it had accepted." aria-label="Kill the bot now" onClick=${() => act({ do: 'kill-bot' })}><span class="fault-bolt"><${Icon} name="cut" /></span>is killed now</button>
      </div>
    </section>
  `;
}

/**
 * @param {{ fault: PageFault, act: (action: Action) => Promise<boolean> }} props
 */
function FaultSwitch({ fault, act }) {
  return html`
    <button
      type="button"
      class="fault"
      role="switch"
      aria-checked=${fault.on}
      aria-label=${`${fault.side} ${fault.label}`}
      title=${fault.effect}
      onClick=${() => act({ do: 'set-fault', fault: fault.id, on: !fault.on })}
    >
      <span class="fault-mark" aria-hidden="true"></span>${fault.label}
    </button>
  `;
}
