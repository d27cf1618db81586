import { nameOfError } from '../privacy/name-of-error.ts';
import { StoreError, UnfitStore } from '../privacy/ports.ts';

/**
 * Why a database did not do what it was asked. `mayBeDone`: it may have done it all the same. `code` is the system's, the
 * database's or one of ours; nothing else of the driver's error is kept.
 */
export class DatabaseFailure extends Error {
  readonly kind = 'database';
  readonly code: string;
  readonly mayBeDone: boolean;

  constructor(code: string, mayBeDone: boolean) {
    super(`database: ${code}`);
    this.name = 'DatabaseFailure';
    this.code = code;
    this.mayBeDone = mayBeDone;
  }
}

export function notOpen(): StoreError {
  return new StoreError('no', 'not open');
}

/** What leaves the store in place of any error. `isRead`: nothing was to be written. */
export function storeErrorOf(error: unknown, { isRead = false } = {}): StoreError | UnfitStore {
  if (error instanceof StoreError || error instanceof UnfitStore) return error;
  const mayBeDone = error instanceof DatabaseFailure && error.mayBeDone && !isRead;
  return new StoreError(mayBeDone ? 'unknown' : 'no', codeOf(error) ?? nameOfError(error));
}

/** The code that errors of the system, of Node and of databases have. */
export function codeOf(error: unknown): string | undefined {
  const isObject = typeof error === 'object' && error !== null;
  return isObject && 'code' in error && typeof error.code === 'string' && error.code !== ''
    ? error.code
    : undefined;
}
