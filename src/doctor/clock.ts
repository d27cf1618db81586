import type { Config, StoreConfig } from '../config.ts';
import { StoreError, UnfitStore } from '../privacy/ports.ts';
import { readPostgresClock } from '../store/postgres-clock.ts';
import { askSlack, slackDidNotAnswer } from './ask-slack.ts';
import { type Finding, notChecked, ok, toDo } from './finding.ts';

/** Slack's signatures are refused after five minutes, and the age of a change is reckoned by two clocks. */
const mostSkewMs = 60_000;
const setClock = 'Let this machine set its clock by the network (NTP).';

/** This machine's clock against Slack's, and the database's. */
export async function checkSlackClock({ slack }: Config): Promise<Finding[]> {
  const sentAtMs = Date.now();
  const answer = await askSlack(slack.apiUrl, 'auth.test', { token: slack.botToken });
  if (answer.kind === 'no-answer') return [slackDidNotAnswer('clock', answer.why)];
  const theirs = Date.parse(answer.headers.get('date') ?? '');
  if (Number.isNaN(theirs)) return [notChecked('clock', 'Slack did not say what time it is.')];
  return [compare('clock', "Slack's", theirs, sentAtMs, setClock)];
}

/** SQLite has no clock of its own. */
export async function checkDatabaseClock(store: StoreConfig): Promise<Finding[]> {
  if (store.kind === 'sqlite') return [];
  const name = 'database-clock';
  try {
    const sentAtMs = Date.now();
    const theirs = await readPostgresClock(store.databaseUrl);
    return [
      compare(
        name,
        "PostgreSQL's",
        theirs.getTime(),
        sentAtMs,
        'Let both machines set their clocks by the network (NTP).',
      ),
    ];
  } catch (error) {
    // Why it can't be reached is said of the journal.
    if (error instanceof StoreError || error instanceof UnfitStore)
      return [notChecked(name, "PostgreSQL's clock could not be read.")];
    throw error;
  }
}

/** The other clock was read at some moment between the question and now. */
function compare(name: string, whose: string, theirsMs: number, sentAtMs: number, todo: string): Finding {
  const aheadMs = theirsMs < sentAtMs ? sentAtMs - theirsMs : Math.min(0, Date.now() - theirsMs);
  if (Math.abs(aheadMs) <= mostSkewMs) return ok(name, `This machine's clock agrees with ${whose}.`);
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  const amount = seconds < 120 ? `${seconds} seconds` : `${Math.round(seconds / 60)} minutes`;
  return toDo(
    name,
    `This machine's clock is ${amount} ${aheadMs > 0 ? 'ahead of' : 'behind'} ${whose}.`,
    todo,
  );
}
