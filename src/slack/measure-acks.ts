import type { Receiver } from '@slack/bolt';
import type { AskedKind, Meter } from '../privacy/meter.ts';

type App = Parameters<Receiver['init']>[0];
type ReceiverEvent = Parameters<App['processEvent']>[0];

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
  const init = receiver.init.bind(receiver);
  receiver.init = (app) => {
    const processEvent = (event: ReceiverEvent): Promise<void> => {
      const arrivedMs = now();
      const note = (sent: boolean) =>
        meter.note({ what: 'acknowledged', kind: kindOf(event.body), ms: now() - arrivedMs, sent });
      const ack: ReceiverEvent['ack'] = async (answer) => {
        try {
          await event.ack(answer);
        } catch (error) {
          note(false);
          throw error;
        }
        note(true);
      };
      return app.processEvent({ ...event, ack });
    };
    init(Object.assign(Object.create(app), { processEvent }) as App);
  };
}

function kindOf(body: ReceiverEvent['body']): AskedKind {
  return 'command' in body ? 'command' : (kinds[String(body.type)] ?? 'other');
}
