import type { Outage } from '../crash/evidence.ts';
import { type Broken, broken } from '../crash/figures.ts';
import { judge } from '../crash/judge.ts';
import { type Recorded, readJournal } from '../crash/read-journal.ts';
import { publicChannel, toldIn } from '../world.ts';
import { type Criterion, figure, mustBeNone } from './criterion.ts';
import { type Episode, touching } from './episodes.ts';
import type { SoakStage } from './soak-stage.ts';

/** What was begun in a trouble may end after it. */
const afterMs = 5_000;
/** Nobody is killed here, and people note what was taken, not what was refused. */
const notSeenHere: readonly Broken[] = ['brokenOff', 'tooSlow', 'refusedButRecorded', 'overlapping'];
/** A post that was taken is noted at once, or when the database is there again. */
const notingMs = 2_000;

/** Kept, applied in order and told: what the suite that kills the bot holds, held here too. */
export async function judgeChanges(stage: SoakStage, episodes: readonly Episode[]): Promise<Criterion[]> {
  const journal = await readJournal(stage.journal.where);
  const { slack, zapi, asked, passages } = stage;
  const outages: Outage[] = episodes
    .filter(({ fault }) => fault.of === 'journal')
    .map(({ fromMs, recoveredMs }) => ({ fromMs: fromMs - notingMs, toMs: recoveredMs }));
  const during = (entry: Recorded) =>
    touching(
      episodes,
      { fromMs: entry.acceptedAt.getTime(), toMs: entry.endedAt?.getTime() ?? Date.now() },
      afterMs,
    );
  const mayEndOtherwise = (entry: Recorded) => {
    const { outcome } = entry;
    if (!outcome || !('failure' in outcome)) return false;
    return during(entry).some(({ fault }) => fault.failures?.includes(outcome.failure));
  };
  const messages = [
    ...toldIn({ slack }, publicChannel),
    ...slack.users.flatMap(({ id }) => slack.directMessages(id)),
  ];
  const { figures, problems } = judge({
    journal,
    asked,
    missed: [],
    zapi: passages.zapi,
    slack: passages.slack,
    messages,
    kills: [],
    outages,
    mayEndOtherwise,
    // A list that was not read in time, as while Z-API asks for a pause, is changed unread; the form may have read it.
    refusedAtWill: (atMs) =>
      touching(episodes, { fromMs: atMs, toMs: atMs }, afterMs).some(({ fault }) =>
        fault.failures?.includes('refused'),
      ),
    diedByThemselves: stage.diedByThemselves,
    accountBefore: () => ({ lastSeen: 'ALL', disallowed: [] }),
    account: zapi.account,
  });
  const ofKind = (kind: string) => problems.filter((problem) => problem.startsWith(`${kind}:`));
  return [
    figure('changes accepted', journal.length, [...outcomesOf(journal)]),
    figure('seen accepted by people in forms', figures.acknowledged),
    figure('told in all', journal.filter(({ told }) => told === 'told').length, tellingOf(journal)),
    figure('told twice, because an answer was lost', figures.toldTwiceExcused, [
      'excused: Slack took the message and its answer never came; both carry the change id',
    ]),
    figure('told twice, because the database was away', figures.toldTwiceDatabase, [
      'excused: Slack took the message, and it could not be noted',
    ]),
    figure('sent to Z-API more often than applied', figures.sentAgain, [
      'excused: what became of it was unknown, and the change without numbers was sent again or ended as unknown',
    ]),
    ...(Object.keys(broken) as Broken[])
      .filter((kind) => !notSeenHere.includes(kind))
      .map((kind) => mustBeNone(nameOf(kind), ofKind(kind))),
  ];
}

function nameOf(kind: Broken): string {
  return kind === 'endedOtherwise'
    ? 'failed, unknown or expired without a fault that explains it'
    : broken[kind].toLowerCase();
}

function outcomesOf(journal: readonly Recorded[]): string[] {
  const kinds = Map.groupBy(journal, ({ outcome }) =>
    !outcome ? 'not ended' : 'failure' in outcome ? `${outcome.kind}: ${outcome.failure}` : outcome.kind,
  );
  return [[...kinds].map(([kind, entries]) => `${kind} ${entries.length}`).join(', ')];
}

function tellingOf(journal: readonly Recorded[]): string[] {
  const kinds = Map.groupBy(journal, ({ told }) => told ?? 'not yet');
  return [[...kinds].map(([kind, entries]) => `${kind} ${entries.length}`).join(', ')];
}
