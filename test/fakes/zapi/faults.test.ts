import { describe, expect, test } from '@jest/globals';
import type { ZapiFault } from '../../../fakes/zapi/types.ts';
import {
  call,
  clientToken,
  fakeForEachTest,
  instanceId,
  instanceToken,
  setLastSeen,
  startWithOneAccount,
} from './zapi-client.ts';

const zapi = fakeForEachTest();
const lastSeen = () => zapi().account(instanceId).lastSeen;

describe('a fault that replaces the answer', () => {
  const replies: { fault: ZapiFault; status: number; body: unknown }[] = [
    { fault: { kind: 'success-false' }, status: 200, body: { success: false } },
    { fault: { kind: 'value-false' }, status: 200, body: { value: false } },
    { fault: { kind: 'error-in-200', error: 'no' }, status: 200, body: { error: 'no' } },
    { fault: { kind: 'html', status: 502 }, status: 502, body: expect.stringContaining('<html>') },
    { fault: { kind: 'empty', status: 503 }, status: 503, body: '' },
    { fault: { kind: 'json', status: 418, body: { a: [1] } }, status: 418, body: { a: [1] } },
    { fault: { kind: 'rate-limited', retryAfterSeconds: 7 }, status: 429, body: 'Too Many Requests' },
    {
      fault: { kind: 'address-not-allowed', address: '203.0.113.7' },
      status: 403,
      body: { error: '203.0.113.7 not allowed' },
    },
    {
      fault: { kind: 'subscription-lapsed' },
      status: 400,
      body: { error: 'To continue sending a message, you must subscribe to this instance again' },
    },
  ];

  test.each(replies)('$fault.kind answers so, and nothing is changed', async ({ fault, status, body }) => {
    zapi().inject(fault);
    expect(await setLastSeen(zapi(), 'NONE')).toMatchObject({ status, body });
    expect(lastSeen()).toBe('ALL');
  });

  test('rate-limited says how long to wait', async () => {
    zapi().inject({ kind: 'rate-limited', retryAfterSeconds: 7 });
    expect((await setLastSeen(zapi(), 'NONE')).headers.get('retry-after')).toBe('7');
  });

  test('html is HTML and names the URL, which the log does not', async () => {
    zapi().inject({ kind: 'html', status: 502 });
    const { contentType, body } = await setLastSeen(zapi(), 'NONE');
    expect(contentType).toBe('text/html');
    expect(body).toContain(instanceToken);
    expect(zapi().requests[0]?.reply).toContain('/token/•••/privacy/last-seen');
  });
});

describe('a fault of the connection', () => {
  test.each([
    { applied: true, after: 'NONE' },
    { applied: false, after: 'ALL' },
  ])('reset (applied: $applied) reads the request and cuts the connection', async ({ applied, after }) => {
    zapi().inject({ kind: 'reset', applied });
    await expect(setLastSeen(zapi(), 'NONE')).rejects.toThrow('fetch failed');
    expect(lastSeen()).toBe(after);
    expect(zapi().requests).toMatchObject([{ body: { visualizationType: 'NONE' }, status: undefined }]);
  });

  test.each([
    { applied: true, after: 'NONE' },
    { applied: false, after: 'ALL' },
  ])('hang (applied: $applied) never answers, and close ends it', async ({ applied, after }) => {
    const hanging = await startWithOneAccount();
    hanging.inject({ kind: 'hang', applied, times: 1 });
    const failure = expect(setLastSeen(hanging, 'NONE')).rejects.toThrow('fetch failed');
    await hanging.until(() => hanging.faults().length === 0, 'the request to hang');
    await hanging.close();
    await failure;
    expect(hanging.account(instanceId).lastSeen).toBe(after);
    expect(hanging.requests).toMatchObject([{ status: undefined, reply: undefined }]);
  });

  test('slow makes the change at once and answers after the pause', async () => {
    zapi().inject({ kind: 'slow', delayMs: 120 });
    const startMs = performance.now();
    const answer = setLastSeen(zapi(), 'NONE');
    await zapi().until(() => lastSeen() === 'NONE', 'the change');
    expect(zapi().requests[0]?.status).toBeUndefined();
    expect(await answer).toMatchObject({ status: 200, body: { success: true } });
    expect(performance.now() - startMs).toBeGreaterThanOrEqual(115);
    expect(zapi().requests[0]?.status).toBe(200);
  });

  test('slow never answers once the fake is closed', async () => {
    const slow = await startWithOneAccount();
    slow.inject({ kind: 'slow', delayMs: 100 });
    const failure = expect(setLastSeen(slow, 'NONE')).rejects.toThrow('fetch failed');
    await slow.until(() => slow.account(instanceId).lastSeen === 'NONE', 'the change');
    await slow.close();
    await failure;
    await expect(slow.until(() => slow.requests[0]?.status, 'an answer', 200)).rejects.toThrow('an answer');
  });

  test('junk streams exactly that many bytes of no JSON, with status 200', async () => {
    zapi().inject({ kind: 'junk', bytes: 300_001 });
    const { status, body } = await setLastSeen(zapi(), 'NONE');
    expect(status).toBe(200);
    expect(body).toHaveLength(300_001);
    expect(lastSeen()).toBe('ALL');
  });

  test('junk stops when the caller leaves', async () => {
    zapi().inject({ kind: 'junk', bytes: 50_000_000_000, times: 1 });
    const stop = new AbortController();
    const url = `${zapi().url}/instances/${instanceId}/token/${instanceToken}/status`;
    const response = await fetch(url, { headers: { 'Client-Token': clientToken }, signal: stop.signal });
    stop.abort();
    await expect(response.text()).rejects.toThrow();
    expect((await call(zapi(), 'GET /status')).status).toBe(200);
  });
});

describe('faults in general', () => {
  test('a fault without times stays until cleared', async () => {
    zapi().inject({ kind: 'success-false' });
    for (let count = 0; count < 3; count += 1) {
      expect((await setLastSeen(zapi(), 'NONE')).body).toEqual({ success: false });
    }
    zapi().clearFaults();
    expect((await setLastSeen(zapi(), 'NONE')).body).toEqual({ success: true });
  });

  test('a fault with times is used up, and the next one follows', async () => {
    zapi().inject({ kind: 'success-false', times: 2 });
    zapi().inject({ kind: 'empty', status: 503, times: 1 });
    await setLastSeen(zapi(), 'NONE');
    expect(zapi().faults()).toEqual([
      { kind: 'success-false', times: 1 },
      { kind: 'empty', status: 503, times: 1 },
    ]);
    expect((await setLastSeen(zapi(), 'NONE')).body).toEqual({ success: false });
    expect((await setLastSeen(zapi(), 'NONE')).status).toBe(503);
    expect(zapi().faults()).toEqual([]);
    expect((await setLastSeen(zapi(), 'NONE')).body).toEqual({ success: true });
  });

  test('a fault that happens no time at all is refused', () => {
    expect(() => zapi().inject({ kind: 'success-false', times: 0 })).toThrow(RangeError);
  });

  test('a fault with a path strikes only there, whatever the query', async () => {
    zapi().inject({ kind: 'empty', status: 503, path: '/privacy/disallowed-contacts' });
    expect((await call(zapi(), 'GET /status')).status).toBe(200);
    expect((await call(zapi(), 'GET /privacy/disallowed-contacts?type=lastSeen')).status).toBe(503);
  });

  test('a fault of the account neither covers up a mistake of the caller nor is used by it', async () => {
    zapi().inject({ kind: 'success-false', times: 1 });
    expect((await call(zapi(), 'GET /status', { clientToken: 'revoked' })).status).toBe(403);
    expect((await call(zapi(), 'POST /privacy/last-seen', { body: {} })).status).toBe(400);
    expect(zapi().faults()).toHaveLength(1);
  });

  test('a fault of the gateway strikes whatever arrives', async () => {
    zapi().inject({ kind: 'html', status: 502 });
    expect((await call(zapi(), 'GET /status', { clientToken: undefined })).status).toBe(502);
  });
});
