import type { App, BlockAction, ButtonAction, ViewSubmitAction } from '@slack/bolt';
import { type SettingId, settings } from '../privacy/settings.ts';
import { answerCommand } from './answer-command.ts';
import { tryAgainActionId, undoActionId } from './audit-message.ts';
import { chooseVisibility } from './choose-visibility.ts';
import { type Broken, handleError } from './error-handler.ts';
import type { Flow } from './flow.ts';
import { newerActionId, olderActionId } from './history-blocks.ts';
import type { Messages } from './messages/messages-in.ts';
import { formCallbackId, outdatedView, visibilityActionId } from './modal.ts';
import type { Press } from './press.ts';
import type { RunningWork } from './running-work.ts';
import { turnPage } from './show-history.ts';
import { submitForm } from './submit-form.ts';
import { tryAgain } from './try-again.ts';
import { undoChange } from './undo-change.ts';

const commands = Object.entries(settings).map(([setting, { command }]) => ({
  setting: setting as SettingId,
  command,
}));

const buttons: Record<string, (flow: Flow, press: Press) => Promise<void>> = {
  [undoActionId]: undoChange,
  [tryAgainActionId]: tryAgain,
  [newerActionId]: (flow, press) => turnPage(flow, press, 'after'),
  [olderActionId]: (flow, press) => turnPage(flow, press, 'before'),
};

/** What Slack may send, and who answers. */
export function addListeners(app: App, flow: Flow, work: RunningWork): void {
  for (const { setting, command } of commands) {
    app.command(command, (args) => work.track(answerCommand(flow, setting, args)));
  }
  app.action({ type: 'block_actions', action_id: visibilityActionId }, (args) =>
    work.track(chooseVisibility(flow, args)),
  );
  for (const [actionId, listener] of Object.entries(buttons)) {
    app.action<BlockAction<ButtonAction>>({ type: 'block_actions', action_id: actionId }, (args) =>
      work.track(listener(flow, args)),
    );
  }
  app.view<ViewSubmitAction>(formCallbackId, (args) => work.track(submitForm(flow, args)));
  app.error((args: Broken) => work.track(handleError(flow, args)));
  addLastResorts(app, flow.messages);
}

/**
 * Whatever else Slack sends, from an older version of the bot or of its manifest, is answered too: what is not
 * acknowledged leaves the person waiting for three seconds and then with an error. Bolt runs every listener that fits,
 * so that these leave out the ones above.
 */
function addLastResorts(app: App, messages: Messages): void {
  const otherThan = (...names: string[]) => new RegExp(`^(?!(?:${names.join('|')})$)`);
  app.command(otherThan(...commands.map(({ command }) => command)), ({ ack }) =>
    ack({ response_type: 'ephemeral', text: messages.command.unknownCommand }),
  );
  app.action(otherThan(visibilityActionId, ...Object.keys(buttons)), ({ ack }) => ack());
  app.view<ViewSubmitAction>(otherThan(formCallbackId), ({ ack }) =>
    ack({ response_action: 'update', view: outdatedView(messages) }),
  );
  app.view({ type: 'view_closed', callback_id: /.*/ }, ({ ack }) => ack());
  app.options(/.*/, ({ ack }) => ack({ options: [] }));
  app.shortcut(/.*/, ({ ack }) => ack());
}
