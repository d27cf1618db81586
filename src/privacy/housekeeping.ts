import { type ChangeStore, type Log, StoreError } from './ports.ts';

const dayMs = 24 * 60 * 60 * 1000;
const everyMs = 60_000;

/**
 * Erases from the journal what it is to keep no longer. Does so at most once a minute, however often it is called. What
 * can't be erased now, because somebody is reading it for example, is erased a minute later.
 *
 * Numbers become due by whole days of UTC: erasing them can rewrite the journal, which is not worth it for each of them.
 */
export function createHousekeeping({
  store,
  historyDays,
  replyUrlLifeMs,
  log,
  now = Date.now,
}: {
  store: Pick<ChangeStore, 'erase'>;
  historyDays: number;
  /** How long a reply URL is of use. */
  replyUrlLifeMs: number;
  log: Log;
  now?: () => number;
}): () => Promise<void> {
  let lastMs = Number.NEGATIVE_INFINITY;
  return async () => {
    if (now() - lastMs < everyMs) return;
    lastMs = now();
    const historyBegins = new Date(Math.floor(now() / dayMs - historyDays) * dayMs);
    const erased = store.erase({
      numbersOf: historyBegins,
      replyUrlsOf: new Date(now() - replyUrlLifeMs),
      refusalsOf: historyBegins,
    });
    await erased.catch((error: unknown) => {
      if (!(error instanceof StoreError)) throw error;
      log.warn({ detail: error.detail }, 'not everything was erased that is due');
    });
  };
}
