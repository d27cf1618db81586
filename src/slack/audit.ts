import { setTimeout as pause } from 'node:timers/promises';
import type { types, webApi } from '@slack/bolt';
import type { EndedChange, Told } from '../privacy/journal-entry.ts';
import type { OwnNumberMemory } from '../privacy/own-number.ts';
import type { Audit, Log } from '../privacy/ports.ts';
import { auditMessage } from './audit-message.ts';
import { notToldText, perhapsNotToldText } from './messages/audit.ts';
import { errorFields, mayBeDone, patiently } from './patience.ts';
import { postToReplyUrl, replyUrlLifeMs } from './reply-url.ts';

/** How often a message is sent again whose answer was lost: each time the channel may see it once more. */
const lostAnswers = 4;
const numberTimeoutMs = 1_500;

type Message = ReturnType<typeof auditMessage>;

/**
 * Posts how a change ended, in the channel that is to be told. Where the bot can't post there, through the command's
 * response_url; where that fails too, the person is told in a direct message that the team was not. While Slack is out of
 * reach it waits.
 */
export function createAudit({
  client,
  ownNumber,
  log,
}: {
  client: webApi.WebClient;
  ownNumber: OwnNumberMemory;
  log: Log;
}): Audit {
  function post(channel: string, message: Message, signal: AbortSignal): Promise<unknown> {
    return patiently(
      () => client.chat.postMessage({ channel, ...message, unfurl_links: false, unfurl_media: false }),
      {
        forMs: Number.POSITIVE_INFINITY,
        lostAnswers,
        // A Slack that answers nothing at all is waited for, rather than handed the message again and again.
        beforeRepeating: () =>
          patiently(() => client.auth.test(), { forMs: Number.POSITIVE_INFINITY, signal }),
        signal,
      },
    );
  }

  async function postInChannel(channel: string, message: Message, signal: AbortSignal): Promise<Told> {
    await post(channel, message, signal);
    return 'told';
  }

  async function reply(
    { place, acceptedAt }: EndedChange,
    message: Message,
    signal: AbortSignal,
  ): Promise<Told> {
    const forMs = acceptedAt.getTime() + replyUrlLifeMs - Date.now();
    if (!place.replyUrl || forMs <= 0) return 'not-told';
    const posted = await postToReplyUrl(
      place.replyUrl,
      { response_type: 'in_channel', ...message },
      { forMs, signal },
    );
    return posted === 'taken' ? 'told' : posted === 'lost' ? 'perhaps-told' : 'not-told';
  }

  async function tellPerson(ended: EndedChange, text: string, signal: AbortSignal): Promise<Told> {
    return attempt(ended, 'direct message', signal, async () => {
      const opened = await patiently(() => client.conversations.open({ users: ended.by }), {
        forMs: Number.POSITIVE_INFINITY,
        signal,
      });
      const blocks: types.KnownBlock[] = [{ type: 'section', text: { type: 'mrkdwn', text } }];
      await post(opened.channel?.id ?? ended.by, { text, blocks }, signal);
      return 'told';
    });
  }

  async function attempt(
    ended: EndedChange,
    way: string,
    signal: AbortSignal,
    tellBy: () => Promise<Told>,
  ): Promise<Told> {
    try {
      return await tellBy();
    } catch (error) {
      signal.throwIfAborted();
      log.warn({ change: ended.id, way, ...errorFields(error) }, 'could not tell this way');
      return mayBeDone(error) ? 'perhaps-told' : 'not-told';
    }
  }

  return {
    async tell(ended, { undo, signal }) {
      const own =
        ownNumber.known() ??
        (await Promise.race([ownNumber.read(), pause(numberTimeoutMs, undefined, { ref: false })]));
      const message = auditMessage(ended, { own, undo });
      const inTheChannel: [string, () => Promise<Told>][] = [
        ['chat.postMessage', () => postInChannel(ended.tellIn, message, signal)],
        ['response_url', () => reply(ended, message, signal)],
      ];
      for (const [way, tellBy] of inTheChannel) {
        const told = await attempt(ended, way, signal, tellBy);
        if (told === 'told') return told;
        if (told === 'not-told') continue;
        // Another way could tell it twice.
        await tellPerson(ended, perhapsNotToldText(ended.tellIn, message.text), signal);
        return told;
      }
      const told = await tellPerson(ended, notToldText(ended.tellIn, message.text), signal);
      return told === 'told' ? 'person-told' : 'not-told';
    },
  };
}
