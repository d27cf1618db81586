import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createSqliteStore } from '../../src/store/sqlite-store.ts';
import { asker, channel } from './slack-requests.ts';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const yearMs = 365 * 24 * 3_600_000;

/** Fills a new journal with changes of one number that were told, within the last year. */
export async function fillJournal(dataDir: string, count: number, instance: string): Promise<void> {
  const store = createSqliteStore({ dataDir });
  await store.open();
  await store.close();
  const db = new DatabaseSync(join(dataDir, 'lastseen.db'));
  db.exec('pragma synchronous = off; pragma cache_size = -200000; begin');
  const insert = db.prepare(`
    insert into changes (id, submission_id, form_id, instance, setting, visibility, hide, show_again, hide_count,
      show_again_count, by_user, channel, reply_url, tell_in, accepted_at_ms, status, times_claimed, outcome, ended_at_ms,
      told, told_at_ms)
    values (?, ?, ?, ?, 'last-seen', ?, ?, '[]', ?, 0, ?, ?, '', ?, ?, 'told', 1, 'applied', ?, 'told', ?)`);
  const stepMs = Math.floor(yearMs / count);
  const firstMs = Date.now() - stepMs * count;
  for (let index = 0; index < count; index += 1) {
    const atMs = firstMs + index * stepMs;
    const isExcept = index % 5 === 0;
    const hide = isExcept ? JSON.stringify([`55119${70_000_000 + index}`]) : '[]';
    const visibility = isExcept ? 'contacts-except' : 'nobody';
    const submission = `s${index}`;
    insert.run(
      `${base32(atMs)}000`,
      submission,
      submission,
      instance,
      visibility,
      hide,
      isExcept ? 1 : 0,
      asker,
      channel,
      channel,
      atMs,
      atMs + 500,
      atMs + 900,
    );
  }
  db.exec('commit; pragma wal_checkpoint(truncate)');
  db.close();
}

/** The first nine characters of a change's id, which are its time. */
function base32(value: number): string {
  let text = '';
  for (let rest = value; text.length < 9; rest = Math.floor(rest / 32))
    text = alphabet.charAt(rest % 32) + text;
  return text;
}
