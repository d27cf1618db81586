import type { Incoming } from './incoming.ts';
import {
  addressNotAllowed,
  emptyReply,
  jsonReply,
  type Reply,
  refused,
  refusedAsValue,
  subscriptionLapsed,
} from './replies.ts';
import type { ListFault, ZapiFault } from './types.ts';

export type Faults = {
  inject(fault: ZapiFault): void;
  clear(): void;
  list(): readonly ZapiFault[];
  /** The oldest fault that fits, counted as used once. */
  take(pathname: string, isAdmitted: boolean): ZapiFault | undefined;
};

/** Faults of one account, as opposed to faults of the gateway or the network. */
const ofTheAccount: readonly ZapiFault['kind'][] = [
  'success-false',
  'value-false',
  'error-in-200',
  'subscription-lapsed',
  'not-taken',
  'late',
];

/** Faults of a change of last seen, of use nowhere else. */
const ofTheList: readonly ZapiFault['kind'][] = ['not-taken', 'late'];

/**
 * A fault of the account waits for a request that is right in itself: a wrong token or body gets its own refusal, so
 * that no fault can cover up a mistake of the caller. Every other fault strikes whatever arrives.
 */
export function createFaults(notify: () => void): Faults {
  let active: ZapiFault[] = [];

  return {
    inject(fault) {
      if (fault.times !== undefined && !(fault.times >= 1))
        throw new RangeError('A fault happens at least once');
      active = [...active, { ...fault }];
      notify();
    },
    clear() {
      active = [];
      notify();
    },
    list: () => active,
    take(pathname, isAdmitted) {
      const fault = active.find(
        ({ kind, path }) =>
          (path === undefined || pathname.endsWith(path)) &&
          (isAdmitted || !ofTheAccount.includes(kind)) &&
          (pathname.endsWith('/privacy/last-seen') || !ofTheList.includes(kind)),
      );
      if (fault?.times === undefined) return fault;
      const left = fault.times - 1;
      active =
        left < 1
          ? active.filter((other) => other !== fault)
          : active.map((other) => (other === fault ? { ...fault, times: left } : other));
      notify();
      return fault;
    },
  };
}

/** Faults that replace the answer; the others are about when, and whether, there is one, or what it leaves out. */
export type ReplyFault = Exclude<ZapiFault, ListFault | { kind: 'junk' | 'reset' | 'slow' | 'hang' }>;

export function faultReply(fault: ReplyFault, incoming: Incoming): Reply {
  switch (fault.kind) {
    case 'success-false':
      return refused;
    case 'value-false':
      return refusedAsValue;
    case 'error-in-200':
      return jsonReply(200, { error: fault.error });
    case 'subscription-lapsed':
      return subscriptionLapsed;
    case 'address-not-allowed':
      return addressNotAllowed(fault.address);
    case 'json':
      return jsonReply(fault.status, fault.body);
    case 'empty':
      return emptyReply(fault.status);
    case 'html':
      return {
        status: fault.status,
        headers: { 'content-type': 'text/html' },
        // [field] Overload and outage come as HTML. That it names the URL, token and all, is our strictness: such pages
        // do, and no raw body may be shown.
        body: `<html><body><h1>${fault.status}</h1><p>${incoming.method} ${incoming.url}</p></body></html>`,
      };
    case 'rate-limited':
      return {
        status: 429,
        // [inferred] No rate limit is documented; a pause to wait may come in this header.
        headers: { 'content-type': 'text/plain', 'retry-after': String(fault.retryAfterSeconds) },
        body: 'Too Many Requests',
      };
  }
}
