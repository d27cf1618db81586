import type { StoreConfig } from '../config.ts';
import { type Backlog, StoreError, UnfitStore } from '../privacy/ports.ts';
import { openJournalReader } from '../store/journal-reader.ts';
import { MadeAtStart } from '../store/made-at-start.ts';
import { unreadable } from '../store-place.ts';
import { type Finding, ok, toDo } from './finding.ts';

const name = 'journal';

/** Whether the journal can be read, and what waits in it. Takes nothing from a running bot, and makes nothing. */
export async function checkJournal(store: StoreConfig): Promise<Finding[]> {
  try {
    const reader = await openJournalReader(store);
    try {
      return [ok(name, `The journal can be read. ${waitingText(await reader.backlog())}`)];
    } finally {
      await reader.close();
    }
  } catch (error) {
    return [failure(store, error)];
  }
}

function waitingText({ toApply, toTell }: Backlog): string {
  if (toApply.count + toTell.count === 0) return 'Nothing waits in it.';
  return `In it, ${changes(toApply.count)} to be made, and ${changes(toTell.count)} to be told.`;
}

function changes(count: number): string {
  return count === 1 ? 'one change waits' : `${count} changes wait`;
}

function failure(store: StoreConfig, error: unknown): Finding {
  if (error instanceof MadeAtStart)
    return ok(
      name,
      error.isThere
        ? 'The journal is of an older version; the bot brings it up to date at its start.'
        : 'There is no journal yet; the bot makes it at its first start.',
    );
  // The sentences of UnfitStore say what happened, and then what to do.
  if (error instanceof UnfitStore) {
    const [, says = error.message, todo = ''] = /^(.*?\.) (.*)$/s.exec(error.message) ?? [];
    return toDo(name, says, todo);
  }
  if (error instanceof StoreError) {
    const { says, todo } = unreadable(store, error.detail);
    return toDo(name, says, todo);
  }
  throw error;
}
