import { randomBytes } from 'node:crypto';
import type { Db } from './database.ts';

/** More than the largest change. Random, so that no compression makes it small. */
const paddingBytes = 16_384;

/** Writes something as large as a change, and takes it back. */
export async function writeProbe(db: Db): Promise<void> {
  await db
    .updateTable('probe')
    .set({ padding: randomBytes(paddingBytes).toString('hex') })
    .execute();
  await db.updateTable('probe').set({ padding: '' }).execute();
}
