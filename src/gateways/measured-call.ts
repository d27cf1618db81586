import type { Reply } from '../http.ts';
import { type Meter, resultOfStatus } from '../privacy/meter.ts';

/** Sends, and notes how long the gateway took and what became of it. `path`: within the instance, so without its token. */
export async function measuredCall(meter: Meter, path: string, send: () => Promise<Reply>): Promise<Reply> {
  const startedMs = performance.now();
  const call = path.slice(1).replace(/\?.*/, '');
  const ms = () => performance.now() - startedMs;
  try {
    const reply = await send();
    meter.note({ what: 'gateway call', call, result: resultOfStatus(reply.status), ms: ms() });
    return reply;
  } catch (error) {
    meter.note({ what: 'gateway call', call, result: 'no-answer', ms: ms() });
    throw error;
  }
}
