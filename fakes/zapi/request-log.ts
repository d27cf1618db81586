import { type Incoming, parseBody } from './incoming.ts';
import type { Reply } from './replies.ts';
import type { FakeZapiOptions, ZapiRequest } from './types.ts';

const hidden = '•••';

/**
 * Makes the text that may be shown: no instance token (neither a known one nor whatever stands in its place in a
 * path), no Client-Token, not even a wrong one that a reply echoes.
 */
export function createRedaction(
  options: FakeZapiOptions,
): (text: string, sentClientToken?: string) => string {
  const secrets = [options.clientToken, ...options.instances.map((seed) => seed.instanceToken)];
  const known = [...new Set(secrets.filter((secret) => secret !== ''))].sort((a, b) => b.length - a.length);
  return (text, sentClientToken) => {
    const withoutKnown = known.reduce((shown, secret) => shown.replaceAll(secret, hidden), text);
    const withoutPaths = withoutKnown.replaceAll(/(\/token\/)[^/?\s"<]+/g, `$1${hidden}`);
    if (!sentClientToken) return withoutPaths;
    // The reply is JSON, so the echo is written as JSON writes it.
    const echo = JSON.stringify(sentClientToken).slice(1, -1);
    return withoutPaths.replaceAll(`Client-Token ${echo}`, `Client-Token ${hidden}`);
  };
}

export type RequestLog = {
  requests: readonly ZapiRequest[];
  /** Notes a request as it arrived; `answered` fills in what went back. */
  note(incoming: Incoming): { answered(reply: Pick<Reply, 'status' | 'body'>): void };
};

export function createRequestLog(redact: ReturnType<typeof createRedaction>): RequestLog {
  const requests: ZapiRequest[] = [];
  return {
    requests,
    note(incoming) {
      const entry: ZapiRequest = {
        at: incoming.at,
        method: incoming.method,
        path: redact(incoming.url),
        contentType: incoming.contentType,
        body: parseBody(redact(incoming.text, incoming.clientToken)),
        status: undefined,
        reply: undefined,
      };
      requests.push(entry);
      return {
        answered({ status, body }) {
          entry.status = status;
          entry.reply = redact(body, incoming.clientToken);
        },
      };
    },
  };
}
