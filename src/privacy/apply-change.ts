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

/** A change under way or done, and how it ends. `outcome` never rejects. */
export type Promised = { id: string; change: PrivacyChange; outcome: Promise<Outcome> };

export interface ChangeApplier {
  /** What was promised to the same submission delivered before, or to one of the same form that is still under way. */
  promisedTo(submission: Pick<Submission, 'submissionId' | 'formId'>): Promised | undefined;
  /** Accepts a submission; one that something was promised to is answered with that. */
  accept(submission: Submission): Promised;
  /** Resolves when every accepted change was applied and told. */
  drained(): Promise<void>;
  /** Ends every change at once: what was not begun is not, and what was is unknown. They are told so. */
  abandon(): void;
  /** The ids of the changes that were not told yet. */
  untold(): string[];
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
  const untold = new Map<string, Promise<void>>();
  const abandoned = Promise.withResolvers<void>();
  let isAbandoned = false;
  let lastApplied: Promise<unknown> = Promise.resolve();

  async function apply(accepted: AcceptedChange): Promise<EndedChange> {
    const startedMs = now();
    const outcome: Outcome = isAbandoned
      ? { kind: 'failed', failure: 'stopped' }
      : await Promise.race([
          outcomeOf(() => gateway.apply(accepted.change), accepted.id, log),
          abandoned.promise.then((): Outcome => ({ kind: 'unknown', failure: 'stopped' })),
        ]);
    log.info({ change: accepted.id, ms: now() - startedMs, ...outcome }, 'change ended');
    return { ...accepted, outcome, endedAt: new Date(now()) };
  }

  async function tell(ended: EndedChange): Promise<void> {
    try {
      await audit.tell(ended);
    } catch (error) {
      log.error({ change: ended.id, error: classOf(error) }, 'change not told');
    } finally {
      untold.delete(ended.id);
    }
  }

  function start(accepted: AcceptedChange): Promise<Outcome> {
    const ended = lastApplied.then(() => apply(accepted));
    lastApplied = ended;
    untold.set(accepted.id, ended.then(tell));
    return ended.then(({ outcome }) => outcome);
  }

  function forgetOld() {
    for (const [id, { atMs }] of submissions) {
      if (now() - atMs < rememberedMs) break;
      submissions.delete(id);
    }
  }

  function promisedTo({ submissionId, formId }: Pick<Submission, 'submissionId' | 'formId'>) {
    return submissions.get(submissionId)?.promised ?? formsUnderWay.get(formId);
  }

  return {
    promisedTo,
    accept({ submissionId, formId, change, by, place }) {
      const known = promisedTo({ submissionId, formId });
      if (known) return known;
      forgetOld();
      const accepted = { id: newId(), change, by, place, acceptedAt: new Date(now()) };
      const { visibility, hide, showAgain } = change;
      log.info(
        { change: accepted.id, by, visibility, hide: hide.length, showAgain: showAgain.length },
        'change accepted',
      );
      const promised = { id: accepted.id, change, outcome: start(accepted) };
      submissions.set(submissionId, { promised, atMs: now() });
      formsUnderWay.set(formId, promised);
      void promised.outcome.finally(() => formsUnderWay.delete(formId));
      return promised;
    },
    async drained() {
      while (untold.size > 0) await Promise.all(untold.values());
    },
    abandon() {
      isAbandoned = true;
      abandoned.resolve();
    },
    untold: () => [...untold.keys()],
  };
}

async function outcomeOf(apply: () => Promise<void>, change: string, log: Log): Promise<Outcome> {
  try {
    await apply();
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
