import { moveJournal } from '../../src/store/move-journal.ts';

/** A process that moves a journal, and kills itself when so many changes are copied. */
const [dataDir = '', databaseUrl = '', most] = process.argv.slice(2);
await moveJournal({ dataDir, databaseUrl }, (changes) => {
  if (changes >= Number(most)) process.kill(process.pid, 'SIGKILL');
});
