import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { type ApiFault, type Faults, RESPONSE_URL } from './faults.ts';
import type { Identity } from './identity.ts';
import type { Json } from './json.ts';
import { readBody } from './request-body.ts';
import type { ResponseUrls } from './response-urls.ts';
import type { ApiCall } from './types.ts';
import { type Method, refuse } from './web-api.ts';

type Reply = { status: number; headers?: Record<string, string>; body: string; json?: Json };

export type ApiServer = {
  readonly calls: readonly ApiCall[];
  revoke(which: 'bot' | 'app'): void;
  /** Answers a request to `/api/…` or to a response_url. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Ends the pauses under way. */
  close(): void;
};

const PAGE = '<!DOCTYPE html><title>Slack</title><h1>Server error</h1>';

const json = (value: Json): Reply => ({ status: 200, body: JSON.stringify(value), json: value });

/** What a fault says in place of the method. `undefined`: the method speaks. */
function spoiled(fault: ApiFault | undefined): Reply | undefined {
  if (fault?.kind === 'http-status') {
    return { status: fault.status, headers: { 'content-type': 'text/html' }, body: PAGE };
  }
  if (fault?.kind === 'rate-limited') {
    // Slack: 429 with Retry-After in seconds. [doc]
    const headers = { 'retry-after': String(fault.retryAfterSeconds) };
    return { ...json(refuse('ratelimited')), status: 429, headers };
  }
  return fault?.kind === 'api-error' ? json(refuse(fault.error)) : undefined;
}

/** The HTTP side of the Web API and of response_urls: tokens, faults, the log of calls. */
export function createApiServer(context: {
  identity: Identity;
  methods: ReadonlyMap<string, Method>;
  scopes: ReadonlySet<string>;
  responseUrls: ResponseUrls;
  faults: Faults;
  now: () => number;
  announce: () => void;
}): ApiServer {
  const { identity, methods, scopes, responseUrls, faults, now, announce } = context;
  const calls: ApiCall[] = [];
  const revoked = new Set<string>();
  const closing = new AbortController();

  const tokenKind = (token: string | undefined): ApiCall['token'] => {
    if (!token) return 'none';
    if (token === identity.botToken) return 'bot';
    return token === identity.appToken ? 'app' : 'unknown';
  };

  /** Slack: says in a header what the token that came may do. [doc] */
  const scopesOf = (token: ApiCall['token']): Record<string, string> =>
    token === 'bot' && !revoked.has(token) ? { 'x-oauth-scopes': [...scopes].join(',') } : {};

  const call = (name: string, token: ApiCall['token'], body: Json): Json => {
    const method = methods.get(name);
    if (!method) return refuse('unknown_method');
    if (method.token === 'none') return method.run(body);
    if (token === 'none') return refuse('not_authed');
    if (token === 'unknown' || revoked.has(token)) return refuse('invalid_auth');
    // Slack: app-level tokens open sockets, bot tokens do the rest. [doc]
    if (token !== method.token) return refuse('not_allowed_token_type');
    if (method.scope && !scopes.has(method.scope)) {
      return refuse('missing_scope', { needed: method.scope, provided: [...scopes].join(',') });
    }
    return method.run(body);
  };

  const answer = async (
    name: string,
    response: ServerResponse,
    run: () => Reply,
  ): Promise<Json | undefined> => {
    const taken = faults.takeForCall(name);
    const slow = taken.find((fault) => fault.kind === 'slow');
    const fault = taken.find((candidate) => candidate.kind !== 'slow');
    const reset = fault?.kind === 'reset' ? fault.when : undefined;
    // A slow Slack does what was asked at once, and is late to say so.
    const reply = reset === 'before' ? undefined : (spoiled(fault) ?? run());
    if (slow) await pause(slow.delayMs, undefined, { signal: closing.signal }).catch(() => undefined);
    if (reset || !reply || closing.signal.aborted) {
      response.destroy();
      return undefined;
    }
    response.writeHead(reply.status, {
      'content-type': 'application/json; charset=utf-8',
      date: new Date(now()).toUTCString(),
      ...reply.headers,
    });
    response.end(reply.body);
    return reply.json;
  };

  return {
    calls,
    revoke: (which) => void revoked.add(which),
    handle: async (request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
      const { token: tokenField, ...body } = await readBody(request);
      const isApi = pathname.startsWith('/api/');
      const method = isApi ? pathname.slice('/api/'.length) : RESPONSE_URL;
      const bearer = request.headers.authorization?.replace(/^Bearer /, '');
      const token = isApi ? tokenKind(bearer ?? (tokenField as string | undefined)) : 'none';
      const entry: ApiCall = { at: now(), method, token, body: structuredClone(body), reply: undefined };
      calls.push(entry);
      announce();
      entry.reply = await answer(method, response, () =>
        isApi
          ? { ...json(call(method, token, body)), headers: scopesOf(token) }
          : responseUrls.take(pathname, body),
      );
      announce();
    },
    close: () => closing.abort(),
  };
}
