import type { PrivacyChange } from './change.ts';
import {
  type AcceptedChange,
  type Audit,
  type EndedChange,
  type Gateway,
  GatewayError,
  type Log,
  type Outcome,
  type Place,
} from './ports.ts';

/** One submission of one form. Delivered twice it has the same `submissionId`. */
export type Submission = {
  submissionId: string;
  formId: string;
  change: PrivacyChange;
  by: string;
  place: Place;
};

/** A change under way or done: its id, and how it ends. `outcome` never rejects. */
export type Promised = { id: string; outcome: Promise<Outcome> };

export interface ChangeApplier {
  /**
   * Accepts a submission. The same submission delivered again, or a second one of a form whose first is still under
   * way, is answered with the first one's promise.
   */
  accept(submission: Submission): Promised;
  /** Resolves when every accepted change was applied and told. */
  drained(): Promise<void>;
}

/** How long a submission is remembered, so that a late second delivery of it changes nothing. */
const rememberedMs = 60 * 60 * 1000;

/** Applies the changes of one WhatsApp number one after another, in the order accepted, and has each told. */
export function createChangeApplier(options: {
  gateway: Gateway;
  audit: Audit;
  log: Log;
  newId: () => string;
  now?: () => number;
}): ChangeApplier {
  const { gateway, audit, log, newId, now = Date.now } = options;
  const submissions = new Map<string, { promised: Promised; atMs: number }>();
  const formsUnderWay = new Map<string, Promised>();
  // Telling has a line of its own: a Slack that is down must not hold up the changes behind.
  let lastApplied: Promise<unknown> = Promise.resolve();
  let lastTold: Promise<unknown> = Promise.resolve();

  async function apply(accepted: AcceptedChange): Promise<EndedChange> {
    const startedMs = now();
    const outcome = await outcomeOf(gateway.apply(accepted.change), accepted.id, log);
    const ended = { ...accepted, outcome, endedAt: new Date(now()) };
    log.info({ change: accepted.id, ms: now() - startedMs, ...outcome }, 'change ended');
    return ended;
  }

  async function tell(ended: EndedChange): Promise<void> {
    await audit.tell(ended).catch((error: unknown) => {
      log.error({ change: ended.id, error: classOf(error) }, 'change not told');
    });
  }

  function start(accepted: AcceptedChange): Promise<Outcome> {
    const ended = lastApplied.then(() => apply(accepted));
    lastApplied = ended;
    lastTold = Promise.all([ended, lastTold]).then(([change]) => tell(change));
    return ended.then(({ outcome }) => outcome);
  }

  function forgetOld() {
    for (const [id, { atMs }] of submissions) {
      if (now() - atMs < rememberedMs) break;
      submissions.delete(id);
    }
  }

  return {
    accept({ submissionId, formId, change, by, place }) {
      const known = submissions.get(submissionId)?.promised ?? formsUnderWay.get(formId);
      if (known) return known;
      forgetOld();
      const accepted = { id: newId(), change, by, place, acceptedAt: new Date(now()) };
      log.info(
        {
          change: accepted.id,
          by,
          visibility: change.visibility,
          hide: change.hide.length,
          showAgain: change.showAgain.length,
        },
        'change accepted',
      );
      const promised = { id: accepted.id, outcome: start(accepted) };
      submissions.set(submissionId, { promised, atMs: now() });
      formsUnderWay.set(formId, promised);
      void promised.outcome.finally(() => formsUnderWay.delete(formId));
      return promised;
    },
    async drained() {
      await lastApplied;
      await lastTold;
    },
  };
}

async function outcomeOf(applied: Promise<void>, change: string, log: Log): Promise<Outcome> {
  try {
    await applied;
    return { kind: 'applied' };
  } catch (error) {
    if (error instanceof GatewayError) {
      log.warn({ change, failure: error.kind, detail: error.detail }, 'gateway failed');
      return { kind: error.changed === 'no' ? 'failed' : 'unknown', failure: error.kind };
    }
    log.error({ change, error: classOf(error) }, 'gateway broke its promise');
    return { kind: 'unknown', failure: 'unexpected-reply' };
  }
}

/** For logs. Unknown errors may hold secrets in their message, so that only their class is logged. */
function classOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
