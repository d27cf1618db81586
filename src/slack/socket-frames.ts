import type { Logger, SocketModeReceiver } from '@slack/bolt';
import { z } from 'zod';

/**
 * What Slack sends over the socket: https://docs.slack.dev/apis/events-api/using-socket-mode. An envelope's type becomes
 * the name of an event of the socket client, among which are its own, such as `close` and `error`.
 */
const frame = z.discriminatedUnion('type', [
  z.object({ type: z.enum(['hello', 'disconnect']) }),
  z.object({
    type: z.enum(['slash_commands', 'interactive']),
    envelope_id: z.string(),
    payload: z.record(z.string(), z.unknown()),
  }),
  z.object({
    type: z.literal('events_api'),
    envelope_id: z.string(),
    payload: z.object({ event: z.object({ type: z.string() }) }),
  }),
]);

/** Passes on to the socket client what it can read: anything else breaks it, unseen, or makes it believe odd things. */
export function passOnFrames(client: SocketModeReceiver['client'], logger: Logger): void {
  const readers = client.listeners('ws_message');
  client.removeAllListeners('ws_message');
  client.on('ws_message', (data: unknown, isBinary: boolean) => {
    if (isBinary || !isFrame(data)) logger.warn('a frame that is not as Slack sends them was passed over');
    else for (const read of readers) read.call(client, data, isBinary);
  });
}

function isFrame(data: unknown): boolean {
  try {
    return frame.safeParse(JSON.parse(String(data))).success;
  } catch {
    return false;
  }
}
