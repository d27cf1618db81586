import type { ChangeStore } from '../privacy/ports.ts';
import { readBacklog } from './backlog.ts';
import { createClaims } from './claims.ts';
import type { Database } from './database.ts';
import { erase } from './erase.ts';
import { createJournal } from './journal.ts';
import { findPromised, recordIn } from './record.ts';
import { noteRefusal } from './refusals.ts';

/** The store of changes on a database. */
export function createChangeStore(database: Database): ChangeStore {
  return {
    leaseMs: database.leaseMs,
    open: () => database.open(),
    record: (submission, newId, { mostPerHour } = {}) =>
      database.record(submission.instance, (db) =>
        recordIn(db, database, submission, { newId, mostPerHour }),
      ),
    promisedTo: (submission) => database.read((db) => findPromised(db, submission)),
    ...createJournal(database),
    ...createClaims(database),
    backlog: () => readBacklog(database),
    noteRefusal: (refusal) => noteRefusal(database, refusal),
    erase: (before) => erase(database, before),
    check: () => database.check(),
    close: () => database.close(),
  };
}
