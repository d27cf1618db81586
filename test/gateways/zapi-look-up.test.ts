import { describe, expect, test } from '@jest/globals';
import { startFakeZapi } from '../../fakes/zapi/fake-zapi.ts';
import { createZapiGateway } from '../../src/gateways/zapi.ts';
import type { PrivacyChange } from '../../src/privacy/change.ts';
import type { GatewayErrorKind, LookedUp } from '../../src/privacy/ports.ts';
import { until } from '../until.ts';
import { credentials, startWithServer } from './zapi-server.ts';

const ana = '5511987654321';
const bruno = '5521912345678';
const carla = '351912345678';
const lid = '123456789012345@lid';
const nobody: PrivacyChange = { setting: 'last-seen', visibility: 'nobody', hide: [], showAgain: [] };

/** What is made of such a reply to a question for these numbers. */
async function lookedUp(phones: string[], body: unknown): Promise<LookedUp[]> {
  await using server = await startWithServer(() => ({ body }));
  return await server.gateway.lookUp(phones);
}

describe('a look-up', () => {
  test('is one request, exactly as documented', async () => {
    await using server = await startWithServer(() => ({ body: [] }));
    await expect(server.gateway.lookUp([ana, bruno])).resolves.toEqual([]);
    expect(server.asked).toMatchObject([
      {
        method: 'POST',
        url: '/instances/3C0FFEE/token/instance-secret/phone-exists-batch',
        headers: { 'client-token': 'client-secret', 'content-type': 'application/json' },
        body: JSON.stringify({ phones: [ana, bruno] }),
      },
    ]);
  });

  test('of nothing asks nothing', async () => {
    await using server = await startWithServer(() => ({ body: [] }));
    await expect(server.gateway.lookUp([])).resolves.toEqual([]);
    expect(server.asked).toEqual([]);
  });

  test('tells what WhatsApp knows', async () => {
    const { clientToken, instanceId, instanceToken } = credentials;
    const many = Array.from({ length: 270 }, (_, index) => String(5521900000000 + index));
    const account = { phone: '5511940001000', name: 'Padaria Sol', lastSeen: 'ALL' as const };
    const zapi = await startFakeZapi({
      clientToken,
      instances: [{ instanceId, instanceToken, account: { ...account, disallowed: [], connected: true } }],
      whatsapp: { registered: ['551187654321'], notRegistered: [carla], lids: { '551187654321': lid } },
    });
    const gateway = createZapiGateway({ apiUrl: zapi.url, ...credentials });
    try {
      const found = await gateway.lookUp([ana, carla, ...many]);
      expect(found.slice(0, 2)).toEqual([
        { asked: ana, isOnWhatsApp: true, phone: '551187654321', privateId: lid },
        { asked: carla, isOnWhatsApp: false, phone: carla, privateId: undefined },
      ]);
      expect(found.slice(2).map(({ asked, isOnWhatsApp }) => isOnWhatsApp && asked)).toEqual(many);
      expect(zapi.requests).toHaveLength(1);
    } finally {
      await gateway.close();
      await zapi.close();
    }
  });
});

describe('the number as WhatsApp writes it', () => {
  test.each<[string, string, unknown, string]>([
    ['is the same', ana, ana, ana],
    ['lacks the ninth digit', ana, '551187654321', '551187654321'],
    ['has the ninth digit', '551187654321', ana, ana],
    ['lacks the 1 of Mexico', '5215512345678', '525512345678', '525512345678'],
    ['has the 9 of Argentina', '541123456789', '5491123456789', '5491123456789'],
    ['is written with marks', ana, '+55 (11) 98765-4321', ana],
    ['is not told', ana, undefined, ana],
    ['is null', ana, null, ana],
    ['is no text', ana, 551187654321, ana],
    ['is no number', ana, lid, ana],
    ['has too many digits', ana, `5511${ana}`, ana],
    ['is somebody else', ana, bruno, ana],
    ['is somebody else, by one digit', ana, '5511987654322', ana],
    ['is somebody else, by the seventh digit from the end', ana, '5511980654321', ana],
    ['is only the end of it', ana, '54321', ana],
  ])('%s', async (_what, asked, outputPhone, phone) => {
    await expect(lookedUp([asked], [{ exists: true, inputPhone: asked, outputPhone, lid }])).resolves.toEqual(
      [{ asked, isOnWhatsApp: true, phone, privateId: lid }],
    );
  });
});

describe('the private id', () => {
  test.each<[unknown, string | undefined]>([
    [lid, lid],
    [null, undefined],
    [undefined, undefined],
    ['', undefined],
    ['123456789012345', undefined],
    ['@lid', undefined],
    ['12:3@lid', undefined],
    [` ${lid}`, undefined],
    [`${lid}\n`, undefined],
    [`${ana}@c.us`, undefined],
    [`${'1'.repeat(33)}@lid`, undefined],
    [123456789012345, undefined],
    [[lid], undefined],
  ])('%j becomes %j', async (given, privateId) => {
    await expect(
      lookedUp([ana], [{ exists: true, inputPhone: ana, outputPhone: ana, lid: given }]),
    ).resolves.toStrictEqual([{ asked: ana, isOnWhatsApp: true, phone: ana, privateId }]);
  });
});

describe('a row', () => {
  const good = { exists: true, inputPhone: ana, outputPhone: ana, lid };

  test.each<[string, unknown]>([
    ['null', null],
    ['a text', ana],
    ['an array', [good]],
    ['empty', {}],
    ['without `exists`', { ...good, exists: undefined }],
    ['with a text for `exists`', { ...good, exists: 'true' }],
    ['with a number for `exists`', { ...good, exists: 1 }],
    ['without the number asked for', { ...good, inputPhone: undefined }],
    ['with a number asked for that is no text', { ...good, inputPhone: 5511987654321 }],
    ['for a number that nobody asked', { ...good, inputPhone: carla }],
    ['for the other spelling of a number', { ...good, inputPhone: '551187654321' }],
  ])('%s is passed over', async (_what, row) => {
    const found = await lookedUp([ana, bruno], [row, { ...good, inputPhone: bruno, outputPhone: bruno }]);
    expect(found.map(({ asked }) => asked)).toEqual([bruno]);
  });

  test('says that a number is not on WhatsApp', async () => {
    await expect(
      lookedUp([ana], [{ exists: false, inputPhone: ana, outputPhone: ana, lid: null }]),
    ).resolves.toStrictEqual([{ asked: ana, isOnWhatsApp: false, phone: ana, privateId: undefined }]);
  });

  test('belongs to the number it names, in whatever order and with whatever marks', async () => {
    const found = await lookedUp(
      [ana, bruno, carla],
      [
        { exists: false, inputPhone: '+351 912-345-678' },
        { exists: true, inputPhone: ` ${ana}`, more: 'keys' },
      ],
    );
    expect(found).toEqual([
      { asked: carla, isOnWhatsApp: false, phone: carla, privateId: undefined },
      { asked: ana, isOnWhatsApp: true, phone: ana, privateId: undefined },
    ]);
  });

  test('for the same number again is passed over', async () => {
    const found = await lookedUp([ana, ana], [good, { ...good, exists: false }]);
    expect(found.map(({ isOnWhatsApp }) => isOnWhatsApp)).toEqual([true]);
  });
});

describe('a look-up that fails', () => {
  test.each<[number, unknown, GatewayErrorKind]>([
    [200, '', 'unexpected-reply'],
    [200, '<html>hello</html>', 'unexpected-reply'],
    [200, null, 'unexpected-reply'],
    [200, {}, 'unexpected-reply'],
    [200, { exists: true, inputPhone: ana, outputPhone: ana, lid }, 'unexpected-reply'],
    [200, `[{"exists":true`, 'unexpected-reply'],
    [200, { error: 'something new' }, 'refused'],
    [200, { success: false }, 'refused'],
    [200, { error: 'NOT_FOUND', message: 'Unable to find matching target resource method' }, 'wrong-request'],
    [400, [{ exists: true, inputPhone: ana }], 'refused'],
    [400, { error: 'Invalid phone' }, 'invalid-phone'],
    [403, { error: 'Client-Token x not allowed' }, 'credentials'],
  ])('%i %j', async (status, body, kind) => {
    await using server = await startWithServer(() => ({ status, body }));
    await expect(server.gateway.lookUp([ana])).rejects.toMatchObject({
      name: 'GatewayError',
      kind,
      detail: String(status),
    });
    expect(server.asked).toHaveLength(1);
  });

  test('is made again where Z-API is in trouble: it changes nothing', async () => {
    await using server = await startWithServer(() =>
      server.asked.length === 1
        ? { status: 503, body: '' }
        : { body: [{ exists: true, inputPhone: ana, outputPhone: ana, lid }] },
    );
    await expect(server.gateway.lookUp([ana], { timeoutMs: 1_500 })).resolves.toHaveLength(1);
    expect(server.asked).toHaveLength(2);
  });

  test('is not made again where its time does not allow it', async () => {
    await using server = await startWithServer(() => ({ status: 503, body: '' }));
    await expect(server.gateway.lookUp([ana], { timeoutMs: 250 })).rejects.toMatchObject({
      kind: 'unavailable',
    });
    expect(server.asked).toHaveLength(1);
  });

  test.each<[string, { timeoutMs?: number }, number, number]>([
    ['its time', { timeoutMs: 200 }, 150, 1_500],
    ['the usual time', {}, 7_500, 10_000],
  ])('has no answer within %s', async (_what, options, atLeastMs, atMostMs) => {
    await using server = await startWithServer(() => undefined);
    const beganMs = performance.now();
    await expect(server.gateway.lookUp([ana], options)).rejects.toMatchObject({ kind: 'timeout' });
    expect(performance.now() - beganMs).toBeGreaterThan(atLeastMs);
    expect(performance.now() - beganMs).toBeLessThan(atMostMs);
    expect(server.asked).toHaveLength(1);
  });

  test('was ended by a signal, with its reason', async () => {
    await using server = await startWithServer(() => undefined);
    const reason = new Error('the bot is stopping');
    const ending = new AbortController();
    const failed = expect(server.gateway.lookUp([ana], { signal: ending.signal })).rejects.toBe(reason);
    await until(() => server.asked.length === 1, 'the request');
    ending.abort(reason);
    await failed;
  });
});

describe('a look-up and a change', () => {
  test('a change under way does not hold up a look-up', async () => {
    await using server = await startWithServer(({ url }) =>
      url.endsWith('/last-seen') ? undefined : { body: [] },
    );
    const ending = new AbortController();
    const failed = expect(server.gateway.apply(nobody, { signal: ending.signal })).rejects.toThrow();
    await until(() => server.asked.length === 1, 'the change');
    await expect(server.gateway.lookUp([ana], { timeoutMs: 1_500 })).resolves.toEqual([]);
    ending.abort();
    await failed;
  });

  test('look-ups under way do not hold up a change', async () => {
    await using server = await startWithServer(({ url }) =>
      url.endsWith('/last-seen') ? { body: { success: true } } : undefined,
    );
    const ending = new AbortController();
    const { signal } = ending;
    const failed = Array.from({ length: 20 }, () =>
      expect(server.gateway.lookUp([ana], { signal })).rejects.toThrow(),
    );
    await until(() => server.underWay() === 8, 'all the look-ups that can be');
    const beganMs = performance.now();
    await server.gateway.apply(nobody);
    expect(performance.now() - beganMs).toBeLessThan(2_000);
    ending.abort();
    await Promise.all(failed);
  });
});
