import { setTimeout as pause } from 'node:timers/promises';
import { nameOfError } from './name-of-error.ts';
import { type ChangeStore, type Log, StoreError, storeInUse, UnfitStore } from './ports.ts';

export interface StoreWatch {
  /**
   * Opens the store, and goes on trying where that fails for now. Waits for one that another process has. Rejects with
   * `UnfitStore`.
   */
  open(): Promise<void>;
  /** Resolves with the reason when the store turns out to be unfit later on. */
  unfit: Promise<UnfitStore>;
  /** Whether a change could be recorded now; asks the store, at most once a second. */
  isAvailable(): Promise<boolean>;
  /** The store failed somewhere: until it passes a check it does not count as available. */
  failed(error: StoreError): void;
  stop(): void;
}

const tickMs = 1_000;
const inUseRetryMs = 250;
const checkAgainMs = 1_000;

/**
 * Opens a store, does what is to be done every second while it is available, and that a store which failed is mended or found
 * mended again. The log hears of each change, once.
 */
export function watchStore({
  store,
  everySecond,
  log,
}: {
  store: ChangeStore;
  everySecond: (() => Promise<void>)[];
  log: Log;
}): StoreWatch {
  const stopped = new AbortController();
  const unfit = Promise.withResolvers<UnfitStore>();
  let isOpen = false;
  let state: 'unknown' | 'available' | 'failed' = 'unknown';
  let checked: Promise<boolean> | undefined;
  let checkedAtMs = Number.NEGATIVE_INFINITY;

  let isInUse = false;

  /** Ends early when the watch is stopped. `ref`: the process lives on for it. */
  async function pauseFor(ms: number, { ref }: { ref: boolean }): Promise<void> {
    await pause(ms, undefined, { signal: stopped.signal, ref }).catch(() => undefined);
  }

  function failed(error: StoreError): void {
    if (state !== 'failed') log.error({ detail: error.detail }, 'the journal can not be written');
    state = 'failed';
  }

  function succeeded(): void {
    if (state !== 'available') log.info({}, 'the journal can be written');
    state = 'available';
  }

  /** Opens it, or tries whether it can be written. Rejects with `UnfitStore`. */
  async function attempt(): Promise<boolean> {
    try {
      if (isOpen) await store.check();
      else await store.open();
      isOpen = true;
      if (!stopped.signal.aborted) succeeded();
      return true;
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      isInUse = error.detail === storeInUse;
      failed(error);
      return false;
    }
  }

  function check(): Promise<boolean> {
    if (!checked || Date.now() - checkedAtMs > checkAgainMs) {
      checkedAtMs = Date.now();
      checked = attempt().catch((error: unknown) => {
        if (error instanceof UnfitStore) unfit.resolve(error);
        return false;
      });
    }
    return checked;
  }

  async function tick(): Promise<void> {
    if (state !== 'available') {
      // Whoever has a claim notes first what was done meanwhile; only then is it looked for work that was left.
      await check();
      return;
    }
    // What fails keeps nothing else from being done.
    const done = await Promise.allSettled(everySecond.map((task) => task()));
    for (const task of done) if (task.status === 'rejected') throw task.reason;
  }

  async function keepTicking(): Promise<void> {
    while (!stopped.signal.aborted) {
      await tick().catch((error: unknown) => {
        if (error instanceof StoreError) failed(error);
        else log.error({ error: nameOfError(error) }, 'unexpected error');
      });
      await pauseFor(tickMs, { ref: false });
    }
  }

  return {
    async open() {
      // Two processes at work on one store of this kind would both take commands, and one could not do its part.
      while (!(await attempt()) && isInUse && !stopped.signal.aborted) {
        await pauseFor(inUseRetryMs, { ref: true });
      }
      void keepTicking();
    },
    unfit: unfit.promise,
    isAvailable: check,
    failed(error) {
      // What was found out before says nothing any more.
      checked = undefined;
      failed(error);
    },
    stop: () => stopped.abort(),
  };
}
