import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { faultReply } from './faults.ts';
import type { Incoming } from './incoming.ts';
import type { Reply } from './replies.ts';
import type { ListFault, ZapiFault } from './types.ts';

export type Answering = {
  incoming: Incoming;
  response: ServerResponse;
  fault: ZapiFault | undefined;
  /** Carries the request out, or refuses it, and says what the answer would be. */
  settle: (fault?: ListFault) => Reply;
  /** Called just before the answer leaves, so that who has the answer finds it in the log. */
  onAnswer: (reply: Pick<Reply, 'status' | 'body'>) => void;
};

/** Answers one request, in the way that the fault has it, if there is one. */
export async function answer({ incoming, response, fault, settle, onAnswer }: Answering): Promise<void> {
  const send = (reply: Reply) => {
    onAnswer(reply);
    response.writeHead(reply.status, reply.headers).end(reply.body);
  };

  if (fault === undefined) return send(settle());
  switch (fault.kind) {
    case 'slow': {
      const reply = settle();
      const timer = setTimeout(() => send(reply), fault.delayMs);
      // The caller left, or the fake is closing: nobody to answer, and no timer to wait for.
      response.once('close', () => clearTimeout(timer));
      return;
    }
    case 'hang':
      if (fault.applied) settle();
      return;
    case 'reset':
      if (fault.applied) settle();
      response.socket?.resetAndDestroy();
      return;
    case 'junk':
      onAnswer({ status: 200, body: `(${fault.bytes} bytes of junk)` });
      response.writeHead(200, { 'content-type': 'application/json' });
      // A caller that stops reading is the point of this fault, not an error.
      return pipeline(Readable.from(junk(fault.bytes)), response).catch(() => undefined);
    case 'not-taken':
    case 'late':
      return send(settle(fault));
    default:
      return send(faultReply(fault, incoming));
  }
}

const junkChunk = Buffer.alloc(64 * 1024, 'junk ');

function* junk(bytes: number): Generator<Buffer> {
  for (let left = bytes; left > 0; left -= junkChunk.length) yield junkChunk.subarray(0, left);
}
