import { alike } from '../plural.ts';
import { names } from './names.ts';

const choose = (command: string) => `Choose what you want with \`${command}\`.`;

/** What the bot says about undoing a change and trying it again. */
export const undo = {
  /** Plain texts of the buttons, and of the question before an undo. */
  buttons: {
    undo: 'Undo',
    tryAgain: 'Try again',
    question: 'Undo this change?',
    confirm: 'Undo it',
    deny: 'Cancel',
  },
  /** Plain: what undoing would do. */
  consequences: {
    goesBackTo: (question: string, visibility: string) => `${question} goes back to: ${visibility}`,
    /** Where there are several numbers. `what`: the above, with a small letter. */
    onNumber: (number: string, what: string) => `On ${number}, ${what}`,
    shownAgain: alike((count) => `Shown again to: ${count}.`),
    hidden: alike((count) => `Hidden from: ${count}.`),
    leavesList: 'The list of people stays as it is; it has no effect then.',
  },

  /** Why a change can't be undone. */
  refused: {
    notApplied: (id: string) =>
      `Change \`${id}\` can't be undone: it is not known to have been made. Nothing was changed.`,
    undone: (id: string, by: string, undoneBy: string) =>
      `Change \`${id}\` was undone already, by ${by} with change \`${undoneBy}\`. Nothing was changed now.`,
    followed: (id: string, newer: string, by: string, command: string) =>
      `Change \`${id}\` can't be undone: it was followed by change \`${newer}\` of ${by}. Nothing was changed. ${choose(command)}`,
    underWay: (id: string, newer: string, by: string) =>
      `Change \`${id}\` can't be undone now: change \`${newer}\` of ${by} is under way. Nothing was changed. Wait for it, then look again.`,
    beforeUnknown: (id: string, command: string) =>
      `Change \`${id}\` can't be undone: this bot does not know what was set before. Nothing was changed. ${choose(command)}`,
    listUnknown: (id: string, command: string) =>
      `Change \`${id}\` can't be undone: this bot does not know any more who was on the list before. Nothing was changed. ${choose(command)}`,
    nothingChanged: (id: string) =>
      `Change \`${id}\` can't be undone: this bot had set the same before. Nothing was changed.`,
  },
  undoing: (id: string) => `Undoing change \`${id}\`… The outcome is posted for your team.`,
  endedElsewhere: (id: string, channel: string) =>
    `The undo of change \`${id}\` has ended. How it ended is posted in ${channel}.`,
  unknownChange: `The bot's journal has no change of that id. Nothing was changed. \`/lastseen ${names.commandWords.history}\` shows the last ones.`,

  /** A form that tries a change again. */
  again: {
    reading: 'Reading what was to be changed… If nothing comes, close this and press the button again.',
    which: (id: string) => `This is change \`${id}\` again.`,
    perhapsMade: `It is not known whether it was made: look on the phone first (${names.phonePath}). Saving makes it again.`,
    notMade: 'Nothing was changed yet.',
    erased: 'Its phone numbers were erased after a while: type them again.',
    leftOut: {
      one: (count: string) =>
        `*${count} of its numbers does not fit here and was left out.* Save these, then the rest.`,
      other: (count: string) =>
        `*${count} of its numbers do not fit here and were left out.* Save these, then the rest.`,
    },
  },
};
