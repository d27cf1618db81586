import { checkView, isTooLarge } from './block-kit.ts';
import { inputsOf } from './inputs.ts';
import { asJson, asList, asString, isJson, type Json } from './json.ts';
import type { View, Views } from './views.ts';

/** Slack's own words when a submission came to nothing. [thread] */
export const TROUBLE = 'We had some trouble connecting. Try again?';

/** Slack: errors go under input blocks of the view. [doc] Others spoil the answer. [inferred] */
function haveInputs(view: View, errors: unknown): errors is Record<string, string> {
  const inputs = inputsOf(asList(view.content.blocks)).filter((input) => input.inInputBlock);
  const ids = new Set(inputs.map((input) => input.blockId));
  const entries = Object.entries(asJson(errors));
  return entries.length > 0 && entries.every(([id, text]) => ids.has(id) && asString(text) !== '');
}

/** Slack checks a view in an answer as it checks one in a call. [inferred] */
const isValid = (view: unknown): view is Json =>
  isJson(view) && !isTooLarge(view) && checkView(view).length === 0;

/** Does to the modal what the app answered to its submission. An answer that makes no sense leaves a notice. */
export function applyAnswer(views: Views, view: View, payload: unknown): void {
  const { response_action: action, errors, view: next } = asJson(payload);
  // An empty answer closes the view; the one below it comes back. [doc]
  if (payload === undefined) views.close(view);
  else if (action === 'clear') views.closeAll(view.userId);
  else if (action === 'update' && isValid(next)) views.update(view, next);
  else if (action === 'errors' && haveInputs(view, errors)) view.errors = errors;
  else if (action !== 'push' || !isValid(next) || !views.push(view, next)) view.notice = TROUBLE;
}
