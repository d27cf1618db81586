import { type Client, pressedButton } from './client.ts';
import { complaints } from './input-values.ts';
import { type Input, inputsOf, keyOf } from './inputs.ts';
import { asList, type Json } from './json.ts';
import { applyAnswer, TROUBLE } from './submissions.ts';
import type { Person } from './types.ts';
import { viewOnScreen } from './view-on-screen.ts';
import type { View } from './views.ts';

type FormClient = Pick<Person, 'modal' | 'submits' | 'closes'> & { presses(actionId: string): Promise<void> };

/** The modal on top of a person's screen. */
export function topView({ user, views }: Client): View {
  const view = views.top(user.id);
  if (!view) throw new Error(`${user.id} has no modal open`);
  return view;
}

/** An input of the modal that the person sees. */
export function inputIn(view: View, blockId: string, actionId: string): Input {
  const inputs = inputsOf(asList(view.content.blocks));
  const input = inputs.find((candidate) => candidate.blockId === blockId && candidate.actionId === actionId);
  if (input) return input;
  const there = inputs.map(keyOf).join(', ');
  throw new Error(`the modal has no input ${blockId}/${actionId}; it has ${there || 'none'}`);
}

/** Tells the app that something in the form was used. */
export async function sendAction(client: Client, view: View, action: Json): Promise<void> {
  const { user, triggers, payloads, deliver, announce } = client;
  const answer = await deliver(payloads.viewAction(view, user, triggers.issue(user.id), action));
  if (answer.kind === 'answered') return;
  view.notice = TROUBLE; // [inferred]
  announce();
}

/** The part of the client that shows a modal: looking at it, submitting, closing, its buttons. */
export function createFormClient(client: Client): FormClient {
  const { user, views, triggers, payloads, deliver, announce } = client;

  const submitOnce = async (view: View) => {
    const answer = await deliver(payloads.submission(view, user, triggers.issue(user.id)));
    if (!views.isOpen(view)) return;
    view.submitting = false;
    if (answer.kind === 'failed') view.notice = TROUBLE;
    else applyAnswer(views, view, answer.payload);
    announce();
  };

  return {
    modal: () => {
      const view = views.top(user.id);
      return view && viewOnScreen(view);
    },
    submits: async ({ twice = false } = {}) => {
      const view = topView(client);
      if (view.content.submit == null) throw new Error('the modal has no submit button');
      if (view.submitting) return;
      view.errors = complaints(asList(view.content.blocks), view.values);
      view.notice = undefined;
      view.submitting = Object.keys(view.errors).length === 0;
      announce();
      if (!view.submitting) return;
      await Promise.all([submitOnce(view), ...(twice ? [submitOnce(view)] : [])]);
    },
    closes: async () => {
      const view = topView(client);
      views.close(view);
      // Slack: the app hears of it only with notify_on_close. [doc]
      if (view.content.notify_on_close === true) await deliver(payloads.closed(view, user));
    },
    presses: async (actionId) => {
      const view = topView(client);
      await sendAction(client, view, pressedButton(asList(view.content.blocks), actionId));
    },
  };
}
