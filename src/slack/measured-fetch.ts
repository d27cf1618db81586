import { type CallResult, type Meter, noMeter, resultOfStatus } from '../privacy/meter.ts';

/**
 * A fetch that notes how long Slack took and what became of it, the whole answer read. `method`: undefined where the end
 * of the address says it, as with the Web API.
 */
export function measuredFetch(meter: Meter, method?: string): typeof fetch {
  if (meter === noMeter) return fetch;
  return async (input, init) => {
    const startedMs = performance.now();
    const note = (result: CallResult) =>
      meter.note({
        what: 'slack call',
        method: method ?? methodOf(input),
        result,
        ms: performance.now() - startedMs,
      });
    try {
      const response = await fetch(input, init);
      // A reading of its own, so that whoever called has theirs as ever.
      void resultOf(response.clone()).then(note);
      return response;
    } catch (error) {
      note('no-answer');
      throw error;
    }
  };
}

function methodOf(input: Parameters<typeof fetch>[0]): string {
  const address = input instanceof Request ? input.url : String(input);
  return new URL(address).pathname.split('/').at(-1) ?? '';
}

/** Slack says no with a 200. Never rejects. */
async function resultOf(response: Response): Promise<CallResult> {
  try {
    const text = await response.text();
    return /^\s*\{[^{}]*"ok"\s*:\s*false/.test(text) ? 'refused' : resultOfStatus(response.status);
  } catch {
    return 'no-answer';
  }
}
