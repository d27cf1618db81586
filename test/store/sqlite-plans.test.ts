import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type CompiledQuery, Kysely, sql } from 'kysely';
import { createChangeStore } from '../../src/store/change-store.ts';
import type { Database } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrations.ts';
import type { Tables } from '../../src/store/schema.ts';
import { createSqliteDialect } from '../../src/store/sqlite-driver.ts';
import { newId, readRefusals, record, refusal, submission } from './submissions.ts';

let file: DatabaseSync;
let store: ReturnType<typeof createChangeStore>;
let asked: CompiledQuery[];

/** The store over a database in memory, whose queries can be looked at. */
beforeEach(async () => {
  file = new DatabaseSync(':memory:');
  asked = [];
  const db = new Kysely<Tables>({
    dialect: createSqliteDialect(file),
    log: ({ query }) => void asked.push(query),
  });
  await migrate(db, { idType: sql`text` });
  const database: Database = {
    leaseMs: Number.POSITIVE_INFINITY,
    nowMs: sql`0`,
    newToken: () => 'token',
    open: async () => undefined,
    read: (query) => query(db),
    write: (statement) => statement(db),
    record: (_instance, work) => db.transaction().execute(work),
    expectErasing: async () => undefined,
    scrub: async () => undefined,
    check: async () => undefined,
    close: async () => undefined,
  };
  store = createChangeStore(database);
});

afterEach(() => file.close());

/** How SQLite goes about what the work asks for. */
async function planOf(work: () => Promise<unknown>): Promise<string> {
  asked = [];
  await work();
  const plans = asked.map(({ sql: text, parameters }) =>
    file.prepare(`explain query plan ${text}`).all(...parameters.map(String)),
  );
  return plans
    .flat()
    .map(({ detail }) => String(detail))
    .join('\n');
}

const before = new Date(0);
const manyNumbers = Array.from({ length: 50 }, (_, index) => `number-${index}`);

test.each<[string, () => Promise<unknown>, string[]]>([
  ['claiming', () => store.claimNext('padaria'), ['changes_queue (instance=?)']],
  ['claimable instances', () => store.claimableInstances(), ['changes_queue']],
  ['claiming to tell', () => store.claimToTell('C0TEAM'), ['changes_telling (tell_in=?)']],
  ['channels to tell', () => store.channelsToTell(), ['changes_telling']],
  ['the backlog', () => store.backlog(), ['changes_form', 'changes_telling']],
  [
    'what was promised',
    () => store.promisedTo(submission()),
    ['changes_submission (submission_id=?)', 'changes_form (form_id=?)'],
  ],
  [
    'the newest',
    () => store.newest({ instance: 'padaria', setting: 'last-seen', before: 'x' }),
    ['changes_newest (instance=? AND setting=? AND id<?)'],
  ],
  [
    'the newest under way',
    () => store.newest({ instance: 'padaria', setting: 'last-seen', underWay: true }),
    ['changes_newest (instance=? AND setting=?)'],
  ],
  [
    'an older page',
    () => store.page({ instances: ['padaria'], before: 'x', limit: 10 }),
    ['changes_history (instance=? AND id<?)'],
  ],
  [
    'a newer page',
    () => store.page({ instances: ['padaria'], after: 'x', limit: 10 }),
    ['changes_history (instance=? AND id>?)'],
  ],
  [
    'erasing',
    () => store.erase({ numbersOf: before, replyUrlsOf: before, refusalsOf: before }),
    [
      'changes_reply_url (accepted_at_ms<?)',
      'changes_numbers (accepted_at_ms<?)',
      'refusals_order (at_ms<?)',
    ],
  ],
  [
    'recording, with a limit',
    () => store.record(submission(), newId, { mostPerHour: 3 }),
    [
      'changes_by_person (by_user=? AND accepted_at_ms>? AND accepted_at_ms<?)',
      'changes_of_number (instance=? AND accepted_at_ms>? AND accepted_at_ms<?)',
      'changes_history (instance=?)',
    ],
  ],
  [
    'refusals',
    async () => {
      await store.noteRefusal(refusal());
      await readRefusals(store);
    },
    ['SCAN refusals USING INDEX refusals_order', 'refusals_order ((at_ms,id)>(?,?))'],
  ],
])('%s reads only what an index points at', async (_what, work, indexes) => {
  const plan = await planOf(work);
  for (const index of indexes) expect(plan).toContain(index);
  expect(plan).not.toMatch(/^SCAN changes$|^SCAN \w+$|TEMP B-TREE/m);
});

test.each<[string, () => Promise<unknown>, string[]]>([
  [
    'the newest',
    () => store.newestOfEach({ instances: manyNumbers, setting: 'last-seen' }),
    ['changes_newest (instance=? AND setting=?)', 'sqlite_autoindex_changes_1 (id=?)'],
  ],
  [
    'a page',
    () => store.page({ instances: manyNumbers, before: 'x', limit: 10 }),
    ['COVERING INDEX changes_history (instance=? AND id<?)'],
  ],
])('of many numbers, %s reads what an index points at for each', async (_what, work, indexes) => {
  const plan = await planOf(work);
  for (const index of indexes) expect(plan).toContain(index);
  // What is asked for is a table, too, and is read from its beginning to its end.
  expect(plan).not.toMatch(/^SCAN (?!wanted$|firsts$|50 CONSTANT ROWS$)/m);
});

/** The time that one claim takes, in the middle of many. */
async function timeClaiming(): Promise<number> {
  const times: number[] = [];
  for (let count = 0; count < 101; count += 1) {
    const startedMs = performance.now();
    const got = await store.claimNext('padaria');
    times.push(performance.now() - startedMs);
    if (got) await store.release(got.claim);
  }
  return times.sort((a, b) => a - b)[50] ?? 0;
}

test('claiming takes no longer with 100,000 changes that were told', async () => {
  await record(store);
  await timeClaiming();
  const aloneMs = await timeClaiming();
  file.exec(`
    with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < 100000)
    insert into changes (id, submission_id, form_id, instance, setting, visibility, hide, show_again, hide_count,
      show_again_count, by_user, channel, reply_url, tell_in, accepted_at_ms, status, times_claimed, outcome, told)
    select printf('0%011d', n), 's' || n, 'f' || n, 'padaria', 'last-seen', 'nobody', '[]', '[]', 0, 0, 'U0ANA',
      'C0SHOP', '', 'C0TEAM', n, 'told', 1, 'applied', 'told' from numbers`);
  const amongManyMs = await timeClaiming();
  expect(amongManyMs).toBeLessThan(aloneMs * 5 + 0.5);
});
