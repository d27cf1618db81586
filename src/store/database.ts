import type { Kysely, RawBuilder } from 'kysely';
import type { Tables } from './schema.ts';

export type Db = Kysely<Tables>;

/** A database that can be read. Rejects with `StoreError`, `written: 'no'`. */
export interface Readable {
  read<T>(query: (db: Db) => Promise<T>): Promise<T>;
}

/**
 * What the journal needs of a database, and what differs between the two. Making one does no I/O. Everything rejects with
 * `StoreError`, and `open` and `check` with `UnfitStore` as well.
 */
export interface Database extends Readable {
  /** How long a claim lasts; Infinity where no other process can use the database. */
  readonly leaseMs: number;
  /** The database's clock, in whole milliseconds since 1970. */
  readonly nowMs: RawBuilder<number>;
  /** A token for a claim; none comes twice. */
  newToken(): string;
  open(): Promise<void>;
  /** One statement that writes. */
  write<T>(statement: (db: Db) => Promise<T>): Promise<T>;
  /** One transaction, which no other of the same instance overlaps. Settles within about two seconds. */
  record<T>(instance: string, work: (db: Db) => Promise<T>): Promise<T>;
  /** Called before numbers are erased: until `scrub` was done its files may hold them, also after a restart. */
  expectErasing(): Promise<void>;
  /** Removes what was erased from the files as well, where the database leaves it there and can be told not to. */
  scrub(): Promise<void>;
  /** Writes and takes back as much as a change is; opens the database again where that helps. */
  check(): Promise<void>;
  close(): Promise<void>;
}
