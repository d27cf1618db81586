import { DatabaseSync } from 'node:sqlite';
import { StoreError, storeInUse } from '../privacy/ports.ts';
import { isSqlite, withoutSqliteError } from './sqlite-failure.ts';
import { touchPrivately } from './sqlite-file.ts';

/**
 * Takes the data folder for this store alone, until `close` or the end of the process, however it ends: the kernel gives
 * back the lock that SQLite has on the file. Throws `StoreError` where another store has it.
 */
export function takeLock(path: string): { close(): void } {
  touchPrivately(path);
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    // The journal in memory: otherwise one lies beside the file from now on.
    database.exec('pragma journal_mode = memory; begin exclusive');
    return database;
  } catch (error) {
    database.close();
    const failure = withoutSqliteError(error);
    if (isSqlite(failure, 'BUSY')) throw new StoreError('no', storeInUse);
    throw failure;
  }
}
