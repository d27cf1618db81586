import { type Gateway, GatewayError } from '../../src/privacy/ports.ts';

/** A gateway that can't be had, but for what a test says itself. */
export function someGateway(methods: Partial<Gateway> = {}): Gateway {
  const fail = () => Promise.reject(new GatewayError('unavailable', 'no'));
  return {
    apply: fail,
    readHidden: fail,
    // biome-ignore lint/correctness/useYield: it fails before the first page.
    async *readContacts() {
      await fail();
    },
    lookUp: fail,
    readOwnNumber: fail,
    readConnected: fail,
    readPlan: fail,
    close: () => Promise.resolve(),
    ...methods,
  };
}
