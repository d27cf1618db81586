import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { parse } from 'node:querystring';
import type { CustomRoute, Logger, Receiver } from '@slack/bolt';
import { nameOfError } from '../privacy/name-of-error.ts';
import { NotTaken } from './answer-everything.ts';
import type { Ack, Bolt } from './receiver-events.ts';
import { createSignatureCheck } from './signature.ts';

const requestPath = '/slack/events';
/** Several times Slack's largest form. */
const longestBodyBytes = 1_000_000;

/**
 * Takes Slack's signed requests from a server and hands them to Bolt, and serves some routes beside. Bolt's own receiver
 * takes twice as long, refuses a charset in the content type, and takes requests from the future
 * (docs/decisions/2026-11-slack-on-the-wire.md).
 */
export function createHttpReceiver(options: {
  signingSecret: string;
  routes: readonly CustomRoute[];
  logger: Logger;
}): { receiver: Receiver; listener: RequestListener } {
  const { logger, routes } = options;
  const untruthOf = createSignatureCheck(options.signingSecret);
  let app: Bolt | undefined;

  /** What Slack says; or the status with which it is turned away. */
  function read({ headers }: IncomingMessage, raw: Buffer): Record<string, unknown> | number {
    const text = raw.toString();
    // Slack tries the address this way, unsigned: https://docs.slack.dev/interactivity/implementing-slash-commands
    if (/(?:^|&)ssl_check=1(?:&|$)/.test(text)) return 200;
    const { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': signature } = headers;
    const untruth = untruthOf({ timestamp, signature }, raw);
    if (!untruth) return bodyOf(text) ?? 400;
    logger.warn(`a request was turned away: ${untruth}`);
    return 401;
  }

  function hand(body: Record<string, unknown>, response: ServerResponse): void {
    const processed =
      app?.processEvent({ body, ack: acknowledging(response) }) ??
      Promise.reject(new NotTaken('not-started'));
    processed.catch((error: unknown) => {
      logger.warn(
        `a request of Slack was not taken: ${error instanceof NotTaken ? error.kind : nameOfError(error)}`,
      );
      if (!response.headersSent) answer(response, statusFor(error));
    });
  }

  return {
    receiver: {
      init(bolt) {
        app = bolt;
      },
      start: async () => undefined,
      stop: async () => undefined,
    },
    listener(request, response) {
      const path = request.url?.split('?')[0];
      const route = routes.find(
        (one) => one.path === path && [one.method].flat().includes(request.method ?? ''),
      );
      const refusal = refusalOf(path, request);
      if (route) route.handler(Object.assign(request, { params: {} }), response);
      else if (refusal) answer(response, refusal);
      else
        readBody(request, (raw) => {
          const said = raw ? read(request, raw) : 413;
          if (typeof said === 'number') answer(response, said);
          else hand(said, response);
        });
    },
  };
}

/** The status for what Slack does not send. */
function refusalOf(path: string | undefined, { method, headers }: IncomingMessage): number | undefined {
  if (path !== requestPath) return 404;
  if (method !== 'POST') return 405;
  return /^application\/x-www-form-urlencoded\b/i.test(headers['content-type'] ?? '') ? undefined : 415;
}

function statusFor(error: unknown): number {
  if (!(error instanceof NotTaken)) return 500;
  return error.kind === 'not-started' ? 503 : 400;
}

/** Calls back with the whole body, once it is there; with nothing where it is too long. */
function readBody(request: IncomingMessage, done: (body: Buffer | undefined) => void): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= longestBodyBytes) chunks.push(chunk);
    else {
      request.removeAllListeners('data').removeAllListeners('end').resume();
      done(undefined);
    }
  });
  request.on('end', () => done(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)));
}

/** A command is the form itself; whatever else comes is JSON in its field `payload`. */
function bodyOf(text: string): Record<string, unknown> | undefined {
  const form = parse(text);
  if (form.payload === undefined) return form;
  try {
    const payload: unknown = JSON.parse(String(form.payload));
    return typeof payload === 'object' && payload !== null ? { ...payload } : undefined;
  } catch {
    return undefined;
  }
}

function acknowledging(response: ServerResponse): Ack {
  return async (said) => {
    if (response.headersSent) throw new Error('acknowledged before');
    // Slack hung up, and shows the person an error: what was to be said is to be shown in another way.
    if (response.destroyed) throw new Error('nobody waits for it any more');
    if (said === undefined || said === '') answer(response, 200);
    else if (typeof said === 'string') answer(response, 200, said, 'text/plain; charset=utf-8');
    else answer(response, 200, JSON.stringify(said), 'application/json');
  };
}

/** Refused before all was read; the rest is not waited for. */
const closing = [404, 405, 413, 415];

/** In one piece. */
function answer(response: ServerResponse, status: number, text = '', type?: string): void {
  const bytes = Buffer.byteLength(text);
  response.writeHead(status, {
    'content-length': bytes,
    ...(type && { 'content-type': type }),
    ...(closing.includes(status) && { connection: 'close' }),
  });
  response.end(text);
}
