import { type ChangeStore, StoreError } from '../../src/privacy/ports.ts';

type Method = {
  [Name in keyof ChangeStore]: ChangeStore[Name] extends (...args: never[]) => Promise<unknown>
    ? Name
    : never;
}[keyof ChangeStore];

export interface FailingStore extends ChangeStore {
  /** From now on the method fails, so many times. `written`: what it was to do was done all the same. */
  failAt(method: Method, options?: { times?: number; written?: 'no' | 'unknown' }): void;
  /** Awaited before the method does anything. */
  before(method: Method, hook: () => Promise<void>): void;
  /** How often it failed on purpose. */
  failures(): number;
}

/** The store, with faults that a test can switch on. */
export function withFaults(store: ChangeStore): FailingStore {
  const faults = new Map<string, { left: number; written: 'no' | 'unknown' }>();
  const hooks = new Map<string, () => Promise<void>>();
  let failures = 0;
  const own = {
    failAt(
      method: Method,
      { times = 1, written = 'no' }: { times?: number; written?: 'no' | 'unknown' } = {},
    ) {
      faults.set(method, { left: times, written });
    },
    before(method: Method, hook: () => Promise<void>) {
      hooks.set(method, hook);
    },
    failures: () => failures,
  };
  return new Proxy(store as FailingStore, {
    get(target, name: keyof FailingStore) {
      if (Object.hasOwn(own, name)) return own[name as keyof typeof own];
      const value: unknown = target[name];
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        const fault = faults.get(name);
        const hook = hooks.get(name);
        if (!hook && !(fault && fault.left > 0)) return value.apply(target, args);
        return (async () => {
          await hook?.();
          if (!fault || fault.left === 0) return value.apply(target, args);
          fault.left -= 1;
          failures += 1;
          if (fault.written === 'unknown') await value.apply(target, args);
          throw new StoreError(fault.written, 'INJECTED');
        })();
      };
    },
  });
}
