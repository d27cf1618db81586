import { open } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { readStoreConfig, type StoreConfig } from './config.ts';
import { readDotEnv } from './config-dot-env.ts';
import { changeColumns, type HistoryFormat, historyFormats, refusalColumns } from './history-formats.ts';
import { StoreError, UnfitStore } from './privacy/ports.ts';
import { type JournalReader, openJournalReader } from './store/journal-reader.ts';
import { placeOf, unreadable } from './store-place.ts';

// The process behind `npm run history`: writes the whole journal, or every refusal, to the standard output or a file. It
// only reads, and may run beside the bot.

const usage = `Writes the whole audit trail, phone numbers in full, oldest change first.

  npm run --silent history -- --json               to the screen, as JSON
  npm run --silent history -- --csv                to the screen, as CSV
  npm run history -- --csv --out FILE              into a file
  npm run --silent history -- --refusals --json    instead: who was refused, and why`;

type Wanted = { format: HistoryFormat; isOfRefusals: boolean; out: string | undefined };

const wanted = readArguments();
const store = readStore();
try {
  const { out } = wanted;
  const reader = await openJournalReader(store);
  try {
    const target = out === undefined ? process.stdout : await openPrivately(out);
    await pipeline(textOf(reader, wanted), target, { end: out !== undefined });
    if (out !== undefined) {
      console.error(`The ${wanted.isOfRefusals ? 'refusals are' : 'history is'} in ${out}.`);
    }
  } finally {
    await reader.close();
  }
} catch (error) {
  end(sentenceOf(error), 1);
}

function readStore(): StoreConfig {
  const dotEnv = readDotEnv(process.env);
  const read = readStoreConfig(process.env, dotEnv);
  if (read.ok) return read.store;
  const problems = read.problems.map(({ variable, expected }) => `${variable}: ${expected}`);
  return end([...problems, 'Correct it in .env or in the environment.'].join('\n'), 1);
}

/** A file of phone numbers is for its owner alone, also where it was there before. */
async function openPrivately(path: string): Promise<Writable> {
  const file = await open(path, 'w', 0o600);
  await file.chmod(0o600);
  return file.createWriteStream();
}

function textOf(reader: JournalReader, { format, isOfRefusals }: Wanted): AsyncGenerator<string> {
  const write = historyFormats[format];
  return isOfRefusals ? write(reader.refusals(), refusalColumns) : write(reader.all(), changeColumns);
}

function readArguments(): Wanted {
  const { json, csv, refusals, out, help } = parseOptions();
  if (help) {
    console.log(usage);
    process.exit(0);
  }
  if (json && csv) return endWithUsage('Name one format, --json or --csv: not both at once.');
  if (!json && !csv) return endWithUsage('Name the format, --json or --csv.');
  return { format: json ? 'json' : 'csv', isOfRefusals: refusals ?? false, out };
}

function parseOptions() {
  const options = {
    json: { type: 'boolean' },
    csv: { type: 'boolean' },
    refusals: { type: 'boolean' },
    out: { type: 'string' },
    help: { type: 'boolean' },
  } as const;
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    return endWithUsage(sentenceOfOptions(error));
  }
}

/** Node's errors name what is wrong in quotes, and nowhere else. */
function sentenceOfOptions(error: unknown): string {
  const { code, message } = error instanceof Error && 'code' in error ? error : { code: '', message: '' };
  const named = /'(.+?)(?: <value>)?'/.exec(message)?.[1] ?? '';
  switch (code) {
    case 'ERR_PARSE_ARGS_UNKNOWN_OPTION':
      return `There is no option ${named}.`;
    case 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL':
      return `The word “${named}” is not an option.`;
    case 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE':
      return named === '--out' ? 'After --out comes the name of a file.' : `${named} takes no value.`;
    default:
      throw error;
  }
}

function sentenceOf(error: unknown): string {
  if (error instanceof UnfitStore) return `${error.message} (It was looked for in ${placeOf(store)}.)`;
  if (error instanceof StoreError) {
    const { says, todo } = unreadable(store, error.detail);
    return `${says} ${todo}`;
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unexpected error';
  if (code === 'ENOENT')
    return 'The history could not be written: there is no such folder. Make it, or name another file after --out.';
  // Whoever reads had enough of it.
  if (code === 'EPIPE') process.exit(0);
  return `The history could not be written (${code}). Check that this user may write there and that the disk has room, then try again.`;
}

function endWithUsage(sentence: string): never {
  return end(`${sentence}\n\n${usage}`, 2);
}

function end(sentence: string, code: number): never {
  console.error(sentence);
  process.exit(code);
}
