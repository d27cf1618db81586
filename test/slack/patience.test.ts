import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { webApi } from '@slack/bolt';
import { HttpFailure } from '../../src/http.ts';
import { errorFields, passes, patiently, slackErrorOf } from '../../src/slack/patience.ts';
import { quietPort } from '../process.ts';

const token = 'xoxb-SECRET';
const platformError = (error: string) => new webApi.WebAPIPlatformError({ ok: false, error });
const httpError = (status: number) =>
  new webApi.WebAPIHTTPError(status, 'SECRET', { 'x-secret': 'SECRET' }, 'SECRET');
const rateLimited = (seconds: number) => new webApi.WebAPIRateLimitedError(seconds);
const unreachable = () => new webApi.WebAPIRequestError(new Error(`connect ECONNREFUSED ${token}`));

/** A call that fails with each of these in turn, and then succeeds. */
function failing(...errors: unknown[]) {
  let calls = 0;
  return {
    calls: () => calls,
    call: () => {
      const error = errors[calls];
      calls += 1;
      return error === undefined ? Promise.resolve('done') : Promise.reject(error);
    },
  };
}

const endlessly = (error: () => unknown) => {
  let calls = 0;
  return {
    calls: () => calls,
    call: () => {
      calls += 1;
      return Promise.reject(error());
    },
  };
};

describe('an error', () => {
  test.each<[string, unknown, boolean]>([
    ['internal_error', platformError('internal_error'), true],
    ['fatal_error', platformError('fatal_error'), true],
    ['service_unavailable', platformError('service_unavailable'), true],
    ['request_timeout', platformError('request_timeout'), true],
    ['ratelimited', platformError('ratelimited'), true],
    ['a rate limit', rateLimited(1), true],
    ['500', httpError(500), true],
    ['503', httpError(503), true],
    ['a connection that failed', unreachable(), true],
    ['channel_not_found', platformError('channel_not_found'), false],
    ['invalid_auth', platformError('invalid_auth'), false],
    ['hash_conflict', platformError('hash_conflict'), false],
    ['an error of tomorrow', platformError('never_seen'), false],
    ['404', httpError(404), false],
    ['an answer that is no JSON', new TypeError('boom'), true],
    ['an answer that broke off', new DOMException('late', 'TimeoutError'), true],
    ['a page of HTML where a code belongs', platformError('<html>xoxb-1-secret</html>'), true],
  ])('passes by itself, or does not: %s', (_what, error, expected) => {
    expect(passes(error)).toBe(expected);
  });
});

describe('patiently', () => {
  test('calls once where it succeeds', async () => {
    const { call, calls } = failing();
    await expect(patiently(call, { forMs: 0 })).resolves.toBe('done');
    expect(calls()).toBe(1);
  });

  test('calls again after a rate limit without haste, however little Slack asks for', async () => {
    const { call, calls } = failing(rateLimited(0), rateLimited(-5));
    const waits: number[] = [];
    await expect(
      patiently(call, { forMs: 5_000, onWait: (_error, pauseMs) => waits.push(pauseMs) }),
    ).resolves.toBe('done');
    expect(calls()).toBe(3);
    expect(waits).toEqual([500, 1_000]);
  });

  test('waits as long as Slack says', async () => {
    const { call } = failing(rateLimited(1));
    const beganMs = performance.now();
    await patiently(call, { forMs: 5_000 });
    expect(performance.now() - beganMs).toBeGreaterThan(990);
  });

  test.each<[string, unknown]>([
    ['an answer', platformError('channel_not_found')],
    ['another answer', platformError('invalid_blocks')],
  ])('does not call again after %s', async (_what, error) => {
    const { call, calls } = failing(error);
    await expect(patiently(call, { forMs: Number.POSITIVE_INFINITY })).rejects.toBe(error);
    expect(calls()).toBe(1);
  });

  test.each<[string, () => unknown, number]>([
    ['the next pause', unreachable, 400],
    ['what Slack asks for', () => rateLimited(3_600), 5_000],
  ])(
    'gives up at once, with the last error, where its time is too short for %s',
    async (_what, error, forMs) => {
      const { call, calls } = endlessly(error);
      const beganMs = performance.now();
      await expect(patiently(call, { forMs })).rejects.toThrow(error() as Error);
      expect(performance.now() - beganMs).toBeLessThan(300);
      expect(calls()).toBe(1);
    },
  );

  test('keeps to its time, with pauses that grow, and says before each what it waits for', async () => {
    const waits: [unknown, number][] = [];
    const error = unreachable();
    const beganMs = performance.now();
    const patient = patiently(endlessly(() => error).call, {
      forMs: 1_600,
      onWait: (...wait) => waits.push(wait),
    });
    await expect(patient).rejects.toBe(error);
    expect(waits).toEqual([
      [error, 500],
      [error, 1_000],
    ]);
    expect(performance.now() - beganMs).toBeLessThan(1_700);
  });

  test('bears so many lost answers, and asks before each call that is made again after one', async () => {
    const lost = () => new webApi.WebAPIRequestError(new Error('socket hang up'));
    const { call, calls } = endlessly(lost);
    const askedAfter: number[] = [];
    const patient = patiently(call, {
      forMs: Number.POSITIVE_INFINITY,
      lostAnswers: 1,
      beforeRepeating: async () => askedAfter.push(calls()),
    });
    await expect(patient).rejects.toThrow('socket hang up');
    expect(calls()).toBe(2);
    expect(askedAfter).toEqual([1]);
  });

  test.each([
    ['a 5xx', () => httpError(503)],
    ['a page', () => platformError('<html>')],
    ['internal_error', () => platformError('internal_error')],
  ])(
    'counts %s as an answer that was lost: it says nothing of what was done before',
    async (_what, trouble) => {
      const { call, calls } = endlessly(trouble);
      const patient = patiently(call, { forMs: Number.POSITIVE_INFINITY, lostAnswers: 1 });
      await expect(patient).rejects.toThrow();
      expect(calls()).toBe(2);
    },
  );

  test('neither counts nor asks where nothing can have been done', async () => {
    const notSent = () => {
      const error = new Error('connect ECONNREFUSED');
      error.cause = { code: 'ECONNREFUSED' };
      return new webApi.WebAPIRequestError(error);
    };
    const { call, calls } = failing(notSent(), platformError('service_unavailable'), rateLimited(0));
    let asked = 0;
    const patient = patiently(call, {
      forMs: Number.POSITIVE_INFINITY,
      lostAnswers: 0,
      beforeRepeating: async () => {
        asked += 1;
      },
    });
    await expect(patient).resolves.toBe('done');
    expect(calls()).toBe(4);
    expect(asked).toBe(0);
  });

  test('ends its pause when it is told to', async () => {
    const stopping = new AbortController();
    const beganMs = performance.now();
    const patient = patiently(endlessly(() => rateLimited(600)).call, {
      forMs: Number.POSITIVE_INFINITY,
      signal: stopping.signal,
      onWait: () => stopping.abort(),
    });
    await expect(patient).rejects.toMatchObject({ name: 'AbortError' });
    expect(performance.now() - beganMs).toBeLessThan(1_000);
  });
});

describe("the errors of Slack's own client", () => {
  const opened: { close(): Promise<unknown> }[] = [];
  afterEach(async () => {
    for (const each of opened.splice(0)) await each.close();
  });

  async function startClient(answer: RequestListener): Promise<webApi.WebClient> {
    const server = createServer((request, response) => {
      request.resume();
      answer(request, response);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    opened.push({
      close: async () => {
        const closed = once(server, 'close');
        server.close();
        server.closeAllConnections();
        await closed;
      },
    });
    return clientAt((server.address() as AddressInfo).port);
  }

  const clientAt = (port: number) =>
    new webApi.WebClient(token, {
      slackApiUrl: `http://127.0.0.1:${port}/api/`,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      logger: {
        debug() {},
        info() {},
        warn() {},
        error() {},
        setLevel() {},
        setName() {},
        getLevel: () => 'error' as never,
      },
    });

  const errorOf = (client: webApi.WebClient): Promise<unknown> =>
    client.auth.test().then(
      () => undefined,
      (error: unknown) => error,
    );

  test.each<[string, RequestListener, boolean, object]>([
    [
      '503',
      (_, response) => void response.writeHead(503).end('SECRET'),
      true,
      { error: 'WebAPIHTTPError', code: '503' },
    ],
    [
      '404',
      (_, response) => void response.writeHead(404).end('SECRET'),
      false,
      { error: 'WebAPIHTTPError', code: '404' },
    ],
    [
      '429',
      (_, response) => void response.writeHead(429, { 'retry-after': '7' }).end(),
      true,
      { error: 'WebAPIRateLimitedError' },
    ],
    ['a reset', (_, response) => void response.destroy(), true, { error: 'WebAPIRequestError' }],
    [
      'ok: false',
      (_, response) => void response.end('{"ok":false,"error":"invalid_auth","secret":"SECRET"}'),
      false,
      { error: 'WebAPIPlatformError', code: 'invalid_auth' },
    ],
  ])('are told apart, and logged without what they hold: %s', async (_what, answer, isPassing, fields) => {
    const error = await errorOf(await startClient(answer));
    expect(passes(error)).toBe(isPassing);
    expect(errorFields(error)).toEqual(fields);
    expect(slackErrorOf(error)).toBe(
      'code' in fields && fields.code === 'invalid_auth' ? 'invalid_auth' : undefined,
    );
  });

  test('are told apart, and logged without what they hold: a refused connection', async () => {
    const error = await errorOf(clientAt(await quietPort()));
    expect(passes(error)).toBe(true);
    expect(errorFields(error)).toEqual({ error: 'WebAPIRequestError' });
  });
});

test.each<[unknown, object]>([
  [new TypeError(token), { error: 'TypeError' }],
  [token, { error: 'string' }],
  [null, { error: 'object' }],
  [{ message: token }, { error: 'object' }],
  [unreachable(), { error: 'WebAPIRequestError' }],
  [
    new webApi.WebAPIRequestError(new HttpFailure('not-sent', 'ENOTFOUND')),
    { error: 'WebAPIRequestError', code: 'ENOTFOUND' },
  ],
  [
    new webApi.WebAPIRequestError(new HttpFailure('timeout', undefined)),
    { error: 'WebAPIRequestError', code: 'timeout' },
  ],
  [httpError(502), { error: 'WebAPIHTTPError', code: '502' }],
  [rateLimited(3), { error: 'WebAPIRateLimitedError' }],
  [platformError('not_in_channel'), { error: 'WebAPIPlatformError', code: 'not_in_channel' }],
])('what is logged of an error has no room for a secret: %#', (error, fields) => {
  expect(errorFields(error)).toEqual(fields);
});
