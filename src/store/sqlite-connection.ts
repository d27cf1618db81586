import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { Kysely, sql } from 'kysely';
import { StoreError } from '../privacy/ports.ts';
import type { Db } from './database.ts';
import { MadeAtStart } from './made-at-start.ts';
import { migrate, readMigrations, refuseNewer, refuseOlder } from './migrations.ts';
import type { Tables } from './schema.ts';
import { createSqliteDialect } from './sqlite-driver.ts';
import { isSqlite, withoutSqliteError } from './sqlite-failure.ts';
import {
  createFile,
  damaged,
  examineFile,
  makeFolder,
  openForReading,
  openForWriting,
  refuseDamaged,
} from './sqlite-file.ts';
import { takeLock } from './sqlite-lock.ts';

/** The data folder, open and taken for this process. */
export type SqliteConnection = {
  db: Db;
  /** Whether the files are still those that were opened. What is written into a deleted file is lost. */
  isInPlace(): boolean;
  /** Notes in the file that it may hold erased numbers from now on. */
  expectErasing(): void;
  /** Where that was noted: writes the whole database anew, without them. Throws where somebody is reading it. */
  scrub(): void;
  close(): void;
};

/** Opens the data folder, makes what is missing, brings the schema up to date. A file that is unfit is not changed. */
export async function openSqliteConnection(dataDir: string): Promise<SqliteConnection> {
  const path = join(dataDir, 'lastseen.db');
  const lockPath = join(dataDir, 'lock');
  // What has been opened, to be closed in the opposite order.
  const opened: { close(): void }[] = [];
  const close = () => {
    for (const resource of opened.splice(0).reverse()) resource.close();
  };
  try {
    makeFolder(dataDir);
    opened.push(takeLock(lockPath));
    if (examineFile(path) === 'ours') await examineContents(path);
    else createFile(path);
    const file = openForWriting(path);
    opened.push(file);
    const db = new Kysely<Tables>({ dialect: createSqliteDialect(file) });
    await migrate(db, { idType: sql`text` });
    // False: somebody is reading it.
    const truncateLog = () => file.prepare('pragma wal_checkpoint(truncate)').all()[0]?.busy === 0;
    const paths = [path, `${path}-wal`, `${path}-shm`, lockPath];
    const places = paths.map(identityOf).join();
    return {
      db,
      isInPlace: () => paths.map(identityOf).join() === places,
      // SQLite leaves `user_version` to applications.
      expectErasing: () => file.exec('pragma user_version = 1'),
      scrub() {
        if (file.prepare('pragma user_version').all()[0]?.user_version === 0) return;
        // `secure_delete` overwrites a row that goes, but not the copy that stays behind when a row moves to another page.
        file.exec('vacuum');
        if (!truncateLog()) throw new StoreError('no', 'SQLITE_BUSY');
        file.exec('pragma user_version = 0');
      },
      close() {
        // SQLite does so by itself, but not for a file that was moved away: its log would then be taken for the log of the
        // file that is there now.
        try {
          truncateLog();
        } catch {
          // What is in the log stays there, and is read from there.
        }
        close();
      },
    };
  } catch (error) {
    close();
    throw withoutDamage(error);
  }
}

/** Opens the database for reading, beside the process that writes it. Makes no database where there is none. */
export async function openSqliteForReading(dataDir: string): Promise<{ db: Db; close(): void }> {
  const path = join(dataDir, 'lastseen.db');
  let file: DatabaseSync | undefined;
  try {
    if (examineFile(path) !== 'ours') {
      throw new MadeAtStart(
        'There is no database in the data folder. Start the bot once, or name another data folder in DATA_DIR.',
        false,
      );
    }
    file = openForReading(path);
    const db = new Kysely<Tables>({ dialect: createSqliteDialect(file) });
    const executed = await readMigrations(db);
    refuseNewer(executed);
    refuseOlder(executed);
    return { db, close: () => file?.close() };
  } catch (error) {
    file?.close();
    throw withoutDamage(error);
  }
}

/** Over a connection that can't write: SQLite would else move what is in the log into a damaged file. */
async function examineContents(path: string): Promise<void> {
  const file = openForReading(path);
  try {
    refuseDamaged(file);
    refuseNewer(await readMigrations(new Kysely<Tables>({ dialect: createSqliteDialect(file) })));
  } finally {
    file.close();
  }
}

/** `UnfitStore` in place of an error that says that the file is damaged; any other error without what SQLite said. */
export function withoutDamage(error: unknown): unknown {
  const failure = withoutSqliteError(error);
  return isSqlite(failure, 'CORRUPT') || isSqlite(failure, 'NOTADB') ? damaged() : failure;
}

function identityOf(path: string): string {
  const { dev, ino } = statSync(path, { throwIfNoEntry: false }) ?? {};
  return `${dev}/${ino}`;
}
