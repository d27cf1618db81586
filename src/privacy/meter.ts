import type { NoAccess } from './access.ts';
import type { Outcome, Told } from './journal-entry.ts';
import type { TooMany } from './ports.ts';

/** How a call to Slack or to the gateway ended. `refused`: answered with a no; `unavailable`: answered with a 5xx. */
const callResults = ['ok', 'refused', 'rate-limited', 'unavailable', 'no-answer'] as const;
export type CallResult = (typeof callResults)[number];

/** What Slack waits three seconds for. */
export const askedKinds = ['command', 'action', 'options', 'view', 'other'] as const;
export type AskedKind = (typeof askedKinds)[number];

/** Something that is counted or timed. Says nothing of a person, a channel or a single change. */
export type Measured =
  | { what: 'change accepted' }
  /** `ms`: since it was accepted. */
  | { what: 'change ended'; outcome: Outcome; ms: number }
  | { what: 'change told'; told: Told; ms: number }
  | { what: 'refused'; why: NoAccess['kind'] | TooMany['tooMany'] }
  /** One try. `call`: the path without what belongs to one instance, such as `privacy/last-seen`. */
  | { what: 'gateway call'; call: string; result: CallResult; ms: number }
  /** One try. `method`: of the Web API, or `response_url`. */
  | { what: 'slack call'; method: string; result: CallResult; ms: number }
  /** A socket was opened: the first one, or another one after that. */
  | { what: 'slack connected' }
  /** From the arrival of what Slack sent until it was acknowledged; `sent`: whether that worked. */
  | { what: 'acknowledged'; kind: AskedKind; ms: number; sent: boolean };

/** Counts and times what happens, for whoever watches the bot. Never throws, and costs next to nothing. */
export interface Meter {
  note(measured: Measured): void;
}

/** Nobody watches. */
export const noMeter: Meter = { note() {} };

/** What an answer's HTTP status says. */
export function resultOfStatus(status: number): CallResult {
  if (status === 429) return 'rate-limited';
  if (status >= 500) return 'unavailable';
  return status >= 400 ? 'refused' : 'ok';
}
