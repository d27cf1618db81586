import { parseArgs } from 'node:util';
import { readStoreConfig, type StoreConfig } from './config.ts';
import { readDotEnv } from './config-dot-env.ts';
import { nameOfError } from './privacy/name-of-error.ts';
import { StoreError, storeInUse, UnfitStore, type Waiting } from './privacy/ports.ts';
import { type Moved, moveJournal, takeBack } from './store/move-journal.ts';
import { placeOf } from './store-place.ts';

// The process behind `npm run store:copy`: moves the history from the data folder to PostgreSQL, while the bot is stopped.

const usage = `Moves the history from the data folder (DATA_DIR) to the PostgreSQL database in DATABASE_URL. Stop the bot first.
Both are read from .env or the environment: an address with a password does not belong on the command line.

  npm run store:copy                      copy everything, check it, and let no bot start on the folder any more
  npm run store:copy -- --from FOLDER     from another folder than DATA_DIR
  npm run store:copy -- --take-back       let the bot start on the folder again, as it was when it was copied`;

const progressEvery = 100_000;

const { from, 'take-back': isTakenBack, help } = readArguments();
if (help) {
  console.log(usage);
  process.exit(0);
}
const { misread } = readDotEnv(process.env);
const folder = readFolder();
const database = isTakenBack ? undefined : readDatabase();
const whence = placeOf(folder);
const whither = database && placeOf(database);
try {
  if (!database) console.log(afterTakeBack(await takeBack(folder.dataDir)));
  else {
    const places = { dataDir: folder.dataDir, databaseUrl: database.databaseUrl };
    console.log(afterMove(await moveJournal(places, tellProgress)));
  }
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
    return end(`Only --from FOLDER, --take-back and --help are understood.\n\n${usage}`, 2);
  }
}

function readFolder(): Extract<StoreConfig, { kind: 'sqlite' }> {
  // Without DATABASE_URL, which would be taken instead of the folder.
  const store = read({ DATA_DIR: from ?? process.env.DATA_DIR });
  return store.kind === 'sqlite' ? store : end('DATA_DIR: name a folder.', 1);
}

function readDatabase(): Extract<StoreConfig, { kind: 'postgres' }> {
  const store = read({ DATABASE_URL: process.env.DATABASE_URL });
  if (store.kind === 'postgres') return store;
  return end(
    'DATABASE_URL is missing. Put the address of the PostgreSQL database into .env, then try again.',
    1,
  );
}

function read(env: { DATA_DIR: string | undefined } | { DATABASE_URL: string | undefined }): StoreConfig {
  const asked = misread.filter(({ variable }) => variable in env && !(variable === 'DATA_DIR' && from));
  const found = readStoreConfig(env, { misread: asked });
  if (found.ok) return found.store;
  const problems = found.problems.map(({ variable, expected }) => `${variable}: ${expected}`);
  return end([...problems, 'Correct it in .env or in the environment.'].join('\n'), 1);
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
  const nothing = whither
    ? `Nothing was copied from ${whence} to ${whither}`
    : `Nothing was changed in ${whence}`;
  if (error instanceof UnfitStore)
    return `${error.message} (${whither ? `From ${whence} to ${whither}` : `It is about ${whence}`}.)`;
  if (!(error instanceof StoreError))
    return `${nothing} (${nameOfError(error)}). Please tell whoever looks after the bot.`;
  if (error.detail === storeInUse)
    return `The bot is running on ${whence}. Stop it, then try again. ${nothing}.`;
  if (error.written === 'unknown')
    return `It is not known whether ${whither ?? whence} took all of it (${error.detail}). Run this again: it finds out, and does what is missing.`;
  return whither
    ? `${nothing} (${error.detail}). Check that the database runs, that this machine can reach it, that DATABASE_URL is right, and that this user may write the folder; then try again.`
    : `${nothing} (${error.detail}). Check that this user may write the folder, then try again.`;
}

function end(sentence: string, code: number): never {
  console.error(sentence);
  process.exit(code);
}
