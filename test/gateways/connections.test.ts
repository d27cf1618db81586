import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { startFakeZapi } from '../../fakes/zapi/fake-zapi.ts';
import type { FakeZapi, ZapiFault } from '../../fakes/zapi/types.ts';
import { createZapiGateway } from '../../src/gateways/zapi.ts';
import type { PrivacyChange } from '../../src/privacy/change.ts';
import type { Phone } from '../../src/privacy/phone.ts';
import type { Gateway } from '../../src/privacy/ports.ts';

const instance = { instanceId: '3C0FFEE', instanceToken: 'instance-secret' };
const nobody: PrivacyChange = { setting: 'last-seen', visibility: 'nobody', hide: [], showAgain: [] };
const listChange: PrivacyChange = {
  ...nobody,
  visibility: 'contacts-except',
  hide: ['5511987654321' as Phone],
};

let zapi: FakeZapi;
let gateway: Gateway;

beforeEach(async () => {
  zapi = await startFakeZapi({
    clientToken: 'client-secret',
    instances: [
      {
        ...instance,
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
  gateway = createZapiGateway({ apiUrl: zapi.url, clientToken: zapi.clientToken, ...instance });
});

afterEach(async () => {
  await gateway.close();
  await zapi.close();
});

test('it opens nothing and asks nothing by itself', async () => {
  await gateway.readOwnNumber();
  expect(zapi.requests).toHaveLength(1);
  expect(zapi.connectionsOpened()).toBe(1);
});

test('200 calls in a row use at most three connections', async () => {
  for (let count = 0; count < 50; count += 1) {
    await gateway.apply(nobody);
    await gateway.apply(listChange);
    await gateway.readHidden('last-seen');
    await gateway.readOwnNumber();
  }
  expect(zapi.requests).toHaveLength(200);
  expect(zapi.connectionsOpened()).toBeLessThanOrEqual(3);
});

test.each<[string, ZapiFault]>([
  ['HTML', { kind: 'html', status: 502 }],
  ['nothing', { kind: 'empty', status: 503 }],
  ['a refusal', { kind: 'success-false' }],
  ['an error', { kind: 'json', status: 400, body: { error: 'no' } }],
  ['a long error', { kind: 'json', status: 400, body: { error: 'x'.repeat(500_000) } }],
  ['a rate limit', { kind: 'rate-limited', retryAfterSeconds: 60 }],
])('50 failures in a row use at most three connections: %s', async (_what, fault) => {
  zapi.inject({ ...fault, path: '/privacy/last-seen' });
  for (let count = 0; count < 50; count += 1) {
    await expect(gateway.apply(listChange)).rejects.toMatchObject({ name: 'GatewayError' });
  }
  expect(zapi.connectionsOpened()).toBeLessThanOrEqual(3);
});

test('100 calls at once share a few connections, and all are answered', async () => {
  await Promise.all(Array.from({ length: 100 }, () => gateway.readOwnNumber()));
  expect(zapi.requests).toHaveLength(100);
  expect(zapi.connectionsOpened()).toBeLessThanOrEqual(8);
});

test('a call after a broken connection opens a new one', async () => {
  zapi.inject({ kind: 'reset', applied: false, times: 1 });
  await expect(gateway.apply(listChange)).rejects.toMatchObject({ kind: 'unavailable' });
  await gateway.apply(listChange);
  expect(zapi.connectionsOpened()).toBe(2);
});

test('closing ends what is under way, and does not wait for it', async () => {
  zapi.inject({ kind: 'hang', applied: false });
  const failed = expect(gateway.apply(listChange)).rejects.toMatchObject({
    name: 'GatewayError',
    changed: 'unknown',
  });
  await zapi.until(() => zapi.requests.length === 1, 'the request');
  await gateway.close();
  await failed;
});

test('a read that waits for a connection ends in its time, as one that has one does', async () => {
  zapi.inject({ kind: 'hang', applied: false, path: '/status' });
  // As many as there are connections for reading.
  const hanging = Array.from({ length: 8 }, () => gateway.readConnected().catch(() => undefined));
  await zapi.until(
    () => zapi.requests.filter(({ path }) => path.endsWith('/status')).length === 8,
    'every connection taken',
  );
  const beganMs = performance.now();
  await expect(gateway.lookUp(['5511987654321'], { timeoutMs: 200 })).rejects.toMatchObject({
    kind: 'unavailable',
    changed: 'no',
    detail: 'NO_CONNECTION',
  });
  // Those that hang take three seconds.
  expect(performance.now() - beganMs).toBeLessThan(1_500);
  await Promise.all(hanging);
});
