import type { PrivacyChange } from './change.ts';
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

/** Why a change did not come to a good end. `stopped`: the bot was. */
export type FailureKind = GatewayErrorKind | 'stopped';

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

/** A WhatsApp gateway, for one number. Every method rejects with `GatewayError`. */
export interface Gateway {
  /** Makes one change. Resolves when the gateway confirmed it. */
  apply(change: PrivacyChange): Promise<void>;
  /** Who is hidden from now: phone numbers as digits, or WhatsApp's private ids (`…@lid`). */
  readHidden(setting: SettingId, options?: { timeoutMs?: number }): Promise<string[]>;
  readOwnNumber(): Promise<OwnNumber>;
  close(): Promise<void>;
}

/** Where a change was asked for. `replyUrl` is a capability of that place: never logged, never shown. */
export type Place = { channel: string; replyUrl: string };

/** A change that somebody asked for and was promised. */
export type AcceptedChange = {
  /** Sorts by time. */
  id: string;
  change: PrivacyChange;
  /** Who asked, as the chat knows them. */
  by: string;
  place: Place;
  acceptedAt: Date;
};

/** How a change ended. */
export type Outcome = { kind: 'applied' } | { kind: 'failed' | 'unknown'; failure: FailureKind };

export type EndedChange = AcceptedChange & { outcome: Outcome; endedAt: Date };

/** Tells the team how changes ended, in the order of the calls. */
export interface Audit {
  /** Resolves when it was told one way or another, or can't be told any more. */
  tell(ended: EndedChange): Promise<void>;
}

/** Structured log lines: fields first, then the event in a few words. */
export interface Log {
  info(fields: object, event: string): void;
  warn(fields: object, event: string): void;
  error(fields: object, event: string): void;
}
