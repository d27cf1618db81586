import type { NoPhone } from '../../../privacy/phone.ts';
import { alike } from '../plural.ts';
import { names } from './names.ts';

const hide = 'Hide from';
const showAgain = 'Show again to';

/** What the form says. */
export const form = {
  /** Plain texts. */
  fields: {
    question: (setting: string) => `Who can see ${setting}`,
    choose: 'Choose who can see it',
    hide,
    hideHint: 'People added to the list. One number a line, with its country code.',
    hideHintWithCountry: 'People added to the list. One number a line.',
    numbersPlaceholder: '+55 11 91234-5678',
    hidePicked: 'Hide from contacts',
    hidePickedHint: 'The same, chosen from the contacts on WhatsApp.',
    hidePickedPlaceholder: 'Search by name or number',
    showAgain,
    showAgainHint: 'People taken off the list.',
    showAgainPlaceholder: 'Search the list by name or number',
    number: 'WhatsApp number',
    chooseNumber: 'Choose the number',
  },
  /** Plain texts. */
  buttons: {
    save: 'Save',
    saveAgain: 'Save again',
    saveAnyway: 'Save anyway',
    cancel: 'Cancel',
    close: 'Close',
  },
  now: (standing: string) => `Now: ${standing}`,
  hints: [
    "Whoever hides last seen can't see the last seen of others.",
    'Hiding last seen does not hide when the number is *online*.',
    'Each WhatsApp privacy setting has a list of its own.',
  ],
  changesNumber: (number: string) => `Changes ${number} for the whole team.`,
  changesUnknownNumber: 'Changes your WhatsApp number for the whole team.',

  nobodyOnTheList: 'Nobody is on the list now.',
  onTheList: alike((count) => `On the list now (${count}):`),
  moreOnTheList: alike((count) => `, and ${count} more`),
  readingList: 'Reading who is on the list now…',
  listUnavailable: "Z-API can't say right now who is on the list. You can still save changes.",

  saving: '*Saving…* You may close this window: the outcome is posted for your team.',
  saved: '*Saved.*',
  savedPartly: '*Saved only in part.*',
  savedAs: (question: string, visibility: string) => `${question}: ${visibility}`,
  toldElsewhere: (channel: string) => `The message for your team goes to ${channel}.`,
  toldSoon: 'The message for your team is on its way.',
  notSaved: '*Not saved.*',
  perhapsNotSaved: '*Perhaps not saved.*',

  lookAgain: '*Please look again:*',
  /** `press`: what the button says. */
  unusual: {
    one: (number: string, press: string) =>
      `${number} is not in a range of numbers known for its country. Nothing was changed yet. Correct it, or press *${press}* if it is right.`,
    other: (numbers: string, press: string) =>
      `${numbers} are not in ranges of numbers known for their countries. Nothing was changed yet. Correct them, or press *${press}* if they are right.`,
  },

  /** Plain texts of at most 75 characters, in a picker. */
  picker: {
    contactsUnavailable: "Z-API can't say who the contacts are. Type the number above.",
    contactsComing: 'Still reading the contacts. Type again in a moment.',
    listUnavailable: "Z-API can't say who is on the list. Type a whole number here.",
  },

  /** Plain texts, under a field. */
  problems: {
    notChosen: (setting: string) => `Choose who can see ${setting}.`,
    notAPhone: {
      'too-short': (line: number, typed: string) =>
        `Line ${line}: “${typed}” is too short for a phone number. Type all of its digits, with the area code if there is one.`,
      'too-long': (line: number, typed: string) =>
        `Line ${line}: “${typed}” is too long for a phone number. Take out what does not belong to it.`,
      'no-area-code': (line: number, typed: string) =>
        `Line ${line}: “${typed}” is not a whole phone number. Type it with its area code, such as (11) 91234-5678.`,
      'no-country-code': (line: number, typed: string) =>
        `Line ${line}: “${typed}” is not a phone number with its country code. Type it with + and the code first, such as +55 11 91234-5678.`,
      other: (line: number, typed: string) =>
        `Line ${line}: “${typed}” is not a phone number. Correct it, and type nothing beside it.`,
    } satisfies Record<NoPhone, (line: number, typed: string) => string>,
    repeated: (line: number, typed: string, firstLine: number) =>
      `Line ${line}: “${typed}” is the same number as in line ${firstLine}.`,
    repeatedOtherwise: (line: number, typed: string, firstLine: number) =>
      `Line ${line}: “${typed}” is the same number as in line ${firstLine} (with and without the ninth digit).`,
    inBoth: (person: string) => `${person} is to be hidden from, too. Keep them in one of the two.`,
    notOnWhatsApp: {
      one: (numbers: string) =>
        `${numbers} is not on WhatsApp. Nothing was changed. Correct the number, or take it out.`,
      other: (numbers: string) =>
        `${numbers} are not on WhatsApp. Nothing was changed. Correct the numbers, or take them out.`,
    },
    tooLong: alike(
      (most) => `This is longer than ${most} characters. Save some of the numbers first, then the rest.`,
    ),
    more: alike((count) => `And ${count} more.`),
    nobodyExcepted: `Nobody is hidden yet. Type at least one number to hide, or choose ${names.visibilities.contacts}.`,
  },

  /** What the bot itself last set. */
  standing: {
    unread: '*unknown*. The bot could not read its journal yet.',
    never: 'not known yet. This bot has not set it, and Z-API has no way to ask.',
    set: (visibility: string, by: string, when: string) =>
      `${visibility}, set here by ${by}, ${when}. What was changed on the phone since is not known.`,
    perhaps: (by: string, when: string) =>
      `*unknown*. The last change, by ${by}, ${when}, may or may not have been made.`,
  },
  outdated:
    'This form comes from an older version of the bot. Nothing was changed. Close it and type the command again.',
};
