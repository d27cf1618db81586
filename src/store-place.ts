import { resolve } from 'node:path';
import type { StoreConfig } from './config.ts';

// Where the journal is, for sentences. Of a database the host alone: what else its address has may be a secret.

/** Such as `the data folder /var/lib/lastseen-bot`. */
export function placeOf(store: StoreConfig): string {
  if (store.kind === 'sqlite') return `the data folder ${resolve(store.dataDir)}`;
  const { hostname, searchParams } = new URL(store.databaseUrl);
  const host = searchParams.get('host') || hostname;
  return host === '' ? 'the PostgreSQL database' : `the PostgreSQL database on ${host}`;
}

/** Why a journal can't be read for now, and what to do about it. `detail` is a code. */
export function unreadable(store: StoreConfig, detail: string): { says: string; todo: string } {
  return {
    says: `The journal in ${placeOf(store)} can't be read (${detail}).`,
    todo:
      store.kind === 'sqlite'
        ? 'Check that DATA_DIR names the right folder and that this user may read it, then try again.'
        : 'Check that the database runs, that this machine can reach it, and that DATABASE_URL is right, then try again.',
  };
}
