import type { ListChanges, PrivacyChange } from './change.ts';
import type { EndedChange, JournalEntry, Outcome, Refusal, Submission, Told } from './journal-entry.ts';
import type { Phone } from './phone.ts';
import type { SettingId } from './settings.ts';

/** Why a gateway did not do what it was asked. */
export const gatewayErrorKinds = [
  'credentials',
  'instance-not-found',
  'subscription-lapsed',
  'disconnected',
  'address-not-allowed',
  'refused',
  'invalid-phone',
  /** The gateway did not understand the request: the bot's fault. */
  'wrong-request',
  'rate-limited',
  /** No answer could be had, or the gateway answered that it is in trouble. */
  'unavailable',
  'timeout',
  'unexpected-reply',
] as const;
export type GatewayErrorKind = (typeof gatewayErrorKinds)[number];

/** What is known of the setting after a failure. */
export type Changed = 'no' | 'unknown';

/**
 * A failure of the gateway, safe to log and to show: neither message nor properties hold anything that the gateway sent
 * or was sent, and there is no `cause`.
 */
export class GatewayError extends Error {
  readonly kind: GatewayErrorKind;
  readonly changed: Changed;
  /** HTTP status or system error code, such as `502` or `ECONNREFUSED`; for logs. */
  readonly detail: string | undefined;

  constructor(kind: GatewayErrorKind, changed: Changed, detail?: string) {
    super(`gateway: ${kind}${detail ? ` (${detail})` : ''}`);
    this.name = 'GatewayError';
    this.kind = kind;
    this.changed = changed;
    this.detail = detail;
  }
}

/** The WhatsApp number behind the gateway. */
export type OwnNumber = { phone: Phone; name: string | undefined };

/** Somebody whom the WhatsApp number knows, or met in a group: then only under the name that they gave themselves. */
export type Contact = {
  phone: Phone;
  /** As saved on the phone. */
  savedName: string | undefined;
  ownName: string | undefined;
};

/** What WhatsApp knows of a number. */
export type LookedUp = {
  /** The number that was asked for. */
  asked: string;
  isOnWhatsApp: boolean;
  /** The same number as WhatsApp writes it, which in Brazil may differ by the ninth digit. */
  phone: string;
  /** WhatsApp's private id of the same person (`…@lid`). */
  privateId: string | undefined;
};

/** The subscription that the gateway has of a number, as far as the gateway says. */
export type Plan = { endsAt: Date | undefined; isPaid: boolean | undefined };

/** A WhatsApp gateway, for one number. Every method rejects with `GatewayError`. */
export interface Gateway {
  /**
   * Makes one change. Resolves when the gateway confirmed it.
   *
   * `beforeSend` is called before each try; what it throws ends the tries and is passed on. `signal` ends a try that is
   * under way; then it rejects with the signal's reason.
   */
  apply(change: PrivacyChange, options?: { beforeSend?: () => void; signal?: AbortSignal }): Promise<void>;
  /** Who is hidden from now: phone numbers as digits, or WhatsApp's private ids (`…@lid`). */
  readHidden(setting: SettingId, options?: { timeoutMs?: number; signal?: AbortSignal }): Promise<string[]>;
  /** Everybody whom the number knows, page by page, in no order. */
  readContacts(options?: { signal?: AbortSignal }): AsyncIterable<Contact[]>;
  /** Says of each number whether it is on WhatsApp, and how WhatsApp writes it. A number may be missing in the answer. */
  lookUp(
    phones: readonly string[],
    options?: { timeoutMs?: number; signal?: AbortSignal },
  ): Promise<LookedUp[]>;
  readOwnNumber(): Promise<OwnNumber>;
  /** Whether the phone is connected to the gateway. */
  readConnected(): Promise<boolean>;
  readPlan(): Promise<Plan>;
  close(): Promise<void>;
}

/** Tells the team how changes ended. */
export interface Audit {
  /**
   * Resolves when it was told one way or another, or can't be told any more; waits as long as that takes. Rejects when the
   * signal ends it, and with what `beforeSend` throws, which is called before each try.
   *
   * `undo`: the change that would undo it, where that can be offered.
   */
  tell(
    ended: EndedChange,
    options: { undo: PrivacyChange | undefined; beforeSend: () => void; signal: AbortSignal },
  ): Promise<Told>;
}

/** The right to work on one change, for as long as it is renewed. */
export type Claim = { id: string; token: string };

export type ClaimedChange = { claim: Claim; entry: JournalEntry };

/** Too many changes within an hour, by one person or of one number. `until`: when the next one can be accepted. */
export type TooMany = { tooMany: 'by-person' | 'of-number'; until: Date };

/** Changes that wait for something; `oldest`: since when the first of them does. */
export type Waiting = { count: number; oldest: Date | undefined };

/** Accepted and not ended, since they were accepted; ended and not told, since they ended. Also what is being worked on. */
export type Backlog = { toApply: Waiting; toTell: Waiting };

export type Recorded = { entry: JournalEntry; isNew: boolean } | TooMany;

/**
 * The durable journal of changes. What a resolved promise says is on disk. Every method rejects with `StoreError`.
 *
 * A change is accepted, then claimed and applied, then ended, then claimed again and told. Changes of one instance are
 * claimed one at a time, in the order recorded; changes told in one channel likewise, in the order of their ids. A claim
 * lasts `leaseMs` by the database's clock and can be renewed; then anybody may claim the change again.
 */
export interface ChangeStore {
  /**
   * Opens the database and brings its schema up to date; opens it anew where it is open. Rejects with `UnfitStore` where
   * trying again is of no use.
   */
  open(): Promise<void>;
  /** Infinity where no other process can use the store: claims then need no renewal. */
  readonly leaseMs: number;
  /**
   * Records a submission, under an id that `newId` makes to follow the instance's last one. A submission that was recorded
   * before, or whose form has a change that is not ended yet, is answered with that one. Nothing is recorded where the
   * person, or the number, had `mostPerHour` changes accepted within the last hour.
   */
  record(
    submission: Submission,
    newId: (after: string | undefined) => string,
    options?: { mostPerHour?: number | undefined },
  ): Promise<Recorded>;
  /** The change of the same submission recorded before, or the one of the same form that is not ended yet. */
  promisedTo(submission: Pick<Submission, 'submissionId' | 'formId'>): Promise<JournalEntry | undefined>;
  find(id: string): Promise<JournalEntry | undefined>;

  /** The instance's oldest change that is not ended, unless somebody has it. `begunBefore`: somebody had it already. */
  claimNext(instance: string): Promise<(ClaimedChange & { begunBefore: boolean }) | undefined>;
  /** Instances with a change that can be claimed now. */
  claimableInstances(): Promise<string[]>;
  /** False: the claim is lost. So for every method that takes one. */
  renew(claim: Claim): Promise<boolean>;
  /** Gives the claim back: the change can be claimed again at once. */
  release(claim: Claim): Promise<boolean>;
  noteRealChanges(claim: Claim, realChanges: ListChanges): Promise<boolean>;
  /** The last step of applying. Also gives the claim back. */
  end(claim: Claim, outcome: Outcome, endedAt: Date): Promise<boolean>;

  /** The oldest ended change that is to be told in the channel and is not, unless somebody has it. */
  claimToTell(channel: string): Promise<ClaimedChange | undefined>;
  /** Channels with a change that can be claimed for telling now. */
  channelsToTell(): Promise<string[]>;
  /** The last step of all. Also forgets the reply URL. */
  noteTold(claim: Claim, told: Told, toldAt: Date): Promise<boolean>;

  /**
   * The newest change of an instance's setting that was applied, or may have been (`unknown`); of those before the id
   * `before`, where it is given. With `underWay`, one that is not ended yet counts as well.
   */
  newest(query: {
    instance: string;
    setting: SettingId;
    before?: string;
    underWay?: boolean;
  }): Promise<JournalEntry | undefined>;
  /** What `newest` says of each of the instances, in no order. At most as many as there are instances. */
  newestOfEach(query: { instances: readonly string[]; setting: SettingId }): Promise<JournalEntry[]>;
  /** Newest first; `before` and `after` are ids, of which at most one is given. */
  page(query: {
    instances: readonly string[];
    /** Unset: of every setting. */
    setting?: SettingId;
    before?: string;
    after?: string;
    limit: number;
  }): Promise<JournalEntry[]>;
  /** What is not done, of every instance and channel. */
  backlog(): Promise<Backlog>;
  /** Every change, oldest first, in portions. */
  all(): AsyncIterable<JournalEntry[]>;

  /** Records that somebody was refused. */
  noteRefusal(refusal: Refusal): Promise<void>;
  /** Every refusal, oldest first, in portions. */
  refusals(): AsyncIterable<Refusal[]>;

  /**
   * Erases the phone numbers of told changes that were accepted before `numbersOf`, the reply URLs of those before
   * `replyUrlsOf`, and the refusals before `refusalsOf`. Rejects where somebody is reading the journal, too: then they may
   * still be in its files.
   */
  erase(before: { numbersOf: Date; replyUrlsOf: Date; refusalsOf: Date }): Promise<void>;
  /**
   * Writes something and takes it back. Rejects where a change could not be recorded now; mends what it can. Also rejects
   * with `UnfitStore`, like `open`.
   */
  check(): Promise<void>;
  close(): Promise<void>;
}

/**
 * The store did not do what it was asked; safe to log and to show. `written` says whether it may have been done all the
 * same: `unknown` only where the answer to a commit was lost.
 */
export class StoreError extends Error {
  readonly kind = 'store';
  readonly written: 'no' | 'unknown';
  /** Code of the system or of the database, such as `ENOSPC`; for logs. */
  readonly detail: string;

  constructor(written: 'no' | 'unknown', detail: string) {
    super(`store: ${detail}`);
    this.name = 'StoreError';
    this.written = written;
    this.detail = detail;
  }
}

/** The `detail` of a store that another process has for itself: it is to be waited for. */
export const storeInUse = 'in use by another process';

/** The store is not one that this version can use. The message is a sentence that says what to do. */
export class UnfitStore extends Error {
  readonly kind = 'unfit-store';
}

/** Structured log lines: fields first, then the event in a few words. */
export interface Log {
  info(fields: object, event: string): void;
  warn(fields: object, event: string): void;
  error(fields: object, event: string): void;
}
