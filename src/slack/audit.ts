import { setTimeout as pause } from 'node:timers/promises';
import type { EndedChange, Told } from '../privacy/journal-entry.ts';
import type { ManagedNumber } from '../privacy/managed-number.ts';
import { type Meter, noMeter } from '../privacy/meter.ts';
import type { Audit, Log } from '../privacy/ports.ts';
import { auditMessage } from './audit-message.ts';
import { section } from './blocks.ts';
import type { NamedNumber } from './messages/formatting.ts';
import type { Messages } from './messages/messages-in.ts';
import { errorFields, mayBeDone, patiently } from './patience.ts';
import { postToReplyUrl, replyUrlLifeMs } from './reply-url.ts';
import type { WebApi } from './web-api.ts';

/**
 * The pauses before a message is sent again whose answer was lost: each time the channel may see it once more. Together
 * longer than most troubles last.
 */
const usualLostPausesMs = [0, 5_000, 15_000, 60_000, 240_000, 900_000];
/** A response_url takes five posts: a first, so many more, and one to spare. */
const mostLostReplies = 3;
const numberTimeoutMs = 1_500;

type Message = ReturnType<typeof auditMessage>;
/** For how long, and whether still, a message may be sent. */
type Right = { beforeSend: () => void; signal: AbortSignal };

/**
 * Posts how a change ended, in the channel that is to be told. Where the bot can't post there, through the command's
 * response_url; where that fails too, the person is told in a direct message that the team was not. While Slack is out of
 * reach it waits.
 */
export function createAudit({
  client,
  numbers,
  messages,
  log,
  meter = noMeter,
  lostPausesMs = usualLostPausesMs,
}: {
  client: WebApi;
  numbers: readonly ManagedNumber[];
  messages: Messages;
  log: Log;
  meter?: Meter;
  lostPausesMs?: readonly number[];
}): Audit {
  function post(change: string, channel: string, message: Message, right: Right): Promise<unknown> {
    let lost = 0;
    async function beforeRepeating(): Promise<void> {
      await pause(lostPausesMs[lost], undefined, { signal: right.signal });
      lost += 1;
      // A Slack that answers nothing at all is waited for, rather than handed the message again and again.
      await patiently(() => client.auth.test(), { forMs: Number.POSITIVE_INFINITY, ...right });
    }
    return patiently(
      () => client.chat.postMessage({ channel, ...message, unfurl_links: false, unfurl_media: false }),
      {
        forMs: Number.POSITIVE_INFINITY,
        lostAnswers: lostPausesMs.length,
        beforeRepeating,
        onWait: (error) => log.warn({ change, ...errorFields(error) }, 'message not taken, trying again'),
        ...right,
      },
    );
  }

  async function postInChannel(ended: EndedChange, message: Message, right: Right): Promise<Told> {
    await post(ended.id, ended.tellIn, message, right);
    return 'told';
  }

  async function reply({ place, acceptedAt }: EndedChange, message: Message, right: Right): Promise<Told> {
    const forMs = acceptedAt.getTime() + replyUrlLifeMs - Date.now();
    if (!place.replyUrl || forMs <= 0) return 'not-told';
    const posted = await postToReplyUrl(
      place.replyUrl,
      { response_type: 'in_channel', ...message },
      { forMs, lostPausesMs: lostPausesMs.slice(0, mostLostReplies), meter, ...right },
    );
    return posted === 'taken' ? 'told' : posted === 'lost' ? 'perhaps-told' : 'not-told';
  }

  async function tellPerson(ended: EndedChange, text: string, right: Right): Promise<Told> {
    return attempt(ended, 'direct message', right, async () => {
      const opened = await patiently(() => client.conversations.open({ users: ended.by }), {
        forMs: Number.POSITIVE_INFINITY,
        ...right,
      });
      await post(ended.id, opened.channel?.id ?? ended.by, { text, blocks: [section(text)] }, right);
      return 'told';
    });
  }

  async function attempt(
    ended: EndedChange,
    way: string,
    right: Right,
    tellBy: () => Promise<Told>,
  ): Promise<Told> {
    try {
      return await tellBy();
    } catch (error) {
      right.beforeSend();
      log.warn({ change: ended.id, way, ...errorFields(error) }, 'could not tell this way');
      return mayBeDone(error) ? 'perhaps-told' : 'not-told';
    }
  }

  /** A message does not wait for a gateway that is slow to say which number it is. */
  async function nameOf(ended: EndedChange): Promise<NamedNumber> {
    const number = numbers.find(({ instance }) => instance === ended.instance);
    if (!number) return { label: undefined, own: undefined };
    const { label, own } = number;
    const tooLate = pause(numberTimeoutMs, undefined, { ref: false });
    return { label, own: own.known() ?? (await Promise.race([own.read(), tooLate])) };
  }

  return {
    async tell(ended, { undo, ...right }) {
      const number = await nameOf(ended);
      const message = auditMessage(messages, ended, { number, undo });
      const inTheChannel: [string, () => Promise<Told>][] = [
        ['chat.postMessage', () => postInChannel(ended, message, right)],
        ['response_url', () => reply(ended, message, right)],
      ];
      for (const [way, tellBy] of inTheChannel) {
        const told = await attempt(ended, way, right, tellBy);
        if (told === 'told') return told;
        if (told === 'not-told') continue;
        // Another way could tell it twice.
        await tellPerson(ended, messages.audit.perhapsNotToldText(ended, message.text), right);
        return told;
      }
      const told = await tellPerson(ended, messages.audit.notToldText(ended, message.text), right);
      return told === 'told' ? 'person-told' : 'not-told';
    },
  };
}
