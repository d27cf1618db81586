import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';
import type { JournalEntry } from '../../src/privacy/journal-entry.ts';
import { openJournalReader } from '../../src/store/journal-reader.ts';

/** A change as the journal has it, with what the bot itself never shows: which form and which submission it came from. */
export type Recorded = JournalEntry & { formId: string; submissionId: string };

export type Where = { dataDir: string } | { databaseUrl: string };

/** Reads the whole journal beside the bots, oldest change first. */
export async function readJournal(where: Where): Promise<Recorded[]> {
  const origins = await readOrigins(where);
  const reader = await openJournalReader(where);
  try {
    const entries: Recorded[] = [];
    for await (const portion of reader.all()) {
      for (const entry of portion) {
        const origin = origins.get(entry.id);
        // Recorded after the origins were read.
        if (origin) entries.push({ ...entry, ...origin });
      }
    }
    return entries;
  } finally {
    await reader.close();
  }
}

type Origin = { formId: string; submissionId: string };

const query = 'select id, form_id as "formId", submission_id as "submissionId" from changes';

async function readOrigins(where: Where): Promise<Map<string, Origin>> {
  const rows = 'dataDir' in where ? readSqlite(where.dataDir) : await readPostgres(where.databaseUrl);
  return new Map(rows.map(({ id, ...origin }) => [id, origin]));
}

function readSqlite(dataDir: string): (Origin & { id: string })[] {
  const file = new DatabaseSync(join(dataDir, 'lastseen.db'), { readOnly: true, timeout: 1_000 });
  try {
    return file.prepare(query).all() as (Origin & { id: string })[];
  } finally {
    file.close();
  }
}

async function readPostgres(databaseUrl: string): Promise<(Origin & { id: string })[]> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return (await client.query(query)).rows;
  } finally {
    await client.end();
  }
}
