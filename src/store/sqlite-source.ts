import { join } from 'node:path';
import { Kysely, sql } from 'kysely';
import { UnfitStore } from '../privacy/ports.ts';
import type { Db } from './database.ts';
import { migrate, readMigrations, refuseNewer, refuseOlder } from './migrations.ts';
import { movedAway } from './moved.ts';
import type { Tables } from './schema.ts';
import { withoutDamage } from './sqlite-connection.ts';
import { createSqliteDialect } from './sqlite-driver.ts';
import { examineFile, openForWriting, refuseDamaged } from './sqlite-file.ts';
import { takeLock } from './sqlite-lock.ts';

export type SqliteSource = { db: Db; isMoved: boolean; close(): void };

/** Takes a data folder whose history is to be moved, or was. Makes no database where there is none. */
export async function openSqliteSource(dataDir: string): Promise<SqliteSource> {
  const opened: { close(): void }[] = [];
  const close = () => {
    for (const resource of opened.splice(0).reverse()) resource.close();
  };
  try {
    const path = join(dataDir, 'lastseen.db');
    if (examineFile(path) !== 'ours') {
      throw new UnfitStore(
        'There is no history in this data folder. Name the bot’s data folder in DATA_DIR.',
      );
    }
    opened.push(takeLock(join(dataDir, 'lock')));
    const file = openForWriting(path);
    opened.push(file);
    refuseDamaged(file);
    const db = new Kysely<Tables>({ dialect: createSqliteDialect(file) });
    const executed = await readMigrations(db);
    const isMoved = executed.includes(movedAway);
    if (isMoved) {
      const others = executed.filter((name) => name !== movedAway);
      refuseNewer(others);
      refuseOlder(others);
    } else await migrate(db, { idType: sql`text` });
    return { db, isMoved, close };
  } catch (error) {
    close();
    throw withoutDamage(error);
  }
}
