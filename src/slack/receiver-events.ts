import type { Receiver } from '@slack/bolt';

type App = Parameters<Receiver['init']>[0];
/** What a receiver hands to Bolt. */
export type ReceiverEvent = Parameters<App['processEvent']>[0];
export type Ack = ReceiverEvent['ack'];

/** Bolt, as a receiver sees it. */
export type Bolt = Pick<App, 'processEvent'>;

/** Puts something between a receiver and Bolt. What is put there last stands next to Bolt. */
export function putBeforeBolt(
  receiver: Receiver,
  process: (event: ReceiverEvent, bolt: Bolt) => Promise<void>,
): void {
  const init = receiver.init.bind(receiver);
  receiver.init = (app) => {
    const processEvent = (event: ReceiverEvent) => process(event, app);
    init(Object.assign(Object.create(app), { processEvent }) as App);
  };
}
