import { useEffect, useState } from 'preact/hooks';

/** @typedef {import('../state.ts').PageState} PageState */

/**
 * The state as the server last sent it for this person, and whether the line to it is open. The browser reconnects by itself, and
 * the first event of a new connection is the whole state again, so nothing is missed.
 *
 * @param {string | undefined} personId
 * @returns {{ state: PageState | undefined, isLive: boolean }}
 */
export function useLiveState(personId) {
  const [state, setState] = useState(/** @type {PageState | undefined} */ (undefined));
  const [isLive, setIsLive] = useState(false);

  useEffect(() => {
    const query = personId ? `?as=${encodeURIComponent(personId)}` : '';
    /** @type {EventSource} */
    let events;
    /** @type {number | undefined} */
    let retry;
    const connect = () => {
      events = new EventSource(`/events${query}`);
      events.onopen = () => setIsLive(true);
      events.onmessage = ({ data }) => setState(JSON.parse(data));
      events.onerror = () => {
        setIsLive(false);
        // A refused connection is tried again by the browser; an answer that is no stream is not.
        if (events.readyState === EventSource.CLOSED) retry = window.setTimeout(connect, 1500);
      };
    };
    connect();
    return () => {
      window.clearTimeout(retry);
      events.close();
    };
  }, [personId]);

  return { state, isLive };
}
