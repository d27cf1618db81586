import { passesByItself } from '../slack/patience.ts';
import { codeOf } from './code-of.ts';
import { type Finding, notChecked } from './finding.ts';

/**
 * What came of one question to Slack. `no-answer`: out of reach, overloaded or in trouble; `why` is a code. `headers` and
 * times are those of the answer.
 */
export type SlackAnswer =
  | { kind: 'answer'; ok: boolean; error: string; body: Record<string, unknown>; headers: Headers }
  | { kind: 'no-answer'; why: string };

const timeoutMs = 8_000;

/** Calls one method of the Web API, once. Never rejects; nothing of the request is in what it resolves with. */
export async function askSlack(
  apiUrl: string,
  method: string,
  { token, fields = {} }: { token?: string; fields?: Record<string, string> } = {},
): Promise<SlackAnswer> {
  try {
    const response = await fetch(apiUrl + method, {
      method: 'POST',
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      body: new URLSearchParams(fields),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const body: unknown = await response.json().catch(() => undefined);
    if (typeof body !== 'object' || body === null || !('ok' in body))
      return { kind: 'no-answer', why: `HTTP ${response.status}` };
    const error = codeIn(body);
    if (response.status === 429 || passesByItself(error)) return { kind: 'no-answer', why: error };
    return { kind: 'answer', ok: body.ok === true, error, body: { ...body }, headers: response.headers };
  } catch (error) {
    return { kind: 'no-answer', why: whyNot(error) };
  }
}

/** Of a point that depends on Slack. That Slack is out of reach, and what to do about it, is said once, of the bot token. */
export function slackDidNotAnswer(name: string, why: string): Finding {
  return notChecked(name, `No proper answer came from Slack (${why}).`);
}

function codeIn(body: object): string {
  const error = 'error' in body ? body.error : '';
  return typeof error === 'string' && /^[a-z_]{1,60}$/.test(error) ? error : '';
}

/** `fetch` puts the system's error into the cause of its own. */
function whyNot(error: unknown): string {
  const { name, cause } = error as { name?: unknown; cause?: unknown };
  return name === 'TimeoutError' ? 'no answer in time' : codeOf(cause);
}
