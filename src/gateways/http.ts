import { buildConnector, errors, Pool } from 'undici';

/**
 * An answer in full, whatever its status. `retryAfterMs` as the header said, in seconds or as a date.
 * `perhapsDoneBefore`: an earlier try of the same request may have been taken, whatever this answer says.
 */
export type Reply = {
  status: number;
  retryAfterMs: number | undefined;
  text: string;
  perhapsDoneBefore?: boolean;
};

/**
 * Why no whole answer came. Holds neither URL nor header nor body, and no `cause`: in these APIs each of them can hold a
 * secret, so that the error may be logged.
 */
export class HttpFailure extends Error {
  readonly kind: 'not-sent' | 'cut' | 'timeout' | 'too-large';
  /** System or undici error code, such as `ECONNREFUSED`. */
  readonly code: string | undefined;

  constructor(kind: HttpFailure['kind'], code: string | undefined) {
    super(`http: ${kind}${code ? ` (${code})` : ''}`);
    this.name = 'HttpFailure';
    this.kind = kind;
    this.code = code;
  }
}

export type HttpRequest = {
  method: 'GET' | 'POST';
  path: string;
  body?: object;
  timeoutMs: number;
  /** Ends the request; `send` then rejects like one whose connection broke. */
  signal?: AbortSignal | undefined;
};

export type Http = { send(request: HttpRequest): Promise<Reply>; close(): Promise<void> };

const connectTimeoutMs = 5_000;
const headersTimeoutMs = 15_000;
const bodyTimeoutMs = 5_000;
const largestReplyBytes = 1_000_000;

/** One origin over one pool of connections that are kept alive. `send` rejects with `HttpFailure` only; it never retries. */
export function createHttp(baseUrl: string, headers: Record<string, string>, connections = 8): Http {
  const { origin, pathname } = new URL(baseUrl);
  const prefix = pathname.replace(/\/$/, '');
  const pool = new Pool(origin, {
    connections,
    connect: connectOrNotSent(),
    headersTimeout: headersTimeoutMs,
    bodyTimeout: bodyTimeoutMs,
    maxResponseSize: largestReplyBytes,
    allowH2: false,
  });
  return {
    async send({ method, path, body, timeoutMs, signal }) {
      const ending = AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])]);
      const answer = async (): Promise<Reply> => {
        const {
          statusCode,
          headers: replyHeaders,
          body: replyBody,
        } = await pool.request({
          method,
          path: prefix + path,
          headers: {
            accept: 'application/json',
            ...(body && { 'content-type': 'application/json' }),
            ...headers,
          },
          body: body ? JSON.stringify(body) : null,
          signal: ending,
        });
        const text = await replyBody.text();
        return { status: statusCode, retryAfterMs: retryAfterMs(replyHeaders['retry-after']), text };
      };
      try {
        return await Promise.race([answer(), endOf(ending)]);
      } catch (error) {
        throw failureOf(error);
      }
    },
    close: () => pool.destroy(),
  };
}

/** undici hears the signal of a request only once it has a connection for it; others wait for theirs. */
function endOf(signal: AbortSignal): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  if (signal.aborted) reject(signal.reason);
  else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  return promise;
}

/** A connection that was never made is told apart from one that broke: only then is it certain that nothing was sent. */
function connectOrNotSent(): buildConnector.connector {
  // HTTP/1.1: over HTTP/2 undici sends by itself again what the server put off, and takes a broken body for a whole one.
  const connect = buildConnector({ timeout: connectTimeoutMs, allowH2: false });
  return (options, callback) => {
    connect(options, (error, socket) => {
      if (error) callback(new HttpFailure('not-sent', codeOf(error)), null);
      else callback(null, socket);
    });
  };
}

function failureOf(error: unknown): HttpFailure {
  if (error instanceof HttpFailure) return error;
  if (error instanceof errors.ResponseExceededMaxSizeError) return new HttpFailure('too-large', error.code);
  const late =
    error instanceof errors.HeadersTimeoutError ||
    error instanceof errors.BodyTimeoutError ||
    (error instanceof DOMException && error.name === 'TimeoutError');
  return new HttpFailure(late ? 'timeout' : 'cut', codeOf(error));
}

function codeOf(error: unknown): string | undefined {
  const isObject = typeof error === 'object' && error !== null;
  return isObject && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

function retryAfterMs(header: string | string[] | undefined): number | undefined {
  if (typeof header !== 'string') return undefined;
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
