import { webApi } from '@slack/bolt';
import { createHttp, type Http, HttpFailure, type Reply } from '../http.ts';
import { type CallResult, type Meter, resultOfStatus } from '../privacy/meter.ts';

/** The methods of Slack's Web API that this bot calls, as Bolt's own client has them. */
export type WebApi = {
  auth: Pick<webApi.WebClient['auth'], 'test'>;
  chat: Pick<webApi.WebClient['chat'], 'postMessage'>;
  conversations: Pick<webApi.WebClient['conversations'], 'open'>;
  usergroups: { users: Pick<webApi.WebClient['usergroups']['users'], 'list'> };
  users: Pick<webApi.WebClient['users'], 'info'>;
  views: Pick<webApi.WebClient['views'], 'open' | 'update'>;
};

/** A connection that waits for a Slack that hangs holds up no other: as many as can come in the meantime. */
const connections = 32;

/**
 * Calls Slack, once for each call: who calls decides whether to call again. Rejects with the errors of Bolt's own client,
 * which takes five times as long to make a call (docs/decisions/2026-11-slack-on-the-wire.md).
 */
export function createWebApi(options: {
  token: string;
  apiUrl: string;
  timeoutMs: number;
  meter: Meter;
}): WebApi & { close(): Promise<void> } {
  const headers = { authorization: `Bearer ${options.token}`, 'user-agent': 'lastseen-bot' };
  const opened: Http[] = [];
  const { timeoutMs, meter } = options;

  async function send(http: Http, method: string, args: object): Promise<webApi.WebAPICallResult> {
    const body = { type: 'application/x-www-form-urlencoded' as const, text: formOf(args) };
    try {
      return resultOf(await http.send({ method: 'POST', path: `/${method}`, body, timeoutMs }));
    } catch (error) {
      throw error instanceof HttpFailure ? new webApi.WebAPIRequestError(error) : error;
    }
  }

  function measured<T>(method: string): (args?: object) => Promise<T> {
    // Of its own: many calls that hang would hold up those of every other method.
    const http = createHttp(options.apiUrl, headers, connections);
    opened.push(http);
    return async (args = {}) => {
      const startedMs = performance.now();
      const note = (result: CallResult) =>
        meter.note({ what: 'slack call', method, result, ms: performance.now() - startedMs });
      try {
        const result = await send(http, method, args);
        note('ok');
        return result as T;
      } catch (error) {
        note(kindOf(error));
        throw error;
      }
    };
  }

  return {
    auth: { test: measured('auth.test') },
    chat: { postMessage: measured('chat.postMessage') },
    conversations: { open: measured('conversations.open') },
    usergroups: { users: { list: measured('usergroups.users.list') } },
    users: { info: measured('users.info') },
    views: { open: measured('views.open'), update: measured('views.update') },
    async close() {
      await Promise.all(opened.map((http) => http.close()));
    },
  };
}

function kindOf(error: unknown): CallResult {
  if (error instanceof webApi.WebAPIPlatformError) return 'refused';
  if (error instanceof webApi.WebAPIRateLimitedError) return 'rate-limited';
  return error instanceof webApi.WebAPIHTTPError ? resultOfStatus(error.statusCode) : 'no-answer';
}

/** What is no text goes as JSON: https://docs.slack.dev/apis/web-api/#basics. `node:querystring` takes three times as long. */
function formOf(args: object): string {
  return Object.entries(args)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${encoded(typeof value === 'string' ? value : JSON.stringify(value))}`)
    .join('&');
}

/** Half of a pair of surrogates can't be sent. */
function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

/** Slack answers 200 to all that it understood, and 429 to what came too often. */
function resultOf({ status, text, retryAfterMs }: Reply): webApi.WebAPICallResult {
  if (status === 429 && retryAfterMs !== undefined)
    throw new webApi.WebAPIRateLimitedError(retryAfterMs / 1000);
  // Whoever sends us elsewhere is not Slack.
  if (status >= 300 && status < 400) throw new webApi.WebAPIRequestError(new Error(`redirected (${status})`));
  if (status !== 200) throw new webApi.WebAPIHTTPError(status, '', {}, '');
  const result = parse(text);
  if (result.ok !== true) throw new webApi.WebAPIPlatformError({ error: '', ...result });
  return result;
}

/** A page of a proxy, or half an answer, is no answer of Slack's: it has no code. */
function parse(text: string): webApi.WebAPICallResult {
  try {
    const result: unknown = JSON.parse(text);
    return { ok: false, ...(typeof result === 'object' && result) };
  } catch {
    return { ok: false };
  }
}
