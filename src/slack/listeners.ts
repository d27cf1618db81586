import type { App, BlockAction, ButtonAction, ViewSubmitAction } from '@slack/bolt';
import { type SettingId, settings } from '../privacy/settings.ts';
import { answerCommand } from './answer-command.ts';
import { answerOptions, offerContacts, offerHidden } from './answer-options.ts';
import { tryAgainActionId, undoActionId } from './audit-message.ts';
import { cancelLine, confirmLine } from './change-by-line.ts';
import { changeForm } from './change-form.ts';
import { type Broken, handleError } from './error-handler.ts';
import type { Flow } from './flow.ts';
import { contactsActionId, hiddenActionId, numberActionId, visibilityActionId } from './form-fields.ts';
import { newerActionId, olderActionId } from './history-blocks.ts';
import { cancelLineActionId, confirmLineActionId } from './line-question.ts';
import type { Messages } from './messages/messages-in.ts';
import { formCallbackId, outdatedView } from './modal.ts';
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
  [confirmLineActionId]: confirmLine,
  [cancelLineActionId]: cancelLine,
};

/** What is chosen in the form, and changes it. */
const choices = [numberActionId, visibilityActionId];

/** Who is offered to be picked. */
const pickers = { [contactsActionId]: offerContacts, [hiddenActionId]: offerHidden };

/** What Slack may send, and who answers. */
export function addListeners(app: App, flow: Flow, work: RunningWork): void {
  for (const { setting, command } of commands) {
    app.command(command, (args) => work.track(answerCommand(flow, setting, args)));
  }
  for (const actionId of choices) {
    app.action({ type: 'block_actions', action_id: actionId }, (args) => work.track(changeForm(flow, args)));
  }
  for (const [actionId, listener] of Object.entries(buttons)) {
    app.action<BlockAction<ButtonAction>>({ type: 'block_actions', action_id: actionId }, (args) =>
      work.track(listener(flow, args)),
    );
  }
  for (const [actionId, people] of Object.entries(pickers)) {
    app.options<'block_suggestion'>({ type: 'block_suggestion', action_id: actionId }, (args) =>
      work.track(answerOptions(flow, args, people)),
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
  app.action(otherThan(...choices, ...Object.keys(buttons)), ({ ack }) => ack());
  app.view<ViewSubmitAction>(otherThan(formCallbackId), ({ ack }) =>
    ack({ response_action: 'update', view: outdatedView(messages) }),
  );
  app.view({ type: 'view_closed', callback_id: /.*/ }, ({ ack }) => ack());
  app.options(otherThan(...Object.keys(pickers)), ({ ack }) => ack({ options: [] }));
  app.shortcut(/.*/, ({ ack }) => ack());
}
