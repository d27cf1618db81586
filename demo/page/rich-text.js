import { html } from 'htm/preact';
import { useContext } from 'preact/hooks';
import { formatSlackDate } from './clock.js';
import { emojiFor } from './emoji.js';
import { parseMrkdwn, parsePlainText } from './mrkdwn.js';
import { WorkspaceContext } from './workspace-context.js';

/** @typedef {import('./mrkdwn.js').Mark} Mark */

/**
 * A Block Kit text object, plain_text or mrkdwn.
 *
 * @param {{ text: { type?: string, text?: string } | undefined }} props
 */
export function TextObject({ text }) {
  if (!text?.text) return null;
  return text.type === 'mrkdwn'
    ? html`<${Mrkdwn} text=${text.text} />`
    : html`<${PlainText} text=${text.text} />`;
}

/**
 * @param {{ text: string }} props
 */
export function Mrkdwn({ text }) {
  return html`<${Marks} marks=${parseMrkdwn(text)} />`;
}

/**
 * @param {{ text: string }} props
 */
export function PlainText({ text }) {
  return html`<span class="plain-text"><${Marks} marks=${parsePlainText(text)} /></span>`;
}

/**
 * @param {{ marks: Mark[] }} props
 */
function Marks({ marks }) {
  return marks.map((mark, index) => html`<${Marked} key=${index} mark=${mark} opensText=${index === 0} />`);
}

/**
 * @param {{ mark: Mark, opensText: boolean }} props
 */
function Marked({ mark, opensText }) {
  switch (mark.type) {
    case 'text':
      return html`<${Words} text=${mark.text} />`;
    case 'line-break':
      return html`<br />`;
    case 'bold':
      return html`<strong><${Marks} marks=${mark.children} /></strong>`;
    case 'italic':
      return html`<em><${Marks} marks=${mark.children} /></em>`;
    case 'strike':
      return html`<s><${Marks} marks=${mark.children} /></s>`;
    case 'quote':
      return html`<blockquote><${Marks} marks=${mark.children} /></blockquote>`;
    case 'code':
      return html`<code>${mark.text}</code>`;
    case 'pre':
      return html`<pre>${mark.text}</pre>`;
    case 'emoji':
      return html`<${Emoji} name=${mark.name} />`;
    case 'person':
      return html`<${PersonMention} id=${mark.id} label=${mark.label} />`;
    case 'channel':
      return html`<${ChannelMention} id=${mark.id} label=${mark.label} />`;
    case 'group':
      return html`<span class="mention mention-group">${mark.label}</span>`;
    case 'link':
      return html`<a href=${mark.url} target="_blank" rel="noopener noreferrer">${mark.label}</a>`;
    case 'date':
      return html`<${SlackDate} mark=${mark} opensText=${opensText} />`;
  }
}

/** A number as it is written with its country code, masked or not. */
const PHONE = /(\+\d[\d •()-]{6,}[\d•])/;

/**
 * A phone number is never broken in the middle.
 *
 * @param {{ text: string }} props
 */
function Words({ text }) {
  return text
    .split(PHONE)
    .map((part, index) =>
      index % 2 === 1 ? html`<span key=${index} class="whole-number">${part}</span>` : part,
    );
}

/**
 * The bot's language stands for that of the team's Slack.
 *
 * @param {import('../state.ts').PageState} state
 */
function clientLanguage({ locale }) {
  return locale === 'en' ? undefined : locale;
}

/**
 * @param {{ name: string }} props
 */
function Emoji({ name }) {
  const drawn = emojiFor(name);
  if (!drawn) return `:${name}:`;
  return html`<span class="emoji" role="img" aria-label=${`${name.replaceAll('_', ' ')} emoji`}>${drawn}</span>`;
}

/**
 * @param {{ id: string, label: string | undefined }} props
 */
function PersonMention({ id, label }) {
  const { state } = useContext(WorkspaceContext);
  const name =
    state.people.find((person) => person.id === id)?.name ??
    (id === state.botUserId ? state.botName : (label ?? 'somebody'));
  const isViewer = id === state.viewer.id;
  return html`<span class=${isViewer ? 'mention mention-you' : 'mention'}>@${name}</span>`;
}

/**
 * @param {{ id: string, label: string | undefined }} props
 */
function ChannelMention({ id, label }) {
  const { state, openChannel } = useContext(WorkspaceContext);
  const channel = state.channels.find((known) => known.id === id);
  if (!channel) return html`<span class="mention"># ${label ?? 'private channel'}</span>`;
  return html`<button type="button" class="mention mention-link" onClick=${() => openChannel(id)}>#${channel.name}</button>`;
}

/**
 * @param {{ mark: Extract<Mark, { type: 'date' }>, opensText: boolean }} props
 */
function SlackDate({ mark, opensText }) {
  const { state } = useContext(WorkspaceContext);
  if (!Number.isFinite(mark.seconds)) return mark.fallback;
  const text = formatSlackDate(
    mark.seconds,
    mark.format,
    state.viewer.timezone,
    undefined,
    clientLanguage(state),
  );
  const shown = opensText ? `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}` : text;
  return html`
    <time datetime=${new Date(mark.seconds * 1000).toISOString()} title=${mark.fallback}>
      ${mark.url ? html`<a href=${mark.url} target="_blank" rel="noopener noreferrer">${shown}</a>` : shown}
    </time>
  `;
}
