import { setTimeout as pause } from 'node:timers/promises';
import type { webApi } from '@slack/bolt';
import type { OwnNumberMemory } from '../privacy/own-number.ts';
import type { Audit, EndedChange, Log } from '../privacy/ports.ts';
import { auditMessage } from './audit-message.ts';
import { notToldText } from './messages.ts';
import { errorFields, patiently } from './patience.ts';
import { postToReplyUrl, replyUrlLifeMs } from './reply-url.ts';

/** How long a message waits for a Slack that is out of reach. */
const patienceMs = 10 * 60 * 1000;
const numberTimeoutMs = 3_000;

/**
 * Posts how changes ended: to the audit channel, or where the command was typed. Where the bot can't post there, through
 * the command's response_url; where that fails too, the person is told in a direct message that the team was not.
 */
export function createAudit(options: {
  client: webApi.WebClient;
  auditChannel: string | undefined;
  ownNumber: OwnNumberMemory;
  log: Log;
  signal: AbortSignal;
}): Audit {
  const { client, auditChannel, ownNumber, log, signal } = options;

  async function post(channel: string, message: ReturnType<typeof auditMessage>): Promise<void> {
    await patiently(
      () => client.chat.postMessage({ channel, ...message, unfurl_links: false, unfurl_media: false }),
      {
        forMs: patienceMs,
        signal,
      },
    );
  }

  async function reply(
    { place, acceptedAt }: EndedChange,
    message: ReturnType<typeof auditMessage>,
  ): Promise<boolean> {
    if (!place.replyUrl || Date.now() - acceptedAt.getTime() > replyUrlLifeMs) return false;
    return postToReplyUrl(place.replyUrl, { response_type: 'in_channel', ...message });
  }

  async function tellInDirectMessage(person: string, text: string): Promise<void> {
    const opened = await patiently(() => client.conversations.open({ users: person }), {
      forMs: patienceMs,
      signal,
    });
    await post(opened.channel?.id ?? person, {
      text,
      blocks: [{ type: 'section', text: { type: 'mrkdwn', text } }],
    });
  }

  return {
    async tell(ended) {
      const channel = auditChannel ?? ended.place.channel;
      const own =
        ownNumber.known() ??
        (await Promise.race([ownNumber.read(), pause(numberTimeoutMs, undefined, { ref: false })]));
      const message = auditMessage(ended, own);
      const ways: [string, () => Promise<boolean>][] = [
        ['chat.postMessage', () => post(channel, message).then(() => true)],
        ['response_url', () => reply(ended, message)],
        [
          'direct message',
          () => tellInDirectMessage(ended.by, notToldText(channel, message.text)).then(() => true),
        ],
      ];
      for (const [way, tell] of ways) {
        const told = await tell().catch((error: unknown) => {
          log.warn({ change: ended.id, way, ...errorFields(error) }, 'could not tell this way');
          return false;
        });
        if (told) return log.info({ change: ended.id, way }, 'change told');
      }
      log.error({ change: ended.id }, 'change not told');
    },
  };
}
