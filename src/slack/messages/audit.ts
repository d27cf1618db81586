import type { EndedChange } from '../../privacy/journal-entry.ts';
import { maskPhone } from '../../privacy/phone.ts';
import type { Sentences } from '../sentences/en/english.ts';
import { bold, joined, linkTo, mention, type NamedNumber, numberMasked, stopAfter } from './formatting.ts';
import { type OutcomeMessages, signs, verdictOf } from './outcome.ts';
import type { Phrasing } from './phrasing.ts';

export type AuditMessages = ReturnType<typeof createAuditMessages>;

/** What the whole channel is told of a change. Phone numbers are masked. */
export function createAuditMessages(
  { audit: words }: Sentences,
  { counted, settingName, settingTitle, visibilityNames, timeText, changeId }: Phrasing,
  { failureText, proofText, listLines }: OutcomeMessages,
) {
  /** The audit message in pieces; `text` is the whole of it in one plain line, for notifications and screen readers. */
  function auditTexts(ended: EndedChange, named: NamedNumber) {
    const { change, outcome, by, undoes } = ended;
    const { kind } = outcome;
    const verdict = verdictOf(outcome);
    const title = words.titles[verdict](settingTitle(change.setting));
    const number = numberMasked(named) ?? words.unknownNumber;
    const visibility = visibilityNames[change.visibility];
    const who = { by: mention(by), setting: settingName(change.setting) };
    const stop = stopAfter(visibility);
    const counts = listCounts(change);
    const details = outcome.kind === 'applied' ? proofText(ended) : failureText(outcome);
    const undo = kind === 'applied' ? words.undoes : words.wasToUndo;
    const bolder = words.deeds[kind]({ ...who, number: bold(number), visibility: bold(visibility) });
    const sentence = words.deeds[kind]({ ...who, number, visibility });
    return {
      headline: joined(
        [`${signs[verdict]} ${bold(`${title}.`)} ${bolder}${stop}`, undoes && undo(`\`${undoes}\``)],
        ' ',
      ),
      details,
      text: joined(
        [`${title}: ${sentence}${counts ? ` (${counts}).` : stop}`, undoes && undo(undoes), details],
        ' ',
      ),
    };
  }

  /** Masked, for the channel. */
  function auditNumbers(ended: EndedChange): string | undefined {
    const lines = listLines(ended, maskPhone);
    if (lines.length > 0) return lines.join('\n');
    return ended.outcome.kind === 'applied' && ended.change.visibility === 'contacts-except'
      ? words.listStays
      : undefined;
  }

  function listCounts({ hide, showAgain }: EndedChange['change']): string {
    return joined(
      [
        hide.length > 0 && counted(hide.length, words.hideFrom),
        showAgain.length > 0 && counted(showAgain.length, words.showAgainTo),
      ],
      ', ',
    );
  }

  return {
    auditTexts,
    auditNumbers,
    auditFootnote: ({ id, endedAt }: Pick<EndedChange, 'id' | 'endedAt'>) =>
      `${timeText(endedAt)} · ${changeId(id)}`,
    /** For the person, in a direct message, where the channel could not be told. */
    notToldText: ({ id, tellIn }: EndedChange, auditText: string) =>
      `${words.notTold(linkTo(tellIn), auditText)} · ${changeId(id)}`,
    /** The same where Slack's answer was lost. */
    perhapsNotToldText: ({ id, tellIn }: EndedChange, auditText: string) =>
      `${words.perhapsNotTold(linkTo(tellIn), auditText)} · ${changeId(id)}`,
  };
}
