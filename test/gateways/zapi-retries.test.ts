import { once } from 'node:events';
import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createSilentServer } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { startFakeZapi } from '../../fakes/zapi/fake-zapi.ts';
import type { ZapiFault } from '../../fakes/zapi/types.ts';
import { createZapiGateway } from '../../src/gateways/zapi.ts';
import { sendWithRetries } from '../../src/gateways/zapi-retries.ts';
import { createHttp, HttpFailure, type HttpRequest, type Reply } from '../../src/http.ts';
import type { PrivacyChange } from '../../src/privacy/change.ts';
import type { Phone } from '../../src/privacy/phone.ts';
import { quietPort } from '../process.ts';

const instanceId = '3C0FFEE';
const instanceToken = 'instance-secret';
const clientToken = 'client-secret';
const lastSeenPath = '/privacy/last-seen';

/** May be made twice. */
const harmlessChange: PrivacyChange = { setting: 'last-seen', visibility: 'nobody', hide: [], showAgain: [] };
/** What a second one of these does is not documented. */
const listChanges: [string, PrivacyChange][] = [
  [
    'an addition to the list',
    { ...harmlessChange, visibility: 'contacts-except', hide: ['5511987654321' as Phone] },
  ],
  [
    'a removal from the list',
    { ...harmlessChange, visibility: 'contacts-except', showAgain: ['5511987654321' as Phone] },
  ],
];
const everyKind: [string, PrivacyChange][] = [['a harmless change', harmlessChange], ...listChanges];

const opened: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close();
});

async function startWithFake(...faults: ZapiFault[]) {
  const zapi = await startFakeZapi({
    clientToken,
    instances: [
      {
        instanceId,
        instanceToken,
        account: {
          phone: '5511940001000',
          name: 'Padaria Sol',
          lastSeen: 'ALL',
          disallowed: [],
          connected: true,
        },
      },
    ],
  });
  const gateway = createZapiGateway({ apiUrl: zapi.url, instanceId, instanceToken, clientToken });
  opened.push(zapi, gateway);
  for (const fault of faults) zapi.inject({ path: lastSeenPath, ...fault });
  return {
    zapi,
    gateway,
    /** How often the change arrived. */
    tries: () => zapi.requests.filter(({ path }) => path.endsWith(lastSeenPath)).length,
  };
}

/** A server that notes when each request came, counted from 0, and answers it as the test says. */
async function startServer(answer: (response: ServerResponse, count: number) => void, port = 0) {
  const arrivalsMs: number[] = [];
  const listener: RequestListener = (request, response) => {
    request.resume();
    request.on('end', () => {
      arrivalsMs.push(performance.now());
      answer(response, arrivalsMs.length - 1);
    });
  };
  const server = createServer(listener).listen(port, '127.0.0.1');
  await once(server, 'listening');
  const close = async () => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  opened.push({ close });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, arrivalsMs, close };
}

/** Sends through the real HTTP client, with a budget of the test's own, and notes how each try ended. */
function sender(
  url: string,
  {
    harmless,
    budgetMs,
    ...options
  }: { harmless: boolean; budgetMs: number; beforeSend?: () => void; signal?: AbortSignal },
) {
  const http = createHttp(url, {});
  opened.push(http);
  const tries: (number | string)[] = [];
  const timeoutsMs: number[] = [];
  const request: Omit<HttpRequest, 'timeoutMs'> = {
    method: 'POST',
    path: '/',
    body: { type: 'application/json', text: '{}' },
  };
  return {
    tries,
    timeoutsMs,
    send: (afterEachTry: (count: number) => Promise<unknown> = () => Promise.resolve()): Promise<Reply> =>
      sendWithRetries(
        async (timeoutMs) => {
          timeoutsMs.push(timeoutMs);
          try {
            const reply = await http.send({ ...request, timeoutMs, signal: options.signal });
            tries.push(reply.status);
            return reply;
          } catch (error) {
            tries.push(error instanceof HttpFailure ? error.kind : 'broken');
            throw error;
          } finally {
            await afterEachTry(tries.length);
          }
        },
        { harmless, deadlineMs: Date.now() + budgetMs, ...options },
      ),
  };
}

const answerWith =
  (status: number, headers: Record<string, string> = {}) =>
  (response: ServerResponse) =>
    void response.writeHead(status, headers).end();

describe('a connection that was refused', () => {
  test.each([true, false])(
    'is made again until it stands (harmless: %s): nothing had arrived',
    async (harmless) => {
      const port = await quietPort();
      const { send, tries } = sender(`http://127.0.0.1:${port}`, { harmless, budgetMs: 10_000 });
      const arrivals: (() => number)[] = [];
      const reply = await send(async (count) => {
        if (count > 1) return;
        const server = await startServer(answerWith(200), port);
        arrivals.push(() => server.arrivalsMs.length);
      });
      expect(reply.status).toBe(200);
      expect(tries).toEqual(['not-sent', 200]);
      expect(arrivals.map((count) => count())).toEqual([1]);
    },
  );

  test('fails within the budget where it is never taken, with the certainty that nothing was sent', async () => {
    const { send, tries } = sender(`http://127.0.0.1:${await quietPort()}`, {
      harmless: false,
      budgetMs: 1_000,
    });
    const beganMs = performance.now();
    await expect(send()).rejects.toMatchObject({ kind: 'not-sent', code: 'ECONNREFUSED' });
    expect(performance.now() - beganMs).toBeLessThan(1_000);
    expect(tries).toEqual(['not-sent', 'not-sent']);
  });

  test.each([true, false])(
    'or that is still being made when the budget is over, is the same certainty, and no longer waited for (harmless: %s)',
    async (harmless) => {
      // Takes connections, and says nothing: TLS never begins.
      const server = createSilentServer((socket) => socket.on('error', () => undefined));
      await once(server.listen(0, '127.0.0.1'), 'listening');
      opened.push({ close: async () => server.close() });
      const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const { send, tries } = sender(url, { harmless, budgetMs: 200 });
      const beganMs = performance.now();
      await expect(send()).rejects.toMatchObject({ kind: 'not-sent', code: 'NO_CONNECTION' });
      expect(performance.now() - beganMs).toBeLessThan(1_500);
      expect(tries).toEqual(['not-sent']);
    },
  );

  test('counts as unchanged', async () => {
    const apiUrl = `http://127.0.0.1:${await quietPort()}`;
    const gateway = createZapiGateway({ apiUrl, instanceId, instanceToken, clientToken });
    opened.push(gateway);
    await expect(gateway.readHidden('last-seen', { timeoutMs: 200 })).rejects.toMatchObject({
      kind: 'unavailable',
      changed: 'no',
      detail: 'ECONNREFUSED',
    });
  });
});

describe('429', () => {
  test.each(everyKind)(
    'is sent again after it, because it was turned away unread: %s',
    async (_what, change) => {
      const { gateway, zapi, tries } = await startWithFake({
        kind: 'rate-limited',
        retryAfterSeconds: 0,
        times: 2,
      });
      await gateway.apply(change);
      expect(tries()).toBe(3);
      expect(zapi.connectionsOpened()).toBe(1);
    },
  );

  test('ends after four tries', async () => {
    const { gateway, tries } = await startWithFake({ kind: 'rate-limited', retryAfterSeconds: 0 });
    await expect(gateway.apply(harmlessChange)).rejects.toMatchObject({
      kind: 'rate-limited',
      changed: 'no',
    });
    expect(tries()).toBe(4);
  });

  test('is waited out for as many seconds as Retry-After says', async () => {
    const { url, arrivalsMs } = await startServer((response, count) =>
      answerWith(count === 0 ? 429 : 200, { 'retry-after': '1' })(response),
    );
    await sender(url, { harmless: false, budgetMs: 5_000 }).send();
    expect(arrivalsMs).toHaveLength(2);
    expect((arrivalsMs[1] ?? 0) - (arrivalsMs[0] ?? 0)).toBeGreaterThan(990);
  });

  test('is waited out until the date of Retry-After', async () => {
    // Dates in headers have whole seconds: this one is 0.4 to 1.4 seconds away, longer than the usual pause.
    const dateMs = Math.ceil((Date.now() + 400) / 1000) * 1000;
    const { url, arrivalsMs } = await startServer((response, count) =>
      answerWith(count === 0 ? 429 : 200, { 'retry-after': new Date(dateMs).toUTCString() })(response),
    );
    await sender(url, { harmless: false, budgetMs: 5_000 }).send();
    expect(arrivalsMs).toHaveLength(2);
    expect(performance.timeOrigin + (arrivalsMs[1] ?? 0)).toBeGreaterThan(dateMs - 10);
  });

  test.each([
    ['nothing', {}],
    ['nonsense', { 'retry-after': 'soon' }],
  ])('with %s for Retry-After is sent again after a short pause', async (_what, headers) => {
    const { url, arrivalsMs } = await startServer((response, count) =>
      answerWith(count === 0 ? 429 : 200, headers)(response),
    );
    await sender(url, { harmless: false, budgetMs: 5_000 }).send();
    expect(arrivalsMs).toHaveLength(2);
    expect((arrivalsMs[1] ?? 0) - (arrivalsMs[0] ?? 0)).toBeGreaterThan(290);
  });

  test('with a date that is over is sent again without haste', async () => {
    const { url, arrivalsMs } = await startServer((response, count) =>
      answerWith(count === 0 ? 429 : 200, { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' })(response),
    );
    await sender(url, { harmless: false, budgetMs: 5_000 }).send();
    expect((arrivalsMs[1] ?? 0) - (arrivalsMs[0] ?? 0)).toBeGreaterThan(290);
  });

  test.each([
    ['in seconds', '3600'],
    ['as a date', new Date(Date.now() + 3_600_000).toUTCString()],
    ['beyond every clock', '9'.repeat(30)],
  ])('with a Retry-After longer than the budget ends at once: %s', async (_what, retryAfter) => {
    const { url, arrivalsMs } = await startServer(answerWith(429, { 'retry-after': retryAfter }));
    const gateway = createZapiGateway({ apiUrl: url, instanceId, instanceToken, clientToken });
    opened.push(gateway);
    const beganMs = performance.now();
    await expect(gateway.apply(harmlessChange)).rejects.toMatchObject({
      kind: 'rate-limited',
      changed: 'no',
    });
    expect(performance.now() - beganMs).toBeLessThan(1_000);
    expect(arrivalsMs).toHaveLength(1);
  });
});

const perhapsDone: ZapiFault[] = [
  { kind: 'html', status: 502 },
  { kind: 'empty', status: 503 },
  { kind: 'reset', applied: true },
  { kind: 'reset', applied: false },
];

describe('what may have been done', () => {
  test.each(perhapsDone)('is sent again where it is harmless: %j', async (fault) => {
    const { gateway, zapi, tries } = await startWithFake({ ...fault, times: 1 });
    await gateway.apply(harmlessChange);
    expect(tries()).toBe(2);
    expect(zapi.account(instanceId).lastSeen).toBe('NONE');
  });

  for (const [what, change] of listChanges) {
    test.each(perhapsDone)(`is not sent again where it is ${what}: %j`, async (fault) => {
      const { gateway, tries } = await startWithFake({ ...fault, times: 1 });
      await expect(gateway.apply(change)).rejects.toMatchObject({ kind: 'unavailable', changed: 'unknown' });
      expect(tries()).toBe(1);
    });
  }

  test('is sent four times at most', async () => {
    const { url, arrivalsMs } = await startServer(answerWith(503, { 'retry-after': '0' }));
    const { send } = sender(url, { harmless: true, budgetMs: 10_000 });
    await expect(send()).resolves.toMatchObject({ status: 503 });
    expect(arrivalsMs).toHaveLength(4);
  });

  test('stays unknown where the next try finds no server any more', async () => {
    const server = await startServer((response) => void response.destroy());
    const { send, tries } = sender(server.url, { harmless: true, budgetMs: 1_000 });
    await expect(send((count) => (count === 1 ? server.close() : Promise.resolve()))).rejects.toMatchObject({
      kind: 'cut',
    });
    expect(tries).toEqual(['cut', 'not-sent']);
  });

  test('stays unknown where the next try is refused', async () => {
    const { gateway } = await startWithFake(
      { kind: 'html', status: 502, times: 1 },
      { kind: 'json', status: 400, body: { error: 'no' }, times: 1 },
    );
    await expect(gateway.apply(harmlessChange)).rejects.toMatchObject({
      kind: 'refused',
      changed: 'unknown',
    });
  });

  test('stays unknown where the tries after it are turned away unread', async () => {
    const { gateway, tries } = await startWithFake(
      { kind: 'html', status: 502, times: 1 },
      { kind: 'rate-limited', retryAfterSeconds: 0, times: 1 },
      { kind: 'rate-limited', retryAfterSeconds: 60 },
    );
    await expect(gateway.apply(harmlessChange)).rejects.toMatchObject({
      kind: 'unavailable',
      changed: 'unknown',
    });
    expect(tries()).toBe(3);
  });
});

describe('an answer is an answer', () => {
  test.each<ZapiFault>([
    { kind: 'success-false' },
    { kind: 'value-false' },
    { kind: 'error-in-200', error: 'no' },
    { kind: 'empty', status: 200 },
    { kind: 'json', status: 400, body: { error: 'no' } },
    { kind: 'json', status: 404, body: {} },
    { kind: 'junk', bytes: 2_000_000 },
    { kind: 'subscription-lapsed' },
  ])('and is not asked for twice: %j', async (fault) => {
    const { gateway, tries } = await startWithFake(fault);
    await expect(gateway.apply(harmlessChange)).rejects.toMatchObject({ name: 'GatewayError' });
    expect(tries()).toBe(1);
  });
});

describe('a timeout', () => {
  test.each([true, false])('is not sent again, and keeps to its time (harmless: %s)', async (harmless) => {
    const { url, arrivalsMs } = await startServer(() => undefined);
    const { send } = sender(url, { harmless, budgetMs: 200 });
    const beganMs = performance.now();
    await expect(send()).rejects.toMatchObject({ kind: 'timeout' });
    const tookMs = performance.now() - beganMs;
    expect(tookMs).toBeGreaterThan(150);
    expect(tookMs).toBeLessThan(1_500);
    expect(arrivalsMs).toHaveLength(1);
  });

  test('counts while the body is on its way, too', async () => {
    const { url, arrivalsMs } = await startServer((response) => {
      response.writeHead(200);
      response.write('{');
    });
    await expect(sender(url, { harmless: true, budgetMs: 200 }).send()).rejects.toMatchObject({
      kind: 'timeout',
    });
    expect(arrivalsMs).toHaveLength(1);
  });

  test('of the gateway leaves the outcome unknown', async () => {
    const { gateway, zapi } = await startWithFake();
    zapi.inject({ kind: 'hang', applied: false });
    const beganMs = performance.now();
    await expect(gateway.readHidden('last-seen', { timeoutMs: 200 })).rejects.toMatchObject({
      kind: 'timeout',
      changed: 'unknown',
    });
    expect(performance.now() - beganMs).toBeLessThan(1_500);
    expect(zapi.requests).toHaveLength(1);
  });
});

describe('the budget', () => {
  test('is for all tries and pauses together, and no try gets more than what is left', async () => {
    const { url, arrivalsMs } = await startServer(answerWith(503));
    const { send, timeoutsMs } = sender(url, { harmless: true, budgetMs: 900 });
    const beganMs = performance.now();
    await expect(send()).resolves.toMatchObject({ status: 503 });
    expect(performance.now() - beganMs).toBeLessThan(900);
    expect(arrivalsMs).toHaveLength(2);
    const [first = 0, second = 0] = timeoutsMs;
    expect(first).toBeLessThanOrEqual(900);
    expect(second).toBeLessThanOrEqual(first - 290);
  });

  test('ends a second try that hangs', async () => {
    const { url, arrivalsMs } = await startServer((response, count) => {
      if (count === 0) answerWith(503)(response);
    });
    const beganMs = performance.now();
    await expect(sender(url, { harmless: true, budgetMs: 500 }).send()).rejects.toMatchObject({
      kind: 'timeout',
    });
    expect(performance.now() - beganMs).toBeLessThan(1_500);
    expect(arrivalsMs).toHaveLength(2);
  });
});

test('an error that is no failure of HTTP is passed on at once', async () => {
  let tries = 0;
  const broken = new TypeError('a mistake in the program');
  const sent = sendWithRetries(
    () => {
      tries += 1;
      return Promise.reject(broken);
    },
    { harmless: true, deadlineMs: Date.now() + 5_000 },
  );
  await expect(sent).rejects.toBe(broken);
  expect(tries).toBe(1);
});

describe('what is asked before each try', () => {
  test('is asked once for each, before it arrives', async () => {
    const { url, arrivalsMs } = await startServer((response, count) =>
      answerWith(count < 2 ? 503 : 200)(response),
    );
    const arrivedBefore: number[] = [];
    await sender(url, {
      harmless: true,
      budgetMs: 5_000,
      beforeSend: () => arrivedBefore.push(arrivalsMs.length),
    }).send();
    expect(arrivedBefore).toEqual([0, 1, 2]);
  });

  test.each([1, 2])('ends the tries where it throws at try %i, with what it throws', async (last) => {
    const { url, arrivalsMs } = await startServer(answerWith(503));
    const claimLost = new Error('the claim is lost');
    let asked = 0;
    const { send } = sender(url, {
      harmless: true,
      budgetMs: 5_000,
      beforeSend() {
        asked += 1;
        if (asked === last) throw claimLost;
      },
    });
    await expect(send()).rejects.toBe(claimLost);
    expect(arrivalsMs).toHaveLength(last - 1);
  });

  test.each(everyKind)('is asked by the gateway, and its error is passed on: %s', async (_what, change) => {
    const { gateway, zapi, tries } = await startWithFake();
    const claimLost = new Error('the claim is lost');
    const applied = gateway.apply(change, {
      beforeSend() {
        throw claimLost;
      },
    });
    await expect(applied).rejects.toBe(claimLost);
    expect(tries()).toBe(0);
    expect(zapi.account(instanceId)).toMatchObject({ lastSeen: 'ALL', disallowed: [] });
  });
});

describe('a signal', () => {
  const reason = new Error('the claim is lost');

  test.each(everyKind)('ends the request that is under way, with its reason: %s', async (_what, change) => {
    const { gateway, zapi, tries } = await startWithFake({ kind: 'hang', applied: false });
    const ending = new AbortController();
    const failed = expect(gateway.apply(change, { signal: ending.signal })).rejects.toBe(reason);
    await zapi.until(() => tries() === 1, 'the request');
    const beganMs = performance.now();
    ending.abort(reason);
    await failed;
    expect(performance.now() - beganMs).toBeLessThan(1_000);
    expect(tries()).toBe(1);
  });

  test('ends a pause, with its reason, and nothing more is sent', async () => {
    const { url, arrivalsMs } = await startServer(answerWith(429, { 'retry-after': '10' }));
    const ending = new AbortController();
    const { send } = sender(url, { harmless: true, budgetMs: 15_000, signal: ending.signal });
    const beganMs = performance.now();
    const failed = expect(
      send(async () => {
        setImmediate(() => ending.abort(reason));
      }),
    ).rejects.toBe(reason);
    await failed;
    expect(performance.now() - beganMs).toBeLessThan(1_000);
    expect(arrivalsMs).toHaveLength(1);
  });

  test('that has ended before lets nothing be sent', async () => {
    const { gateway, tries } = await startWithFake();
    await expect(gateway.apply(harmlessChange, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(tries()).toBe(0);
  });

  test('that does not end changes nothing', async () => {
    const { gateway, zapi, tries } = await startWithFake({
      kind: 'rate-limited',
      retryAfterSeconds: 0,
      times: 1,
    });
    await gateway.apply(harmlessChange, { signal: new AbortController().signal });
    expect(tries()).toBe(2);
    expect(zapi.account(instanceId).lastSeen).toBe('NONE');
  });
});
