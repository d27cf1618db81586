import type { JournalEntry } from '../../privacy/journal-entry.ts';
import { maskPhone } from '../../privacy/phone.ts';
import type { LastSet } from '../../privacy/setting-memory.ts';
import type { SettingId } from '../../privacy/settings.ts';
import type { Sentences } from '../sentences/en/english.ts';
import type { AuditMessages } from './audit.ts';
import type { FormMessages } from './form.ts';
import { bold, joined, linkTo, mention, type NamedNumber, numberInFull, numberMasked } from './formatting.ts';
import { type OutcomeMessages, signs, verdictOf } from './outcome.ts';
import type { Phrasing } from './phrasing.ts';

export type Status = {
  last: LastSet;
  number: NamedNumber;
  /** How many are on the list; undefined where the gateway can't say. */
  hidden: number | undefined;
  connected: boolean | undefined;
};

export type HistoryMessages = ReturnType<typeof createHistoryMessages>;

/** What the bot says to one person who looks back. Numbers are masked except in one change in full. */
export function createHistoryMessages(
  { history: words, names }: Sentences,
  { counted, settingName, settingTitle, visibilityNames, timeText, hiddenEntry }: Phrasing,
  {
    outcome: { failureInShort, failureText, proofText, listLines },
    form: { standing },
    audit: { auditFootnote },
  }: { outcome: OutcomeMessages; form: FormMessages; audit: AuditMessages },
) {
  function statusText(setting: SettingId, { last, number, hidden, connected }: Status): string {
    const { status } = words;
    const whose = numberInFull(number) ?? status.unknownNumber;
    const people = hidden === undefined ? status.peopleUnknown : counted(hidden, status.people);
    const connection = connected ? status.connected : status.notConnected;
    return [
      bold(status.title(settingTitle(setting), whose)),
      `• ${status.whoCanSee(standing(last))}`,
      `• ${status.onTheList(bold(visibilityNames['contacts-except']), hidden === 0 ? status.nobody : people)}`,
      `• ${connected === undefined ? status.connectionUnknown : connection}`,
    ].join('\n');
  }

  /** How a change looks at a glance: its sign, and what became of it. */
  function glance({ outcome }: Pick<JournalEntry, 'outcome'>) {
    const verdict = outcome ? verdictOf(outcome) : 'underWay';
    return { sign: signs[verdict], verdict: words.verdicts[verdict] };
  }

  /** One change in a few lines, masked. `number`: where there are several. */
  function historyEntry(entry: JournalEntry, number?: NamedNumber): string {
    const { outcome, by, change, undoes } = entry;
    const { sign, verdict } = glance(entry);
    const what = [
      bold(visibilityNames[change.visibility]),
      number && words.onNumber(numberMasked(number) ?? names.yourNumber),
      mention(by),
      verdict,
      undoes && words.undoes(undoes),
    ];
    const lines = [
      `${sign} ${joined(what, ' · ')}`,
      outcome && outcome.kind !== 'applied' && failureInShort(outcome),
      ...listLines(entry, maskPhone),
    ];
    return joined(lines, '\n');
  }

  /** One change in full, for one person's eyes. */
  function changeInFull(entry: JournalEntry, number?: NamedNumber): string {
    const { id, change, outcome, by, acceptedAt, endedAt, told, toldAt, tellIn, undoes } = entry;
    const { inFull } = words;
    const { sign, verdict } = glance(entry);
    const toldAll = [inFull.told[told ?? 'notYet'](linkTo(tellIn)), toldAt && timeText(toldAt)];
    const lines = [
      number && words.status.title(settingTitle(change.setting), numberInFull(number) ?? names.yourNumber),
      inFull.whoCanSee(bold(visibilityNames[change.visibility])),
      ...listLines(entry, hiddenEntry, Number.POSITIVE_INFINITY),
      inFull.askedBy(mention(by), timeText(acceptedAt)),
      endedAt && inFull.ended(timeText(endedAt)),
      outcome?.kind === 'applied' ? proofText(entry) : outcome && failureText(outcome),
      undoes && inFull.undoes(undoes),
      joined(toldAll, ', '),
    ];
    const title = `${sign} ${bold(inFull.title(id, settingName(change.setting), verdict))}`;
    return joined([title, ...lines.map((line) => line && `• ${line}`)], '\n');
  }

  return {
    statusText,
    newer: words.newer,
    older: words.older,
    historyTitle: (setting: SettingId) => words.title(settingName(setting)),
    nothingYet: words.nothingYet,
    historyEntry,
    historyFootnote: ({ id, endedAt, acceptedAt }: JournalEntry) =>
      auditFootnote({ id, endedAt: endedAt ?? acceptedAt }),
    changeInFull,
  };
}
