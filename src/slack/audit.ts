import { setTimeout as pause } from 'node:timers/promises';
import type { webApi } from '@slack/bolt';
import type { OwnNumberMemory } from '../privacy/own-number.ts';
import type { Audit, EndedChange, Log } from '../privacy/ports.ts';
import { auditMessage } from './audit-message.ts';
import { notToldText, perhapsNotToldText } from './messages.ts';
import { errorFields, mayBeDone, patiently } from './patience.ts';
import { postToReplyUrl, replyUrlLifeMs } from './reply-url.ts';

/** How long a message waits for a Slack that is out of reach. */
const patienceMs = 10 * 60 * 1000;
/** How often a message is sent again whose answer was lost: each time the channel may see it once more. */
const lostAnswers = 4;
const numberTimeoutMs = 3_000;

type Message = ReturnType<typeof auditMessage>;
type Told = 'told' | 'perhaps told' | 'not told';

/**
 * Posts how changes ended: to the audit channel, or where the command was typed. Where the bot can't post there, through
 * the command's response_url; where that fails too, the person is told in a direct message that the team was not.
 *
 * One channel is told in the order of the calls; a channel that can't be told now does not hold up the others.
 */
export function createAudit(options: {
  client: webApi.WebClient;
  auditChannel: string | undefined;
  ownNumber: OwnNumberMemory;
  log: Log;
  signal: AbortSignal;
}): Audit {
  const { client, auditChannel, ownNumber, log, signal } = options;
  const lastOf = new Map<string, Promise<void>>();

  function post(channel: string, message: Message): Promise<unknown> {
    return patiently(
      () => client.chat.postMessage({ channel, ...message, unfurl_links: false, unfurl_media: false }),
      { forMs: patienceMs, lostAnswers, signal },
    );
  }

  async function postInChannel(channel: string, message: Message): Promise<Told> {
    await post(channel, message);
    return 'told';
  }

  async function reply({ place, acceptedAt }: EndedChange, message: Message): Promise<Told> {
    if (!place.replyUrl || Date.now() - acceptedAt.getTime() > replyUrlLifeMs) return 'not told';
    const posted = await postToReplyUrl(place.replyUrl, { response_type: 'in_channel', ...message });
    return posted === 'taken' ? 'told' : posted === 'lost' ? 'perhaps told' : 'not told';
  }

  async function tellInDirectMessage(person: string, text: string): Promise<Told> {
    const opened = await patiently(() => client.conversations.open({ users: person }), {
      forMs: patienceMs,
      signal,
    });
    await post(opened.channel?.id ?? person, {
      text,
      blocks: [{ type: 'section', text: { type: 'mrkdwn', text } }],
    });
    return 'told';
  }

  async function tell(channel: string, ended: EndedChange): Promise<void> {
    const own =
      ownNumber.known() ??
      (await Promise.race([ownNumber.read(), pause(numberTimeoutMs, undefined, { ref: false })]));
    const message = auditMessage(ended, own);
    const inTheChannel: [string, () => Promise<Told>][] = [
      ['chat.postMessage', () => postInChannel(channel, message)],
      ['response_url', () => reply(ended, message)],
    ];
    for (const [way, tellBy] of inTheChannel) {
      const told = await attempt(ended, way, tellBy);
      if (told === 'told') return;
      // Another way could tell it twice.
      if (told === 'perhaps told') return tellPerson(ended, perhapsNotToldText(channel, message.text));
    }
    await tellPerson(ended, notToldText(channel, message.text));
  }

  async function tellPerson(ended: EndedChange, text: string): Promise<void> {
    const told = await attempt(ended, 'direct message', () => tellInDirectMessage(ended.by, text));
    // The bot stops: whoever stopped it says what was not told.
    if (told === 'not told' && !signal.aborted) log.error({ change: ended.id }, 'change not told');
  }

  async function attempt(ended: EndedChange, way: string, tellBy: () => Promise<Told>): Promise<Told> {
    if (signal.aborted) return 'not told';
    try {
      const told = await tellBy();
      if (told !== 'not told') log.info({ change: ended.id, way }, `change ${told}`);
      return told;
    } catch (error) {
      if (signal.aborted) return 'not told';
      log.warn({ change: ended.id, way, ...errorFields(error) }, 'could not tell this way');
      return mayBeDone(error) ? 'perhaps told' : 'not told';
    }
  }

  return {
    tell(ended) {
      const channel = auditChannel ?? ended.place.channel;
      const told = (lastOf.get(channel) ?? Promise.resolve()).then(() => tell(channel, ended));
      lastOf.set(channel, told);
      void told.finally(() => lastOf.get(channel) === told && lastOf.delete(channel));
      return told;
    },
  };
}
