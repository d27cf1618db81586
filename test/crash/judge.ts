import type { Visibility } from '../../src/privacy/change.ts';
import type { Evidence } from './evidence.ts';
import { type Broken, type Figures, noFigures } from './figures.ts';
import { judgeTelling } from './judge-telling.ts';
import { fits, isInOrder } from './order.ts';
import type { Recorded } from './read-journal.ts';
import { isReadOf, isWriteOf, type Written, writesOf } from './written.ts';

export type Verdict = { figures: Figures; problems: string[] };

/** Holds what was seen from outside against what is guaranteed. */
export function judge(evidence: Evidence): Verdict {
  const figures = noFigures();
  const problems: string[] = [];
  const complain = (kind: Broken, what: string) => {
    figures[kind] += 1;
    problems.push(`${kind}: ${what}`);
  };
  const { journal, kills } = evidence;
  figures.changes = journal.length;
  figures.kills = kills.length;
  for (const name of evidence.diedByThemselves) complain('diedByItself', name);
  judgePromises(evidence, figures, complain);
  for (const entry of journal) {
    if (!entry.outcome) complain('unended', entry.id);
    else if (entry.outcome.kind === 'failed' && entry.outcome.failure === 'overtaken') figures.overtaken += 1;
    else if (entry.outcome.kind !== 'applied' && !evidence.mayEndOtherwise?.(entry))
      complain('endedOtherwise', `${entry.id} ${JSON.stringify(entry.outcome)}`);
  }
  for (const [instance, entries] of Map.groupBy(journal, (entry) => entry.instance)) {
    judgeInstance(evidence, { instance, entries, figures, complain });
  }
  judgeTelling(evidence, figures, complain);
  return { figures, problems };
}

export type Complain = (kind: Broken, what: string) => void;

function judgePromises({ journal, asked, missed }: Evidence, figures: Figures, complain: Complain): void {
  const byForm = Map.groupBy(journal, ({ formId }) => formId);
  const bySubmission = new Map(journal.map((entry) => [entry.submissionId, entry]));
  for (const { formId, submissionId, answer } of asked) {
    const found = (submissionId && bySubmission.get(submissionId)) || byForm.get(formId)?.[0];
    if (answer === 'accepted') figures.acknowledged += 1;
    if (answer === 'accepted' && (!found || missed.includes(formId))) complain('notOnDisk', formId);
    if (answer === 'none' && found) figures.unacknowledged += 1;
    if (answer === 'refused') figures.refusedSubmissions += 1;
    if (answer === 'refused' && submissionId && bySubmission.has(submissionId))
      complain('refusedButRecorded', submissionId);
  }
  const askedForms = new Set(asked.map(({ formId }) => formId));
  for (const [formId, entries] of byForm) {
    if (!askedForms.has(formId)) continue;
    for (const [index, later] of entries.entries()) {
      // A Save of a form whose change has ended is another one.
      if (index > 0 && !isAfterEndOf(later, entries[index - 1])) complain('promisedTwice', later.id);
    }
  }
}

function isAfterEndOf({ acceptedAt }: Recorded, earlier: Recorded | undefined): boolean {
  const { endedAt } = earlier ?? {};
  return endedAt !== undefined && acceptedAt.getTime() >= endedAt.getTime() - clocksDifferByMs;
}

/** One machine, two clocks: the database's and the process's. */
const clocksDifferByMs = 1;

const wireVisibilities: Record<Visibility, string> = {
  everyone: 'ALL',
  contacts: 'CONTACTS',
  'contacts-except': 'CONTACT_BLACKLIST',
  nobody: 'NONE',
};

function judgeInstance(
  evidence: Evidence,
  {
    instance,
    entries,
    figures,
    complain,
  }: { instance: string; entries: readonly Recorded[]; figures: Figures; complain: Complain },
): void {
  const passages = evidence.zapi.filter((passage) => isWriteOf(passage, instance));
  const writes = writesOf(passages).sort((a, b) => a.atMs - b.atMs);
  const done = writes.filter(({ isDone }) => isDone).sort((a, b) => a.takenAtMs - b.takenAtMs);
  const expected = entries.map(({ id, change, outcome }) => ({
    id,
    visibility: wireVisibilities[change.visibility],
    hide: change.hide,
    showAgain: change.showAgain,
    isApplied: outcome?.kind === 'applied',
    mayBeApplied: outcome?.kind === 'applied' || outcome?.kind === 'unknown',
  }));
  for (const { isRefused, ...write } of writes) {
    if (!isRefused || evidence.refusedAtWill?.(write.atMs)) continue;
    if (knewTheList(evidence, instance, write))
      complain('refusedLists', `${instance} ${JSON.stringify(write)}`);
    else figures.refusedUnread += 1;
  }
  figures.sentAgain += Math.max(0, done.length - expected.filter(({ isApplied }) => isApplied).length);
  const unwritten = expected.filter(
    (change) => change.isApplied && !done.some((write) => fits(write, change)),
  );
  for (const { id } of unwritten) complain('lost', id);
  if (unwritten.length === 0 && !isInOrder(done, expected)) complain('outOfOrder', instance);
  judgeOverlaps(evidence, instance, writes, complain);
  judgeEnd(evidence, instance, expected, complain);
}

/** A list that Z-API does not give in time is not waited for: the change is sent as it was asked for. */
function knewTheList(
  { zapi }: Evidence,
  instance: string,
  { from, atMs }: Pick<Written, 'from' | 'atMs'>,
): boolean {
  const read = zapi.findLast(
    (passage) => passage.from === from && passage.atMs <= atMs && isReadOf(passage, instance),
  );
  return read === undefined || (read.reply?.status === 200 && (read.answeredAtMs ?? atMs + 1) <= atMs);
}

/** A request of a process that was killed is nobody's any more, whenever the gateway is done with it. */
function judgeOverlaps(
  { kills }: Evidence,
  instance: string,
  writes: readonly Written[],
  complain: Complain,
): void {
  const killed = new Set(kills.map(({ process }) => process));
  for (const [index, later] of writes.entries()) {
    const earlier = writes
      .slice(0, index)
      .find(({ from, endedAtMs }) => from !== later.from && !killed.has(from) && endedAtMs > later.atMs);
    if (earlier) complain('overlapping', `${instance}: ${earlier.from} and ${later.from}`);
  }
}

function judgeEnd(
  { account, accountBefore }: Evidence,
  instance: string,
  expected: readonly {
    visibility: string;
    hide: readonly string[];
    showAgain: readonly string[];
    isApplied: boolean;
    /** It is not known: the account may be as before, or as after it. */
    mayBeApplied: boolean;
  }[],
  complain: Complain,
): void {
  const before = accountBefore(instance);
  let lastSeen = [String(before.lastSeen)];
  const isHidden = new Map(before.disallowed.map((phone) => [phone, [true]]));
  for (const { isApplied, mayBeApplied, visibility, hide, showAgain } of expected) {
    if (!mayBeApplied) continue;
    lastSeen = isApplied ? [visibility] : [...lastSeen, visibility];
    for (const [phone, hidden] of [
      ...hide.map((phone) => [phone, true] as const),
      ...showAgain.map((phone) => [phone, false] as const),
    ])
      isHidden.set(phone, isApplied ? [hidden] : [...(isHidden.get(phone) ?? [false]), hidden]);
  }
  const now = account(instance);
  const wrong = [...new Set([...isHidden.keys(), ...now.disallowed])].filter(
    (phone) => !(isHidden.get(phone) ?? [false]).includes(now.disallowed.includes(phone)),
  );
  if (lastSeen.includes(now.lastSeen) && wrong.length === 0) return;
  complain('wrongInTheEnd', `${instance}: ${JSON.stringify({ lastSeen, now: now.lastSeen, wrong })}`);
}
