import { html } from 'htm/preact';
import { Avatar } from './avatar.js';
import { Icon } from './icon.js';
import { clockOf } from './top-bar.js';

/**
 * @typedef {import('../state.ts').PageState} PageState
 * @typedef {import('../state.ts').PageChannel} PageChannel
 */

const SECTIONS = /** @type {const} */ ([
  { title: 'Channels', kinds: ['public', 'private'] },
  { title: 'Direct messages', kinds: ['dm'] },
  { title: 'Apps', kinds: ['app'] },
]);

/**
 * @param {{ state: PageState, current: string, unread: Record<string, number>, onOpen: (id: string) => void }} props
 */
export function Sidebar({ state, current, unread, onOpen }) {
  return html`
    <nav class="sidebar" aria-label="Workspace">
      <p class="workspace-name">${state.workspaceName}</p>
      ${SECTIONS.map(({ title, kinds }) => {
        const channels = state.channels.filter(({ kind }) => kinds.some((known) => known === kind));
        if (channels.length === 0) return null;
        return html`
          <h2 key=${title}>${title}</h2>
          <ul key=${`${title} list`}>
            ${channels.map(
              (channel) => html`
                <li key=${channel.id}>
                  <${ChannelLink}
                    channel=${channel}
                    isCurrent=${channel.id === current}
                    unread=${unread[channel.id] ?? 0}
                    onOpen=${onOpen}
                  />
                </li>
              `,
            )}
          </ul>
        `;
      })}
      <p class="sidebar-person" title="Slack shows every time by the reader's own clock, and people here live in several time zones.">
        <${Avatar} name=${state.viewer.name} small />
        <span>${state.viewer.name} <small>${clockOf(state.viewer.timezone)}</small></span>
      </p>
    </nav>
  `;
}

/**
 * @param {{ channel: PageChannel, isCurrent: boolean, unread: number, onOpen: (id: string) => void }} props
 */
function ChannelLink({ channel, isCurrent, unread, onOpen }) {
  return html`
    <button
      type="button"
      class=${unread > 0 ? 'channel-link channel-link-unread' : 'channel-link'}
      aria-current=${isCurrent ? 'page' : undefined}
      onClick=${() => onOpen(channel.id)}
    >
      <${ChannelMark} channel=${channel} />
      <span class="channel-link-name">${channel.name}</span>
      ${
        unread > 0 &&
        html`<span class="unread"><span aria-hidden="true">${unread}</span><span class="visually-hidden">, ${unread} unread</span></span>`
      }
    </button>
  `;
}

/**
 * @param {{ channel: PageChannel }} props
 */
export function ChannelMark({ channel }) {
  if (channel.kind === 'dm') return html`<${Avatar} name=${channel.name} small />`;
  if (channel.kind === 'app') return html`<${Avatar} name=${channel.name} kind="app" small />`;
  return html`<${Icon} name=${channel.kind === 'private' ? 'lock' : 'hash'} />`;
}
