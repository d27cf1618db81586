import { access, constants, stat, statfs } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { StoreConfig } from '../config.ts';
import { codeOf } from './code-of.ts';
import { type Finding, ok, toDo } from './finding.ts';

const name = 'data-folder';
const leastFreeMegabytes = 100;
const others = 0o007;

/** Whether the bot can write its journal where it is to be, and others can't read it there. Writes nothing. */
export async function checkDataFolder(store: StoreConfig): Promise<Finding[]> {
  if (store.kind === 'postgres') return [];
  const folder = resolve(store.dataDir);
  const found = await stat(folder).catch(codeOf);
  if (found === 'ENOENT') return [await checkPlaceFor(folder)];
  if (typeof found === 'string') return [notUsable(folder, `can't be looked at (${found})`)];
  if (!found.isDirectory()) return [notUsable(folder, 'is no folder')];
  if (!(await isWritable(folder))) return [notUsable(folder, 'may not be written by this user')];
  const unwritable = await firstUnwritable(folder);
  if (unwritable)
    return [
      toDo(
        name,
        `The file ${unwritable} in the data folder may not be written by this user.`,
        "Check as the user that runs the bot; if it is that one, give the folder's files to it (chown).",
      ),
    ];
  if (process.platform !== 'win32' && (found.mode & others) !== 0)
    return [
      toDo(
        name,
        `Every user of this machine can look into the data folder ${folder}, which holds phone numbers.`,
        `Close it: chmod 700 ${folder}`,
      ),
    ];
  return [await checkRoom(folder)];
}

/** The bot makes the folder, and those above it. */
async function checkPlaceFor(folder: string): Promise<Finding> {
  let above = dirname(folder);
  while ((await stat(above).catch(codeOf)) === 'ENOENT' && above !== dirname(above)) above = dirname(above);
  // In /proc nothing can be made, whatever its rights say.
  if (`${above}/`.startsWith('/proc/') || !(await isWritable(above)))
    return notUsable(folder, `can't be made in ${above} by this user`);
  return ok(name, `The data folder ${folder} is not there yet; the bot makes it at its first start.`);
}

async function checkRoom(folder: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(folder);
  const megabytes = Math.floor((bavail * bsize) / 1_000_000);
  return megabytes < leastFreeMegabytes
    ? toDo(name, `The disk of the data folder has only ${megabytes} MB left.`, 'Make room on it.')
    : ok(name, `The data folder ${folder} can be written, and its disk has room.`);
}

/** A file that another user made, such as root on an earlier try. */
async function firstUnwritable(folder: string): Promise<string | undefined> {
  for (const file of ['lastseen.db', 'lastseen.db-wal', 'lastseen.db-shm', 'lock']) {
    const code = await access(join(folder, file), constants.W_OK).then(() => undefined, codeOf);
    if (code !== undefined && code !== 'ENOENT') return file;
  }
  return undefined;
}

function isWritable(folder: string): Promise<boolean> {
  return access(folder, constants.R_OK | constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
}

function notUsable(folder: string, what: string): Finding {
  return toDo(
    name,
    `The data folder ${folder} ${what}.`,
    'Name another one in DATA_DIR, or correct its owner and its rights.',
  );
}
