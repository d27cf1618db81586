import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { Icon } from './icon.js';
import { Tabs } from './tabs.js';

/**
 * @typedef {import('../state.ts').PageState} PageState
 * @typedef {import('../state.ts').PageFault} PageFault
 * @typedef {import('../actions.ts').Action} Action
 * @typedef {(action: Action) => Promise<boolean>} Act
 */

const SIDES = /** @type {const} */ (['Z-API', 'Slack', 'Bot']);

/**
 * @param {{ state: PageState, act: Act }} props
 */
export function FaultPanel({ state: { faults, takesFewChanges }, act }) {
  const [side, setSide] = useState(/** @type {string} */ ('Z-API'));
  const onAt = (/** @type {string} */ place) =>
    place === 'Bot'
      ? Number(takesFewChanges)
      : faults.filter((fault) => fault.on && fault.side === place).length;
  const on = SIDES.reduce((sum, place) => sum + onAt(place), 0);
  const ofSide = faults.filter((fault) => fault.side === side);
  return html`
    <section class="faults" aria-labelledby="faults-title">
      <header>
        <h2 id="faults-title">Make it fail</h2>
        <button type="button" class="quiet-button" disabled=${on === 0} onClick=${() => act({ do: 'clear-faults' })}>All faults off</button>
      </header>
      <${Tabs}
        idPrefix="faults"
        label="What fails"
        tabs=${SIDES.map((place) => ({ id: place, text: place, mark: onAt(place) > 0 && html`<span class="count count-on">${onAt(place)} on</span>` }))}
        chosen=${side}
        onChoose=${setSide}
      />
      <div class="fault-side" role="tabpanel" id="faults-panel" aria-labelledby=${`faults-${side}`}>
        ${ofSide.map(
          ({ id, label, effect, on: isOn }) => html`
            <${Switch} key=${id} name=${`${side} ${label}`} label=${label} effect=${effect} isOn=${isOn} onSwitch=${() => act({ do: 'set-fault', fault: id, on: !isOn })} />
          `,
        )}
        ${
          side === 'Slack' &&
          html`<${Once} name="Slack cuts the socket now" label="cuts the socket now" effect="Every socket is cut once; the bot has to come back by itself." onPress=${() => act({ do: 'cut-sockets' })} />`
        }
        ${
          side === 'Bot' &&
          html`
            <${Once} name="Kill the bot now" label="is killed now" effect="kill -9, as a power cut would. It is started again after two seconds, and goes on with what it had accepted." onPress=${() => act({ do: 'kill-bot' })} />
            <${Switch} name="Bot takes 2 changes an hour" label="takes 2 changes an hour" effect="MAX_CHANGES_PER_HOUR=2, for each person and each number: the third is refused. The bot is started again." isOn=${takesFewChanges} onSwitch=${() => act({ do: 'take-few-changes', on: !takesFewChanges })} />
          `
        }
      </div>
    </section>
  `;
}

/**
 * @param {{ name: string, label: string, effect: string, isOn: boolean, onSwitch: () => void }} props
 */
function Switch({ name, label, effect, isOn, onSwitch }) {
  return html`
    <button type="button" class="fault" role="switch" aria-checked=${isOn} aria-label=${name} title=${effect} onClick=${onSwitch}>
      <span class="fault-mark" aria-hidden="true"></span>${label}
    </button>
  `;
}

/**
 * @param {{ name: string, label: string, effect: string, onPress: () => void }} props
 */
function Once({ name, label, effect, onPress }) {
  return html`
    <button type="button" class="fault fault-once" aria-label=${name} title=${effect} onClick=${onPress}>
      <span class="fault-bolt"><${Icon} name="cut" /></span>${label}
    </button>
  `;
}
