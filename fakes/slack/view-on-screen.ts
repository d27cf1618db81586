import { asJson, asList, asString } from './json.ts';
import type { OpenModal } from './types.ts';
import type { View } from './views.ts';

/** The view as a person sees it: a copy, which no later change reaches. */
export function viewOnScreen(view: View): OpenModal {
  const { content } = view;
  const label = (text: unknown) => (text == null ? undefined : asString(asJson(text).text));
  return structuredClone({
    viewId: view.id,
    callbackId: asString(content.callback_id),
    hash: view.hash,
    title: label(content.title) ?? '',
    submit: label(content.submit),
    close: label(content.close),
    blocks: asList(content.blocks),
    privateMetadata: asString(content.private_metadata),
    values: view.values,
    errors: view.errors,
    submitting: view.submitting,
    search: view.search,
    notice: view.notice,
  });
}
