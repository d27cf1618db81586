import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { Composer } from './composer.js';
import { FirstVisitHint } from './first-visit-hint.js';
import { Icon } from './icon.js';
import { MessageList } from './message-list.js';
import { recall, remember } from './remembered.js';
import { ChannelMark } from './sidebar.js';
import { ThingsToTry } from './things-to-try.js';

/**
 * @typedef {import('../state.ts').PageState} PageState
 * @typedef {import('../state.ts').PageChannel} PageChannel
 * @typedef {import('../actions.ts').Action} Action
 */

/**
 * @param {{ channel: PageChannel, state: PageState, act: (action: Action) => Promise<boolean> }} props
 */
export function ChannelView({ channel, state, act }) {
  const [knowsTheWay, setKnowsTheWay] = useState(() => recall('knows-the-way') === 'yes');
  const [isTrying, setTrying] = useState(false);
  const viewer = state.viewer.id;
  const learn = () => {
    remember('knows-the-way', 'yes');
    setKnowsTheWay(true);
  };
  const sendText = (/** @type {string} */ text) => {
    if (text.startsWith('/')) learn();
    return act({ do: 'type', as: viewer, channel: channel.id, text });
  };
  const press = (/** @type {string} */ messageTs, /** @type {string} */ actionId) =>
    act({ do: 'press', as: viewer, channel: channel.id, messageTs, actionId });
  const title = channel.kind === 'public' || channel.kind === 'private' ? `#${channel.name}` : channel.name;

  return html`
    <main class="channel" aria-label=${title}>
      <header class="channel-header">
        <h2><${ChannelMark} channel=${channel} /> ${channel.name}</h2>
        ${channel.kind === 'app' ? html`<span class="app-badge">App</span>` : html`<${Membership} channel=${channel} botName=${state.botName} />`}
        <button type="button" class="try-button" aria-expanded=${isTrying} onClick=${() => setTrying(!isTrying)}>Things to try</button>
      </header>
      ${isTrying && html`<${ThingsToTry} command=${state.commands[0]?.command ?? ''} onClose=${() => setTrying(false)} />`}
      <${MessageList} channel=${channel} title=${title} timeZone=${state.viewer.timezone} onPress=${press} />
      ${!knowsTheWay && html`<${FirstVisitHint} commands=${state.commands} onDismiss=${learn} />`}
      <${Composer}
        draftKey=${`${viewer}/${channel.id}`}
        name=${`Message ${title}`}
        commands=${state.commands}
        botName=${state.botName}
        onSend=${sendText}
      />
    </main>
  `;
}

/**
 * @param {{ channel: PageChannel, botName: string }} props
 */
function Membership({ channel, botName }) {
  return html`
    <span class="membership">
      <${Icon} name="people" /> ${channel.memberCount}
      ${!channel.botIsMember && html`<span class="bot-absent">${botName} is not in here</span>`}
    </span>
  `;
}
