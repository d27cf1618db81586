import { createSqliteStore } from '../../src/store/sqlite-store.ts';
import { claim, record } from './submissions.ts';

/** A process that opens the data folder, claims a change, says its id, and then waits to be killed. */
const [dataDir = ''] = process.argv.slice(2);
const store = createSqliteStore({ dataDir });
await store.open();
await record(store);
console.log((await claim(store)).entry.id);
setInterval(() => undefined, 60_000);
