import type { types } from '@slack/bolt';
import type { Log } from '../privacy/ports.ts';
import { errorFields, patiently, slackErrorOf } from './patience.ts';
import type { WebApi } from './web-api.ts';

/** How long an update of a form is tried: after that the person has moved on. */
const patienceMs = 30_000;
const rememberedForms = 1_000;

/** A form as Slack last showed it. The hash lets Slack refuse an update that was made from an older state. */
export type ShownForm = { viewId: string; hash: string | undefined };

/** Whether a step of a form is still the latest one: only then may it change what the person sees. */
export type IsLatest = () => boolean;

export interface FormUpdates {
  /** A form was opened. What the person did in it meanwhile is later. */
  opened(viewId: string): IsLatest;
  /**
   * A choice was made, at a time by Slack's clock. Deliveries may overtake one another: an older choice, and one that
   * comes while a submission is under way, changes nothing.
   */
  chosen(viewId: string, actionTs: number): IsLatest;
  /** A submission is under way, until `settled`. Delivered twice, both deliveries are one step. */
  submitted(viewId: string): { isLatest: IsLatest; settled: () => void };
  /**
   * Shows a view in place of the form. `change`: the id of the one whose end it shows, for the log.
   *
   * @returns the form as it now is, to go on from; undefined when it is closed, or a later step was begun.
   */
  show(
    form: ShownForm,
    view: types.ModalView,
    isLatest: IsLatest,
    change?: string,
  ): Promise<ShownForm | undefined>;
}

type Step = { actionTs: number; submissions: number };

/** `ending`: no update is tried again after that. */
export function createFormUpdates(client: WebApi, log: Log, ending: AbortSignal): FormUpdates {
  const latest = new Map<string, Step>();

  function begin(viewId: string, step: Step): IsLatest {
    latest.delete(viewId);
    latest.set(viewId, step);
    for (const oldest of latest.keys()) {
      if (latest.size <= rememberedForms) break;
      latest.delete(oldest);
    }
    return () => latest.get(viewId) === step;
  }

  function update({ viewId, hash }: ShownForm, view: types.ModalView) {
    return patiently(() => client.views.update({ view_id: viewId, view, ...(hash && { hash }) }), {
      forMs: patienceMs,
      signal: ending,
    });
  }

  async function show(
    form: ShownForm,
    view: types.ModalView,
    isLatest: IsLatest,
    change?: string,
  ): Promise<ShownForm | undefined> {
    if (!isLatest()) return undefined;
    try {
      const updated = await update(form, view);
      return { viewId: form.viewId, hash: updated.view?.hash };
    } catch (error) {
      const code = slackErrorOf(error);
      // An update of ours came between; what the person did last must still be shown.
      if (code === 'hash_conflict' && form.hash)
        return show({ viewId: form.viewId, hash: undefined }, view, isLatest, change);
      // The person closed the form: nobody is left to tell.
      if (code !== 'not_found' && code !== 'view_not_found')
        log.warn({ ...(change && { change }), ...errorFields(error) }, 'form not updated');
      return undefined;
    }
  }

  return {
    opened: (viewId) => (latest.has(viewId) ? () => false : begin(viewId, { actionTs: 0, submissions: 0 })),
    chosen(viewId, actionTs) {
      const before = latest.get(viewId);
      if (before && (before.submissions > 0 || before.actionTs > actionTs)) return () => false;
      return begin(viewId, { actionTs, submissions: 0 });
    },
    submitted(viewId) {
      const before = latest.get(viewId);
      const step =
        before && before.submissions > 0 ? before : { actionTs: before?.actionTs ?? 0, submissions: 0 };
      step.submissions += 1;
      const settled = () => {
        step.submissions -= 1;
      };
      return { isLatest: begin(viewId, step), settled };
    },
    show,
  };
}
