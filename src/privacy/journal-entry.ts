import type { NoAccess } from './access.ts';
import type { ListChanges, PrivacyChange } from './change.ts';
import { gatewayErrorKinds } from './ports.ts';

// A change on its way through the journal.

/** Why a change did not come to a good end. */
export const failureKinds = [
  ...gatewayErrorKinds,
  /** The bot was stopped while it made the change. */
  'interrupted',
  /** It was to undo a change, and another one came between. */
  'overtaken',
] as const;
export type FailureKind = (typeof failureKinds)[number];

/** Where a change was asked for. `replyUrl` is a capability of that place: never logged, never shown; empty once it is of no use. */
export type Place = { channel: string; replyUrl: string };

/** One submission of one form. Delivered twice it has the same `submissionId`. */
export type Submission = {
  submissionId: string;
  formId: string;
  /** The WhatsApp number: the gateway's id of its instance. */
  instance: string;
  change: PrivacyChange;
  /** Who asked, as the chat knows them. */
  by: string;
  place: Place;
  /** The channel that is told how it ends. */
  tellIn: string;
  /** The id of the change that this one undoes. */
  undoes?: string | undefined;
  /** Whether the typed numbers were looked up at WhatsApp before. Unset where none was typed. */
  lookedUp?: boolean | undefined;
};

/** A change that somebody asked for and was promised. */
export type AcceptedChange = Omit<Submission, 'submissionId' | 'formId'> & {
  /** Sorts by time, and within one instance by the order recorded. */
  id: string;
  acceptedAt: Date;
};

/**
 * What the list said when it was read back after a change: it shows everything that the change names, or not all of it
 * (`missing`, entries as the change names them), or could not be read.
 */
export type Proof = { kind: 'verified' } | { kind: 'not-taken'; missing: ListChanges } | { kind: 'unread' };

/**
 * How a change ended. `proof`: only of a change that names somebody. `notOnTheList`: the list was read back, and did not
 * show the change.
 */
export type Outcome =
  | { kind: 'applied'; proof?: Proof }
  | { kind: 'failed'; failure: FailureKind }
  | { kind: 'unknown'; failure: FailureKind; notOnTheList?: boolean }
  /** It waited longer than a change may, and was not made. */
  | { kind: 'expired' };

/** How the team heard of it. `perhaps-told`: no answer came. `person-told`: only the person who asked heard of it. */
export const toldKinds = ['told', 'perhaps-told', 'person-told', 'not-told'] as const;
export type Told = (typeof toldKinds)[number];

/** A change as the journal has it. */
export type JournalEntry = AcceptedChange & {
  outcome?: Outcome;
  endedAt?: Date;
  told?: Told;
  toldAt?: Date;
  /** What the lists were to change in truth: without what was so before. Unset where that is not known. */
  realChanges?: ListChanges;
  /** How many numbers the change names. The numbers themselves are erased after a while: then the lists are empty. */
  named: { hide: number; showAgain: number };
  numbersErased: boolean;
};

export type EndedChange = JournalEntry & { outcome: Outcome; endedAt: Date };

/** What somebody tried who was refused. */
export const triedKinds = ['command', 'save', 'button', 'options'] as const;
export type Tried = (typeof triedKinds)[number];

/** Somebody who may not was refused. */
export type Refusal = {
  at: Date;
  by: string;
  /** Where; empty where that is not known. */
  channel: string;
  tried: Tried;
  /** The number that it was about; undefined where it was about none in particular. */
  instance: string | undefined;
  why: NoAccess['kind'];
};
