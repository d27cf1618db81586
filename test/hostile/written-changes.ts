import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { World } from '../world.ts';

/** Who asked for each change that the journal holds, and the numbers that it names. */
export function writtenChanges({ dataDir }: World): { by: string; channel: string; numbers: string[] }[] {
  const database = new DatabaseSync(join(dataDir, 'lastseen.db'), { readOnly: true });
  try {
    const rows = database.prepare('select by_user, channel, hide, show_again from changes').all();
    return rows.map(({ by_user, channel, hide, show_again }) => ({
      by: String(by_user),
      channel: String(channel),
      numbers: [hide, show_again].flatMap((text) => JSON.parse(String(text)) as string[]),
    }));
  } finally {
    database.close();
  }
}
