import type { PrivacyChange } from '../../privacy/change.ts';
import { formatPhone } from '../../privacy/phone.ts';
import type { LastSet } from '../../privacy/setting-memory.ts';
import type { Sentences } from '../sentences/en/english.ts';
import type { FormMessages } from './form.ts';
import { bold, clipped, escaped, joined, linkTo, type NamedNumber, stopAfter } from './formatting.ts';
import type { OutcomeMessages } from './outcome.ts';
import type { Phrasing } from './phrasing.ts';

/** Why a change that was typed in one line is asked about before it is made. */
export type Doubts = { unusual: readonly string[]; moreMaySee: boolean };

/** What one person is told of a change that they typed in one line. */
export function createLineMessages(
  { line: words, form }: Sentences,
  { plural, listed, settingName, visibilityNames, numberInPrivate }: Phrasing,
  { intentLines }: OutcomeMessages,
  { secondLook }: FormMessages,
) {
  const numbersToSay = (names: readonly string[]) => names.map(words.onNumber).join(', ');

  function question(
    change: PrivacyChange,
    { number, last, doubts }: { number: NamedNumber; last: LastSet; doubts: Doubts },
  ): string {
    const now =
      typeof last === 'object' && last.outcome?.kind === 'applied'
        ? visibilityNames[last.change.visibility]
        : undefined;
    const next = visibilityNames[change.visibility];
    return joined(
      [
        doubts.unusual.length > 0 && secondLook(doubts.unusual, words.buttons.confirm).text,
        doubts.moreMaySee && `:eyes: ${now === undefined ? words.nowUnknown : words.moreMaySee}`,
        words.ask(
          settingName(change.setting),
          bold(numberInPrivate(number)),
          bold(now ?? words.unknown),
          bold(next) + stopAfter(next),
        ),
        ...intentLines(change, formatPhone),
      ],
      '\n',
    );
  }

  return {
    whichNumber: (names: readonly string[]) => words.whichNumber(numbersToSay(names)),
    unknownNumber: (typed: string, names: readonly string[], whom: string) =>
      words.unknownNumber(escaped(clipped(typed)), numbersToSay(names), whom),
    notTaken: (problems: string) => `${words.notTaken} ${escaped(problems)}`,
    strangers: (phones: readonly string[]) =>
      plural(phones.length, form.problems.notOnWhatsApp)(listed(phones, formatPhone, 20)),
    tooLong: words.tooLong,
    question,
    buttons: words.buttons,
    cancelled: words.cancelled,
    making: `:hourglass_flowing_sand: ${words.making}`,
    /** However it ended. */
    ended: (channel: string) => words.ended(linkTo(channel)),
  };
}
