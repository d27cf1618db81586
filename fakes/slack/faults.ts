import type { SlackFault } from './types.ts';

export type ApiFault = Extract<SlackFault, { method?: string }>;

export type Faults = {
  inject(fault: SlackFault): void;
  clear(): void;
  list(): readonly SlackFault[];
  /** The faults that hit one call: at most one that delays it and one that spoils it. Counts them as used. */
  takeForCall(method: string): ApiFault[];
  /** Whether a fault of this kind is on. Counts it as used. */
  take(kind: 'duplicate-delivery' | 'socket-refused'): boolean;
};

/** Calls to a response_url are hit only by faults that name it: a fault on "all methods" means the Web API. */
export const RESPONSE_URL = 'response_url';

export function createFaults(announce: () => void): Faults {
  let active: SlackFault[] = [];

  const use = (fault: SlackFault) => {
    if (fault.times === undefined) return;
    fault.times -= 1;
    if (fault.times <= 0) active = active.filter((other) => other !== fault);
    announce();
  };

  const hits = (fault: SlackFault, method: string): fault is ApiFault =>
    fault.kind !== 'duplicate-delivery' &&
    fault.kind !== 'socket-refused' &&
    (fault.method === undefined ? method !== RESPONSE_URL : fault.method === method);

  return {
    inject: (fault) => {
      if (fault.times !== undefined && fault.times <= 0) return;
      active.push({ ...fault });
      announce();
    },
    clear: () => {
      active = [];
      announce();
    },
    list: () => active.map((fault) => ({ ...fault })),
    takeForCall: (method) => {
      const matching = active.filter((fault) => hits(fault, method));
      const delay = matching.find((fault) => fault.kind === 'slow');
      const spoil = matching.find((fault) => fault.kind !== 'slow');
      const taken = [delay, spoil].filter((fault) => fault !== undefined);
      taken.forEach(use);
      return taken;
    },
    take: (kind) => {
      const fault = active.find((candidate) => candidate.kind === kind);
      if (fault) use(fault);
      return fault !== undefined;
    },
  };
}
