import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Where } from '../crash/read-journal.ts';
import { startPostgres } from '../postgres-server.ts';
import { canMount, mountSmall } from '../store/folder.ts';
import { temporaryFolder } from '../temporary-folder.ts';

export const stores = ['sqlite', 'postgres'] as const;
export type Store = (typeof stores)[number];

/** Where the journal is, and how it is made impossible to write for a while. */
export type JournalPlace = AsyncDisposable & {
  where: Where;
  env: Record<string, string>;
  /** What `takeAway` does, in a word. Undefined: it can't be done on this machine. */
  trouble: string | undefined;
  takeAway(): Promise<void>;
  giveBack(): Promise<void>;
};

export async function openJournalPlace(store: Store): Promise<JournalPlace> {
  if (store === 'postgres') return openPostgres();
  return canMount() ? openSmallDisk() : openFolder();
}

async function openPostgres(): Promise<JournalPlace> {
  const server = await startPostgres();
  const databaseUrl = await server.createDatabase();
  return {
    where: { databaseUrl },
    env: { DATABASE_URL: databaseUrl },
    trouble: 'PostgreSQL stopped and started',
    takeAway: server.stop,
    giveBack: server.start,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

/** Large enough for the journal of some hours, small enough to be filled at once. */
const diskKib = 64 * 1024;

/** A disk of its own, which can be full. Needs root. */
function openSmallDisk(): JournalPlace {
  const disk = mountSmall(diskKib);
  return {
    where: { dataDir: disk.path },
    env: { DATA_DIR: disk.path },
    trouble: 'disk full',
    takeAway: async () => disk.fill(),
    giveBack: () => rm(join(disk.path, 'ballast')),
    [Symbol.asyncDispose]: async () => disk[Symbol.dispose](),
  };
}

async function openFolder(): Promise<JournalPlace> {
  const folder = await temporaryFolder();
  return {
    where: { dataDir: folder.path },
    env: { DATA_DIR: folder.path },
    trouble: undefined,
    takeAway: async () => undefined,
    giveBack: async () => undefined,
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}
