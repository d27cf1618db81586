import { buildConnector, type Dispatcher, errors, Pool } from 'undici';

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
  /** `not-sent`: for certain, nothing of the request left. */
  readonly kind: 'not-sent' | 'cut' | 'timeout' | 'too-large';
  /** System or undici error code, such as `ECONNREFUSED`; `NO_CONNECTION` where there was none in time. */
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
  body?: Body | undefined;
  /** For all of it, the wait for a connection included. */
  timeoutMs: number;
  /** Ends the request; `send` then rejects like one whose connection broke, or was never made. */
  signal?: AbortSignal | undefined;
};

/** What is sent, as text. */
export type Body = { type: 'application/json' | 'application/x-www-form-urlencoded'; text: string };

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
    send({ method, path, body, timeoutMs, signal }) {
      const exchange = createExchange();
      const late = setTimeout(() => exchange.end('timeout'), timeoutMs);
      const cut = () => exchange.end('cut');
      signal?.addEventListener('abort', cut, { once: true });
      if (signal?.aborted) cut();
      else
        pool.dispatch(
          {
            method,
            path: prefix + path,
            headers: { accept: 'application/json', ...(body && { 'content-type': body.type }), ...headers },
            body: body?.text ?? null,
          },
          exchange.handler,
        );
      return exchange.reply.finally(() => {
        clearTimeout(late);
        signal?.removeEventListener('abort', cut);
      });
    },
    close: () => pool.destroy(),
  };
}

/**
 * One request and its answer, on the lowest level that undici offers: its `request` costs twice as much, and hears a signal
 * only once it has a connection. `end`: before there is an answer.
 *
 * What has not started waits for a connection, to become free or to be made: nothing of it was sent, and if it was ended
 * nothing will be.
 */
function createExchange(): {
  handler: Dispatcher.DispatchHandler;
  reply: Promise<Reply>;
  end(kind: 'timeout' | 'cut'): void;
} {
  const { promise, resolve, reject } = Promise.withResolvers<Reply>();
  const chunks: Buffer[] = [];
  let head: Pick<Reply, 'status' | 'retryAfterMs'>;
  let controller: Dispatcher.DispatchController | undefined;
  let ended: HttpFailure | undefined;
  return {
    reply: promise,
    end(kind) {
      ended = controller ? new HttpFailure(kind, undefined) : new HttpFailure('not-sent', 'NO_CONNECTION');
      reject(ended);
      controller?.abort(ended);
    },
    handler: {
      onRequestStart(started) {
        controller = started;
        if (ended) started.abort(ended);
      },
      onResponseStart(_controller, status, headers) {
        // Also called for what comes before the answer, such as 103: the last one counts.
        head = { status, retryAfterMs: retryAfterMs(headers['retry-after']) };
      },
      onResponseData: (_controller, chunk) => void chunks.push(chunk),
      onResponseEnd: () => resolve({ ...head, text: textOf(chunks) }),
      onResponseError: (_controller, error) => reject(failureOf(error)),
    },
  };
}

/** Without the mark that some servers put before the first letter. */
function textOf(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks)
    .toString()
    .replace(/^\uFEFF/, '');
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
  const late = error instanceof errors.HeadersTimeoutError || error instanceof errors.BodyTimeoutError;
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
