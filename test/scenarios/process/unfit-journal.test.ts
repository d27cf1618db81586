import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, jest, test } from '@jest/globals';
import { startStage } from './stage.ts';

const damage = 'Move it away or restore it from a backup.';

/** What the file in the data folder is in place of the bot's database, and the sentence that ends the bot. */
const unfit: [string, (path: string) => void, string][] = [
  [
    'is no database',
    (path) => writeFileSync(path, 'Dear diary,\n'.repeat(500)),
    `The file lastseen.db in the data folder is not a database, or is damaged. ${damage}`,
  ],
  [
    'belongs to another application',
    (path) => sql(path, "create table diary (day text); insert into diary values ('Monday')"),
    'The file lastseen.db in the data folder belongs to another application. Name another data folder.',
  ],
  [
    'comes from a newer version',
    (path) =>
      sql(
        path,
        `pragma application_id = ${0x6c736274};
         create table kysely_migration (name text primary key, timestamp text not null);
         insert into kysely_migration values ('9999-later', '2030-01-01')`,
      ),
    'The database was brought up to date by a newer version of the bot. Run that version, or name another database.',
  ],
];

function sql(path: string, text: string): void {
  const database = new DatabaseSync(path);
  database.exec(text);
  database.close();
}

// Real waits, side by side, on a machine that may be busy.
jest.setTimeout(60_000);

describe('the process', () => {
  test.concurrent.each(unfit)(
    'ends with 1 and one sentence, and changes nothing, where lastseen.db %s',
    async (_, make, sentence) => {
      await using stage = await startStage('socket');
      const path = join(stage.dataDir, 'lastseen.db');
      make(path);
      const before = readFileSync(path);
      await using bot = await stage.start();
      expect(await bot.exited).toBe(1);
      expect(bot.stderr()).toBe(`${sentence}\n`);
      expect(readFileSync(path).equals(before)).toBe(true);
      expect(stage.slack.calls).toEqual([]);
    },
  );

  test.concurrent('takes a data folder over from a process that was killed, and waits for one that runs', async () => {
    await using stage = await startStage('socket');
    await using first = await stage.startReady();
    await using second = await stage.start({ HEALTH_PORT: '' });
    await second.says('in use by another process');
    expect(stage.slack.connections()).toBe(1);
    first.kill('SIGKILL');
    await first.exited;
    await second.says('"ready"');
    second.kill('SIGTERM');
    expect(await second.exited).toBe(0);
  });

  test.concurrent('stops at once while it waits for the data folder', async () => {
    await using stage = await startStage('socket');
    await using _first = await stage.startReady();
    await using second = await stage.start({ HEALTH_PORT: '' });
    await second.says('in use by another process');
    const before = Date.now();
    second.kill('SIGTERM');
    expect(await second.exited).toBe(0);
    expect(Date.now() - before).toBeLessThan(4_000);
    expect(stage.slack.connections()).toBe(1);
  });
});
