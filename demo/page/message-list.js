import { html } from 'htm/preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { calendarDay, formatSlackDate, nearbyDay } from './clock.js';
import { Message } from './message.js';

/** @typedef {import('../state.ts').PageMessage} PageMessage */

const GROUPED_SECONDS = 5 * 60;
const NEAR_THE_END_PX = 80;

/**
 * @param {{ channel: import('../state.ts').PageChannel, title: string, timeZone: string,
 *   onPress: (messageTs: string, actionId: string) => Promise<unknown> }} props
 */
export function MessageList({ channel, title, timeZone, onPress }) {
  const list = useRef(/** @type {HTMLDivElement | null} */ (null));
  const follows = useRef(true);
  const { messages } = channel;

  // Follows the conversation, unless the reader has scrolled up to read something older.
  const follow = () => {
    if (list.current && follows.current) list.current.scrollTop = list.current.scrollHeight;
  };
  useLayoutEffect(follow, [messages.length, messages.at(-1)?.ts]);
  // Also where the window shrinks, or a message is replaced by a longer one.
  useEffect(() => {
    const sizes = new ResizeObserver(follow);
    for (const element of [list.current, list.current?.firstElementChild]) {
      if (element) sizes.observe(element);
    }
    return () => sizes.disconnect();
  }, []);

  const noteWhetherAtEnd = () => {
    if (!list.current) return;
    const { scrollHeight, scrollTop, clientHeight } = list.current;
    follows.current = scrollHeight - scrollTop - clientHeight < NEAR_THE_END_PX;
  };

  return html`
    <div class="messages" role="log" aria-label=${`Messages in ${title}`} tabindex="0" ref=${list} onScroll=${noteWhetherAtEnd}>
      <div class="messages-inner">
        ${messages.map((message, index) => {
          const before = messages[index - 1];
          const opensDay = !before || dayOf(before, timeZone) !== dayOf(message, timeZone);
          return html`
            ${opensDay && html`<${DayDivider} key=${`day ${message.ts}`} seconds=${Number(message.ts)} timeZone=${timeZone} />`}
            <${Message}
              key=${message.ts}
              message=${message}
              timeZone=${timeZone}
              continues=${!opensDay && continues(before, message)}
              onPress=${(/** @type {string} */ actionId) => onPress(message.ts, actionId)}
            />
          `;
        })}
      </div>
    </div>
  `;
}

/**
 * @param {{ seconds: number, timeZone: string }} props
 */
function DayDivider({ seconds, timeZone }) {
  const nearby = nearbyDay(seconds, timeZone, Date.now() / 1000);
  const text = nearby ?? formatSlackDate(seconds, '{date_long}', timeZone);
  return html`<p class="day-divider"><span>${text[0]?.toUpperCase()}${text.slice(1)}</span></p>`;
}

/**
 * @param {PageMessage} message
 * @param {string} timeZone
 */
function dayOf(message, timeZone) {
  return calendarDay(Number(message.ts), timeZone);
}

/**
 * Whether a message goes on under the name that stands above it already.
 *
 * @param {PageMessage | undefined} before
 * @param {PageMessage} message
 */
function continues(before, message) {
  return (
    before !== undefined &&
    before.author.kind === 'person' &&
    message.author.kind === 'person' &&
    before.author.id === message.author.id &&
    Number(message.ts) - Number(before.ts) < GROUPED_SECONDS
  );
}
