import type { Receiver } from '@slack/bolt';
import { isAsSlackSends } from './payload.ts';

type App = Parameters<Receiver['init']>[0];
type ReceiverEvent = Parameters<App['processEvent']>[0];

/** What came can't be worked on. It holds nothing of it. */
export class NotTaken extends Error {
  readonly kind: 'not-as-slack-sends' | 'not-started';

  constructor(kind: NotTaken['kind']) {
    super(kind);
    this.name = 'NotTaken';
    this.kind = kind;
  }
}

/**
 * Lets through to Bolt, and to the listeners, only what is as Slack sends it: they rely on it. What Bolt then answers
 * nothing to, because nobody listens or a listener threw first, is answered with nothing at once; whoever waits would wait
 * for three seconds.
 *
 * `isReady` is asked before Bolt is. What is not taken rejects with NotTaken, for the receiver to say.
 */
export function answerEverything(
  receiver: Receiver,
  isReady: () => Promise<boolean> = async () => true,
): void {
  const init = receiver.init.bind(receiver);
  receiver.init = (app) => {
    const processEvent = async (event: ReceiverEvent): Promise<void> => {
      let isAnswered = false;
      const ack: ReceiverEvent['ack'] = (answer) => {
        isAnswered = true;
        return event.ack(answer);
      };
      if (!isAsSlackSends(event.body)) throw new NotTaken('not-as-slack-sends');
      if (!(await isReady())) throw new NotTaken('not-started');
      await app.processEvent({ ...event, ack });
      if (!isAnswered) await event.ack();
    };
    init(Object.assign(Object.create(app), { processEvent }) as App);
  };
}
