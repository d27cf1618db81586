import type { IncomingMessage } from 'node:http';

/** A request, read to its end. Holds secrets: only the log's redacted copy may be shown. */
export type Incoming = {
  at: number;
  method: string;
  pathname: string;
  query: URLSearchParams;
  url: string;
  clientToken: string | undefined;
  contentType: string | undefined;
  text: string;
};

/** Reads the whole request; undefined when the caller left before its end. */
export async function readIncoming(message: IncomingMessage): Promise<Incoming | undefined> {
  const at = Date.now();
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of message) chunks.push(chunk);
  } catch {
    return undefined;
  }
  const url = message.url ?? '';
  const [pathname = '', ...rest] = url.split('?');
  const clientToken = message.headers['client-token'];
  return {
    at,
    method: message.method ?? '',
    pathname,
    query: new URLSearchParams(rest.join('?')),
    url,
    clientToken: Array.isArray(clientToken) ? clientToken.join(', ') : clientToken,
    contentType: message.headers['content-type'],
    text: Buffer.concat(chunks).toString('utf8'),
  };
}

/** The JSON value of a body, its raw text where it is no JSON, undefined where there is none. */
export function parseBody(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Whether a body, or a part of it, is an object with none but these keys. */
export function isObjectOf(value: unknown, keys: readonly string[]): value is Record<string, unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.keys(value).every((key) => keys.includes(key))
  );
}
