import type { Faults } from './faults.ts';
import type { HttpDelivery } from './http-delivery.ts';
import type { Json } from './json.ts';
import type { SocketMode } from './socket-mode.ts';
import type { Delivered, Delivery } from './types.ts';

/** Slack: the app has 3 seconds to acknowledge. [doc] Measured on the real clock, as the app's own timers are. */
export const ACK_WITHIN_MS = 3000;

/** Something a person did, on its way to the app. */
export type Envelope = { type: 'slash_commands' | 'interactive'; payload: Json };

/** Slack: the words in `/command failed with the error "…"`. [thread] Which failure has which word is [inferred]. */
export type DeliveryError =
  | 'operation_timeout'
  | 'dispatch_failed'
  | 'http_service_error'
  | 'http_client_error';

/** What the app said to it. `payload` is undefined when it only acknowledged. */
export type Answer =
  | { kind: 'answered'; payload: unknown }
  /** `isCut`: the socket that it was sent on closed meanwhile. */
  | { kind: 'failed'; error: DeliveryError; isCut?: boolean };

export type Deliver = (envelope: Envelope) => Promise<Answer>;

/** Slack: these go to the options load URL where interactions have an address of their own. [doc] */
const isOptionsRequest = ({ payload }: Envelope) => payload.type === 'block_suggestion';

/** The first answer to arrive counts, wherever one arrives; else the first failure. [inferred] */
async function firstAnswer(deliveries: Promise<Answer>[]): Promise<Answer> {
  const answered = deliveries.map(async (delivery) => {
    const answer = await delivery;
    if (answer.kind === 'failed') throw new Error(answer.error);
    return answer;
  });
  try {
    return await Promise.any(answered);
  } catch {
    return (await deliveries[0]) ?? { kind: 'failed', error: 'dispatch_failed' };
  }
}

/** Carries envelopes to the app by whatever way is set, twice where that fault is on. */
export function createDelivery(
  initial: Delivery,
  { socketMode, http, faults }: { socketMode: SocketMode; http: HttpDelivery; faults: Faults },
): {
  deliver: Deliver;
  set: (delivery: Delivery) => void;
  onDelivered: (listener: (delivered: Delivered) => void) => () => void;
} {
  let delivery = initial;
  const listeners = new Set<(delivered: Delivered) => void>();
  const once: Deliver = (envelope) => {
    if (delivery.mode === 'socket') return socketMode.deliver(envelope);
    const { requestUrl, optionsUrl = requestUrl } = delivery;
    return http.deliver(isOptionsRequest(envelope) ? optionsUrl : requestUrl, envelope);
  };
  const timed: Deliver = async (envelope) => {
    const [atMs, fromMs] = [Date.now(), performance.now()];
    const answer = await once(envelope);
    const { type } = envelope.payload;
    const became: Delivered['became'] =
      answer.kind === 'answered' ? 'answered' : answer.isCut ? 'cut' : answer.error;
    const delivered = {
      type: String(type ?? envelope.type),
      atMs,
      tookMs: performance.now() - fromMs,
      became,
    };
    for (const listener of listeners) listener(delivered);
    return answer;
  };
  return {
    onDelivered: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    deliver: (envelope) => {
      // Duplicates were seen of commands and submissions [thread]; of options requests nobody tells. [inferred]
      const times = !isOptionsRequest(envelope) && faults.take('duplicate-delivery') ? 2 : 1;
      return firstAnswer(Array.from({ length: times }, () => timed(envelope)));
    },
    set: (next) => {
      delivery = next;
    },
  };
}
