import { useEffect, useRef } from 'preact/hooks';

/** @typedef {import('../state.ts').PageState} PageState */

/**
 * How many messages of each channel this person has not had on the screen since the page was opened.
 *
 * @param {PageState | undefined} state
 * @param {string | undefined} currentChannel
 * @returns {Record<string, number>}
 */
export function useUnread(state, currentChannel) {
  const openedAt = useRef(Date.now() / 1000);
  const read = useRef(/** @type {Map<string, number>} */ (new Map()));
  const keyOf = (/** @type {string} */ channel) => `${state?.viewer.id}/${channel}`;
  const current = state?.channels.find(({ id }) => id === currentChannel);
  const newest = Number(current?.messages.at(-1)?.ts ?? 0);

  useEffect(() => {
    if (current) read.current.set(keyOf(current.id), newest);
  });

  /** @type {Record<string, number>} */
  const unread = {};
  for (const { id, messages } of state?.channels ?? []) {
    if (id === currentChannel) continue;
    const readUpTo = read.current.get(keyOf(id)) ?? openedAt.current;
    unread[id] = messages.filter(({ ts }) => Number(ts) > readUpTo).length;
  }
  return unread;
}
