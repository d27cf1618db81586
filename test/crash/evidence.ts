import type { Message } from '../../fakes/slack/types.ts';
import type { WhatsappAccount } from '../../fakes/zapi/types.ts';
import type { Recorded } from './read-journal.ts';
import type { Passage } from './tollgate.ts';

/** A submission as the one who made it knows it. */
export type Asked = {
  formId: string;
  submissionId?: string;
  /** `accepted`: its acknowledgement was seen. `refused`: it was told that nothing was recorded. */
  answer: 'accepted' | 'refused' | 'none';
};

export type Kill = { process: string; atMs: number };

/** A time in which the database could not be reached. */
export type Outage = { fromMs: number; toMs: number };

/** All that the outside saw, from which it is judged whether the guarantees were kept. */
export type Evidence = {
  journal: readonly Recorded[];
  asked: readonly Asked[];
  /** Forms that were seen accepted, and were not in the journal when it was looked at. */
  missed: readonly string[];
  zapi: readonly Passage[];
  slack: readonly Passage[];
  /** Messages that everybody in a channel sees, in their order. */
  messages: readonly Message[];
  kills: readonly Kill[];
  outages: readonly Outage[];
  /** Whether what was going on excuses that a change did not end as applied. Unset: nothing does. */
  mayEndOtherwise?: (entry: Recorded) => boolean;
  /** Whether Z-API was told to refuse everything then. Unset: never. */
  refusedAtWill?: (atMs: number) => boolean;
  /** Processes that ended although nobody killed them. */
  diedByThemselves: readonly string[];
  accountBefore: (instance: string) => Pick<WhatsappAccount, 'lastSeen' | 'disallowed'>;
  account: (instance: string) => Pick<WhatsappAccount, 'lastSeen' | 'disallowed'>;
};
