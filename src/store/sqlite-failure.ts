import { DatabaseFailure } from './store-failure.ts';

// sqlite.org/rescode.html: the low byte of a code is the kind, the rest says where it happened.
const names = new Map([
  [5, 'SQLITE_BUSY'],
  [6, 'SQLITE_LOCKED'],
  [7, 'SQLITE_NOMEM'],
  [8, 'SQLITE_READONLY'],
  [10, 'SQLITE_IOERR'],
  [11, 'SQLITE_CORRUPT'],
  [13, 'SQLITE_FULL'],
  [14, 'SQLITE_CANTOPEN'],
  [19, 'SQLITE_CONSTRAINT'],
  [26, 'SQLITE_NOTADB'],
]);

/** SQLITE_IOERR_FSYNC: the commit is in the log, and may be found there by the next start. */
const fsyncFailed = 1034;

/** `DatabaseFailure` in place of an error of SQLite; any other error as it is. An error is an answer: nothing was done. */
export function withoutSqliteError(error: unknown): unknown {
  const isObject = typeof error === 'object' && error !== null;
  if (!isObject || !('errcode' in error) || typeof error.errcode !== 'number') return error;
  const name = names.get(error.errcode & 0xff) ?? 'SQLITE';
  return new DatabaseFailure(
    names.has(error.errcode) ? name : `${name} (${error.errcode})`,
    error.errcode === fsyncFailed,
  );
}

/** Whether SQLite failed with a code of that kind. */
export function isSqlite(error: unknown, kind: 'BUSY' | 'CORRUPT' | 'FULL' | 'NOTADB'): boolean {
  return error instanceof DatabaseFailure && error.code.split(' ')[0] === `SQLITE_${kind}`;
}
