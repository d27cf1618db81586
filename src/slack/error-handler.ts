import { randomInt } from 'node:crypto';
import { NotAcknowledged } from './answer-everything.ts';
import type { Flow } from './flow.ts';
import { formMemory, OutdatedForm } from './form-memory.ts';
import { postToReplyUrl } from './reply-url.ts';

type Reporting = Pick<Flow, 'log' | 'messages' | 'meter'>;

/** Logs what a person is not to see, and gives the sentence that they are: it carries the reference of the log line. */
export function reportBroken({ log, messages }: Reporting, error: unknown): string {
  if (error instanceof OutdatedForm) return messages.form.outdatedForm;
  const reference = randomInt(36 ** 6)
    .toString(36)
    .padStart(6, '0');
  log.error({ reference, ...frames(error) }, 'unexpected error');
  return messages.command.brokenStep(reference);
}

/** What Bolt hands to an error handler that asked for the extended form. */
export type Broken = { error: Error; body: object };

/** The last resort for every listener: one honest sentence to the person, where it can reach them. */
export async function handleError(reporting: Reporting, { error, body }: Broken): Promise<void> {
  const original = originalOf(error);
  // Slack has told the person so already.
  if (original instanceof NotAcknowledged)
    return reporting.log.warn({ error: original.message }, 'answer not acknowledged');
  const sentence = reportBroken(reporting, original);
  // After a submission was accepted, how it ended is told in the channel; this sentence could contradict it.
  if ('type' in body && body.type === 'view_submission') return;
  const replyUrl = replyUrlOf({ ...body });
  if (!replyUrl) return;
  const { meter } = reporting;
  await postToReplyUrl(replyUrl, { response_type: 'ephemeral', text: sentence }, { meter });
}

function replyUrlOf(body: Record<string, unknown>): string | undefined {
  if (typeof body.response_url === 'string') return body.response_url;
  const view = body.view as { private_metadata?: string } | undefined;
  try {
    return formMemory(view?.private_metadata ?? '').place.replyUrl;
  } catch {
    return undefined;
  }
}

/** Where it happened, without the message: it may hold what somebody typed, or a secret. */
function frames(error: unknown): object {
  if (!(error instanceof Error)) return { error: typeof error };
  const stack = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return { error: error.name, at: stack.slice(0, 8).map((line) => line.trim()) };
}

/** Bolt wraps what a listener throws: one error in `original`, several in `originals`. */
function originalOf(error: object): unknown {
  if ('originals' in error && Array.isArray(error.originals)) return error.originals[0];
  return 'original' in error ? error.original : error;
}
