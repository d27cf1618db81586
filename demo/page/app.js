import { html } from 'htm/preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import { send } from './actions.js';
import { ChannelView } from './channel-view.js';
import { GatewaySide } from './gateway-side.js';
import { useLiveState } from './live-state.js';
import { Modal } from './modal.js';
import { Notice } from './notice.js';
import { recall, remember } from './remembered.js';
import { Sidebar } from './sidebar.js';
import { TopBar } from './top-bar.js';
import { useUnread } from './unread.js';
import { WorkspaceContext } from './workspace-context.js';

export function App() {
  const [personId, setPersonId] = useState(() => recall('person'));
  const { state, isLive } = useLiveState(personId);
  const [chosenChannel, chooseChannel] = useState(/** @type {string | undefined} */ (undefined));
  const [problem, setProblem] = useState(/** @type {string | undefined} */ (undefined));
  const channel = state?.channels.find(({ id }) => id === chosenChannel) ?? state?.channels[0];
  const unread = useUnread(state, channel?.id);

  const act = useCallback(async (/** @type {import('../actions.ts').Action} */ action) => {
    try {
      await send(action);
      setProblem(undefined);
      return true;
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
      return false;
    }
  }, []);

  // Somebody remembered from an earlier demo may not exist in this one: the server then answers with nobody.
  useEffect(() => {
    if (state || !personId) return undefined;
    const timer = setTimeout(() => setPersonId(undefined), 3000);
    return () => clearTimeout(timer);
  }, [state, personId]);

  if (!state || !channel) return html`<p class="loading" role="status">Opening the workspace…</p>`;

  const becomePerson = (/** @type {string} */ id) => {
    remember('person', id);
    setPersonId(id);
  };
  const { viewer, modal } = state;

  return html`
    <${WorkspaceContext.Provider} value=${{ state, openChannel: chooseChannel }}>
      <${TopBar} state=${state} isLive=${isLive} chosen=${personId ?? viewer.id} onBecome=${becomePerson} act=${act} />
      <div class="sides">
        <div class="slack-window" key=${viewer.id}>
          <div class="slack-content" inert=${modal !== null}>
            <${Sidebar} state=${state} current=${channel.id} unread=${unread} onOpen=${chooseChannel} />
            <${ChannelView} key=${channel.id} channel=${channel} state=${state} act=${act} />
          </div>
          ${modal && html`<${Modal} key=${modal.viewId} modal=${modal} viewer=${viewer.id} act=${act} />`}
        </div>
        <${GatewaySide} state=${state} act=${act} />
      </div>
      ${problem && html`<${Notice} text=${problem} onClose=${() => setProblem(undefined)} />`}
    <//>
  `;
}
