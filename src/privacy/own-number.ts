import { type Gateway, GatewayError, type Log, type OwnNumber } from './ports.ts';

const freshMs = 10 * 60 * 1000;

/** The bot's own WhatsApp number, remembered, so that no form waits for it. */
export interface OwnNumberMemory {
  /** What was read last, at once. Undefined until the first reading came through. */
  known(): OwnNumber | undefined;
  /** Reads it again unless it is fresh; never rejects. */
  read(): Promise<OwnNumber | undefined>;
}

export function createOwnNumberMemory(
  gateway: Gateway,
  log: Log,
  now: () => number = Date.now,
): OwnNumberMemory {
  let known: OwnNumber | undefined;
  let readAtMs = Number.NEGATIVE_INFINITY;
  let reading: Promise<OwnNumber | undefined> | undefined;

  async function readAnew(): Promise<OwnNumber | undefined> {
    try {
      known = await gateway.readOwnNumber();
      readAtMs = now();
    } catch (error) {
      // The number is a courtesy to the form; yet at the start this line is the first to say that the gateway is not
      // set up right.
      const failure = error instanceof GatewayError ? error.kind : 'unexpected';
      log.warn({ failure }, 'the gateway did not say which number this is');
    } finally {
      reading = undefined;
    }
    return known;
  }

  return {
    known: () => known,
    read() {
      if (now() - readAtMs < freshMs) return Promise.resolve(known);
      reading ??= readAnew();
      return reading;
    },
  };
}
