import type { Receiver } from '@slack/bolt';
import type { AskedKind, Meter } from '../privacy/meter.ts';
import { type Ack, putBeforeBolt, type ReceiverEvent } from './receiver-events.ts';

const kinds: Record<string, AskedKind> = {
  block_actions: 'action',
  block_suggestion: 'options',
  view_submission: 'view',
  view_closed: 'view',
};

/** Notes of all that comes in how long it waited for its acknowledgement. */
export function measureAcks(
  receiver: Receiver,
  meter: Meter,
  now: () => number = () => performance.now(),
): void {
  putBeforeBolt(receiver, (event, bolt) => {
    const arrivedMs = now();
    const note = (sent: boolean) =>
      meter.note({ what: 'acknowledged', kind: kindOf(event.body), ms: now() - arrivedMs, sent });
    const ack: Ack = async (answer) => {
      try {
        await event.ack(answer);
      } catch (error) {
        note(false);
        throw error;
      }
      note(true);
    };
    return bolt.processEvent({ ...event, ack });
  });
}

function kindOf(body: ReceiverEvent['body']): AskedKind {
  return 'command' in body ? 'command' : (kinds[String(body.type)] ?? 'other');
}
