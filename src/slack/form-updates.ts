import type { types, webApi } from '@slack/bolt';
import type { Log } from '../privacy/ports.ts';
import { errorFields, patiently, slackErrorOf } from './patience.ts';

/** How long an update of a form is tried: after that the person has moved on. */
const patienceMs = 30_000;
const rememberedForms = 1_000;

/** A form as Slack last showed it. The hash lets Slack refuse an update that was made from an older state. */
export type ShownForm = { viewId: string; hash: string | undefined };

export interface FormUpdates {
  /**
   * Begins a new state of a form. What was begun earlier for the same form, and is not sent yet, is not sent any more.
   * Returns whether the new state is still the latest.
   */
  begin(viewId: string): () => boolean;
  /** The same for a form that was just opened: what the person did in it meanwhile is later. */
  beginOpened(viewId: string): () => boolean;
  /**
   * Shows a view in place of the form.
   *
   * @returns the form as it now is, to go on from; undefined when it is closed, or somebody else's update came first.
   */
  show(form: ShownForm, view: types.ModalView, isLatest: () => boolean): Promise<ShownForm | undefined>;
}

export function createFormUpdates(client: webApi.WebClient, log: Log): FormUpdates {
  const latest = new Map<string, symbol>();

  function update({ viewId, hash }: ShownForm, view: types.ModalView) {
    return patiently(() => client.views.update({ view_id: viewId, view, ...(hash && { hash }) }), {
      forMs: patienceMs,
    });
  }

  async function show(
    form: ShownForm,
    view: types.ModalView,
    isLatest: () => boolean,
  ): Promise<ShownForm | undefined> {
    if (!isLatest()) return undefined;
    try {
      const updated = await update(form, view);
      return { viewId: form.viewId, hash: updated.view?.hash };
    } catch (error) {
      const code = slackErrorOf(error);
      // An update of ours came between; what the person did last must still be shown.
      if (code === 'hash_conflict' && form.hash)
        return show({ viewId: form.viewId, hash: undefined }, view, isLatest);
      // The person closed the form: nobody is left to tell.
      if (code !== 'not_found' && code !== 'view_not_found') log.warn(errorFields(error), 'form not updated');
      return undefined;
    }
  }

  function begin(viewId: string): () => boolean {
    const mine = Symbol();
    latest.delete(viewId);
    latest.set(viewId, mine);
    for (const oldest of latest.keys()) {
      if (latest.size <= rememberedForms) break;
      latest.delete(oldest);
    }
    return () => latest.get(viewId) === mine;
  }

  return { begin, beginOpened: (viewId) => (latest.has(viewId) ? () => false : begin(viewId)), show };
}
