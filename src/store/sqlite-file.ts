import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { UnfitStore } from '../privacy/ports.ts';
import { codeOf } from './store-failure.ts';

/** Marks a SQLite file as this bot's, at a fixed place in its header: `lsbt`. */
const applicationId = 0x6c736274;
const applicationIdAt = 68;
const headerBytes = 100;

/** How long a statement waits for another program that has the file, such as the `sqlite3` shell. Nothing else runs meanwhile. */
const busyMs = 1_000;

/**
 * Looks at the bytes alone: SQLite may change a file that it opens. Throws `UnfitStore` for a file that is not ours.
 *
 * The caller has no connection to the file open: closing a file ends every lock that the process has on it.
 */
export function examineFile(path: string): 'absent' | 'empty' | 'ours' {
  const header = readHeader(path);
  if (header === undefined) return 'absent';
  if (header.length === 0) return 'empty';
  if (header.length < headerBytes || header.toString('latin1', 0, 16) !== 'SQLite format 3\0') {
    throw new UnfitStore(
      'The file lastseen.db in the data folder is not a database, or is damaged. Move it away or restore it from a backup.',
    );
  }
  if (header.readUInt32BE(applicationIdAt) !== applicationId) {
    throw new UnfitStore(
      'The file lastseen.db in the data folder belongs to another application. Name another data folder.',
    );
  }
  return 'ours';
}

/** Makes an empty database that is marked as ours. It appears under its name all at once, in place of an empty file. */
export function createFile(path: string): void {
  const draft = `${path}.new`;
  // What a database that is gone left behind would be taken for the new one's.
  for (const left of [draft, `${draft}-journal`, `${path}-wal`, `${path}-shm`, `${path}-journal`])
    rmSync(left, { force: true });
  touchPrivately(draft);
  const database = new DatabaseSync(draft);
  try {
    database.exec(`pragma synchronous = full; pragma application_id = ${applicationId}`);
  } finally {
    database.close();
  }
  renameSync(draft, path);
  const folder = openSync(dirname(path), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/** Makes a folder, for its owner alone, and those above it. `recursive` of Node never returns where one can't be made in /proc. */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    const isThere = codeOf(error) === 'EEXIST' && statSync(path).isDirectory();
    if (isThere) return;
    if (codeOf(error) !== 'ENOENT' || existsSync(dirname(path))) throw error;
    makeFolder(dirname(path));
    mkdirSync(path, { mode: 0o700 });
  }
}

/** An existing file is not touched. A file that SQLite makes itself could be read by everybody. */
export function touchPrivately(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}

/** A connection that writes: each commit is on disk when it returns, and what is deleted is overwritten. */
export function openForWriting(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: busyMs });
  try {
    // `temp_store`: a read-only container has nowhere else to put what `vacuum` needs.
    // `fullfsync`: on macOS an ordinary fsync leaves the data in the cache of the disk.
    database.exec(`
      pragma journal_mode = wal;
      pragma synchronous = full;
      pragma fullfsync = on;
      pragma checkpoint_fullfsync = on;
      pragma secure_delete = on;
      pragma temp_store = memory;
    `);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** A connection that can't change the file. */
export function openForReading(path: string): DatabaseSync {
  return new DatabaseSync(path, { timeout: busyMs, readOnly: true });
}

/** Throws `UnfitStore` where the database is damaged. */
export function refuseDamaged(database: DatabaseSync): void {
  const [finding] = database.prepare('pragma quick_check(1)').all();
  if (finding?.quick_check !== 'ok') throw damaged();
}

export function damaged(): UnfitStore {
  return new UnfitStore(
    'The database lastseen.db in the data folder is damaged. Restore the data folder from a backup, or move it away to begin with an empty one.',
  );
}

function readHeader(path: string): Buffer | undefined {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const header = Buffer.alloc(headerBytes);
    return header.subarray(0, readSync(file, header));
  } finally {
    closeSync(file);
  }
}
