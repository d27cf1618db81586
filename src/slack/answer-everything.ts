import type { Receiver } from '@slack/bolt';
import { nameOfError } from '../privacy/name-of-error.ts';
import { isAsSlackSends } from './payload.ts';
import { type Ack, putBeforeBolt } from './receiver-events.ts';

/** What came can't be worked on. It holds nothing of it. */
export class NotTaken extends Error {
  readonly kind: 'not-as-slack-sends' | 'not-started';

  constructor(kind: NotTaken['kind']) {
    super(kind);
    this.name = 'NotTaken';
    this.kind = kind;
  }
}

/** Slack did not get an answer: it hung up, or the socket is away. Holds the name of what went wrong, and nothing else. */
export class NotAcknowledged extends Error {
  readonly kind = 'not-acknowledged';

  constructor(error: unknown) {
    super(nameOfError(error));
    this.name = 'NotAcknowledged';
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
  putBeforeBolt(receiver, async (event, bolt) => {
    let isAnswered = false;
    const ack: Ack = (answer) => {
      isAnswered = true;
      return event.ack(answer).catch((error: unknown) => {
        throw new NotAcknowledged(error);
      });
    };
    if (!isAsSlackSends(event.body)) throw new NotTaken('not-as-slack-sends');
    if (!(await isReady())) throw new NotTaken('not-started');
    await bolt.processEvent({ ...event, ack });
    if (!isAnswered) await event.ack();
  });
}
