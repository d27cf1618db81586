import type { Gateway, OwnNumber } from './ports.ts';

const freshMs = 10 * 60 * 1000;

/** The bot's own WhatsApp number, remembered, so that no form waits for it. */
export interface OwnNumberMemory {
  /** What was read last, at once. Undefined until the first reading came through. */
  known(): OwnNumber | undefined;
  /** Reads it again unless it is fresh; never rejects. */
  read(): Promise<OwnNumber | undefined>;
}

export function createOwnNumberMemory(gateway: Gateway, now: () => number = Date.now): OwnNumberMemory {
  let known: OwnNumber | undefined;
  let readAtMs = Number.NEGATIVE_INFINITY;
  let reading: Promise<OwnNumber | undefined> | undefined;

  async function readAnew(): Promise<OwnNumber | undefined> {
    try {
      known = await gateway.readOwnNumber();
      readAtMs = now();
    } catch {
      // The number is a courtesy: what fails here fails again, and is told, where it matters.
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
