import type { types } from '@slack/bolt';
import { StoreError } from '../privacy/ports.ts';
import type { Flow } from './flow.ts';
import { postToReplyUrl } from './reply-url.ts';

type Words = { text: string; blocks?: types.KnownBlock[] };

/** Says something to one person, where they typed a command or pressed a button. Never rejects. */
export async function whisper(
  flow: Flow,
  replyUrl: string,
  words: string | Words,
  replace = false,
): Promise<void> {
  const said = typeof words === 'string' ? { text: words } : words;
  const reply = { response_type: 'ephemeral' as const, ...said, ...(replace && { replace_original: true }) };
  const posted = await postToReplyUrl(replyUrl, reply, { meter: flow.meter });
  if (posted !== 'taken') flow.log.warn({ posted }, 'a person was not answered');
}

/** What a person is shown of the journal; or a sentence, where it can't be read now. */
export async function orUnreadable<T>(flow: Flow, read: Promise<T>): Promise<T | string> {
  return read.catch((error: unknown) => {
    if (!(error instanceof StoreError)) throw error;
    flow.log.warn({ detail: error.detail }, 'journal not read');
    return flow.messages.command.journalUnreadable;
  });
}
