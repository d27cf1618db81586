import { open } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import dotenv from 'dotenv';
import { readStoreConfig } from './config.ts';
import { type HistoryFormat, historyFormats } from './history-formats.ts';
import { StoreError, UnfitStore } from './privacy/ports.ts';
import { openJournalReader } from './store/journal-reader.ts';

// The process behind `npm run history`: writes the whole journal to the standard output or a file. It only reads, and may
// run beside the bot.

const usage = `Writes the whole audit trail, phone numbers in full, oldest change first.

  npm run --silent history -- --json         to the screen, as JSON
  npm run --silent history -- --csv          to the screen, as CSV
  npm run history -- --csv --out FILE        into a file`;

dotenv.config({ quiet: true });

try {
  const { format, out } = readArguments();
  const read = readStoreConfig(process.env);
  if (!read.ok) end(read.problems.map(({ variable, expected }) => `${variable}: ${expected}`).join('\n'), 1);
  const reader = await openJournalReader(read.store);
  try {
    const target = out === undefined ? process.stdout : await openPrivately(out);
    await pipeline(historyFormats[format](reader.all()), target, { end: out !== undefined });
    if (out !== undefined) console.error(`The history is in ${out}.`);
  } finally {
    await reader.close();
  }
} catch (error) {
  end(sentenceOf(error), 1);
}

/** A file of phone numbers is for its owner alone, also where it was there before. */
async function openPrivately(path: string): Promise<Writable> {
  const file = await open(path, 'w', 0o600);
  await file.chmod(0o600);
  return file.createWriteStream();
}

function readArguments(): { format: HistoryFormat; out: string | undefined } {
  try {
    const { values } = parseArgs({
      options: {
        json: { type: 'boolean' },
        csv: { type: 'boolean' },
        out: { type: 'string' },
        help: { type: 'boolean' },
      },
    });
    if (values.help) {
      console.log(usage);
      process.exit(0);
    }
    if (values.json !== values.csv) return { format: values.json ? 'json' : 'csv', out: values.out };
  } catch {
    // Options that do not exist.
  }
  return end(usage, 2);
}

function sentenceOf(error: unknown): string {
  if (error instanceof UnfitStore) return error.message;
  if (error instanceof StoreError) return `The journal can't be read right now (${error.detail}).`;
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unexpected error';
  if (code === 'ENOENT') return 'The history could not be written: there is no such folder.';
  // Whoever reads had enough of it.
  if (code === 'EPIPE') process.exit(0);
  return `The history could not be written (${code}).`;
}

function end(sentence: string, code: number): never {
  console.error(sentence);
  process.exit(code);
}
