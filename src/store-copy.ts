import { parseArgs } from 'node:util';
import dotenv from 'dotenv';
import { readStoreConfig } from './config.ts';
import { StoreError, storeInUse, UnfitStore, type Waiting } from './privacy/ports.ts';
import { type Moved, moveJournal, takeBack } from './store/move-journal.ts';

// The process behind `npm run store:copy`: moves the history from the data folder to PostgreSQL, while the bot is stopped.

const usage = `Moves the history from the data folder (DATA_DIR) to the PostgreSQL database in DATABASE_URL. Stop the bot first.
Both are read from .env or the environment: an address with a password does not belong on the command line.

  npm run store:copy                      copy everything, check it, and let no bot start on the folder any more
  npm run store:copy -- --from FOLDER     from another folder than DATA_DIR
  npm run store:copy -- --take-back       let the bot start on the folder again, as it was when it was copied`;

const progressEvery = 100_000;

dotenv.config({ quiet: true });

const { from, 'take-back': isTakenBack, help } = readArguments();
if (help) {
  console.log(usage);
  process.exit(0);
}
try {
  if (isTakenBack) console.log(afterTakeBack(await takeBack(folder())));
  else
    console.log(afterMove(await moveJournal({ dataDir: folder(), databaseUrl: database() }, tellProgress)));
} catch (error) {
  end(sentenceOf(error), 1);
}

function readArguments() {
  const options = {
    from: { type: 'string' },
    'take-back': { type: 'boolean' },
    help: { type: 'boolean' },
  } as const;
  try {
    return parseArgs({ options }).values;
  } catch {
    return end(usage, 2);
  }
}

function folder(): string {
  // Without DATABASE_URL, which would be taken instead of the folder.
  const read = readStoreConfig({ DATA_DIR: from ?? process.env.DATA_DIR });
  return read.ok && read.store.kind === 'sqlite' ? read.store.dataDir : end('DATA_DIR: name a folder.', 1);
}

function database(): string {
  const read = readStoreConfig({ DATABASE_URL: process.env.DATABASE_URL });
  if (!read.ok)
    return end(read.problems.map(({ variable, expected }) => `${variable}: ${expected}`).join('\n'), 1);
  if (read.store.kind === 'postgres') return read.store.databaseUrl;
  return end(
    'DATABASE_URL is missing. Put the address of the PostgreSQL database into .env, then try again.',
    1,
  );
}

function tellProgress(changes: number): void {
  if (changes % progressEvery === 0) console.log(`${changes} changes …`);
}

function afterMove({ changes, refusals, toApply, toTell, wasThere }: Moved): string {
  const found = `${changes} changes and ${refusals} refusals`;
  return [
    wasThere
      ? `Everything was copied before: ${found} are in the database as they are in the folder.`
      : `Copied ${found}, and compared every value.`,
    ...waitingLine(toApply, 'to be made'),
    ...waitingLine(toTell, 'to be told'),
    'No bot starts on the data folder any more. Next: start the bot with the same DATABASE_URL.',
    'The folder still holds the phone numbers, and nothing erases them there now: delete it when all is well.',
  ].join('\n');
}

function waitingLine({ count }: Waiting, what: string): string[] {
  return count === 0
    ? []
    : [`${count} of them ${count === 1 ? 'waits' : 'wait'} ${what}: the next start goes on with that.`];
}

function afterTakeBack(wasMoved: boolean): string {
  return wasMoved
    ? 'The bot can start on the data folder again, without DATABASE_URL. What happened since the copy is not in it.'
    : 'The history of this data folder was not moved. Nothing was changed.';
}

function sentenceOf(error: unknown): string {
  if (error instanceof UnfitStore) return error.message;
  if (!(error instanceof StoreError)) return 'Nothing was copied: something unexpected went wrong.';
  if (error.detail === storeInUse)
    return 'The bot is running on this data folder. Stop it, then try again. Nothing was copied.';
  return error.written === 'unknown'
    ? `PostgreSQL did not say whether it took the copy (${error.detail}). Run this again: it finds out, and copies what is missing.`
    : `Nothing was copied (${error.detail}). Mend that, then try again.`;
}

function end(sentence: string, code: number): never {
  console.error(sentence);
  process.exit(code);
}
