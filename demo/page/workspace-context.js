import { createContext } from 'preact';

/**
 * What a text needs to know to show names and times: mentions, channel links, the reader's clock.
 *
 * @typedef {{ state: import('../state.ts').PageState, openChannel: (id: string) => void }} WorkspaceValue
 */
export const WorkspaceContext = createContext(
  /** @type {WorkspaceValue} */ (/** @type {unknown} */ (undefined)),
);
