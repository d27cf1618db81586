import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { startFakeZapi } from '../../fakes/zapi/fake-zapi.ts';
import type { FakeZapi, WhatsappAccount, ZapiFault } from '../../fakes/zapi/types.ts';
import { createZapiGateway, type ZapiOptions } from '../../src/gateways/zapi.ts';
import type { PrivacyChange, Visibility } from '../../src/privacy/change.ts';
import type { Phone } from '../../src/privacy/phone.ts';
import type { Changed, Gateway, GatewayErrorKind } from '../../src/privacy/ports.ts';

const instanceId = '3C0FFEE';
const instanceToken = 'instance-secret';
const clientToken = 'client-secret';
const ana = '5511987654321' as Phone;
const bruno = '5521912345678' as Phone;
const someLid = '123456789012345@lid';
const lastSeenPath = '/privacy/last-seen';

const opened: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close();
});

function startGateway(apiUrl: string, options: Partial<ZapiOptions> = {}): Gateway {
  const gateway = createZapiGateway({ apiUrl, instanceId, instanceToken, clientToken, ...options });
  opened.push(gateway);
  return gateway;
}

/** The real gateway before the fake Z-API, with one connected account. */
async function startWithFake({
  account = {},
  ...options
}: Partial<ZapiOptions> & { account?: Partial<WhatsappAccount> } = {}) {
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
          ...account,
        },
      },
    ],
  });
  opened.push(zapi);
  return { zapi, gateway: startGateway(zapi.url, options) };
}

/** The real gateway before a server that answers as the test says. */
async function startWithServer(
  answer: RequestListener,
  { path = '', ...options }: Partial<ZapiOptions> & { path?: string } = {},
): Promise<Gateway> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  opened.push({
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  });
  return startGateway(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, options);
}

type Received = { method: string; url: string; headers: IncomingHttpHeaders; body: string };

/** Notes whatever comes, in full, and answers `reply` to it. */
function recorder(reply: object): { received: Received[]; answer: RequestListener } {
  const received: Received[] = [];
  return {
    received,
    answer: async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const { method = '', url = '', headers } = request;
      received.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(reply));
    },
  };
}

/** Answers the change so, and every question for the phone's state with "connected". */
function answering(
  status: number,
  body: string | object,
  headers: Record<string, string> = {},
): RequestListener {
  return (request, response) => {
    request.resume();
    const isStatus = request.url?.endsWith('/status');
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    response.writeHead(isStatus ? 200 : status, isStatus ? {} : headers);
    response.end(isStatus ? '{"connected":true,"error":"You are already connected"}' : text);
  };
}

function change(fields: Partial<PrivacyChange> = {}): PrivacyChange {
  return { setting: 'last-seen', visibility: 'nobody', hide: [], showAgain: [], ...fields };
}

/** A change of the list is sent once, whatever the answer: no test waits for tries that follow. */
const listChange = change({ visibility: 'contacts-except', hide: [ana] });

const asked = (zapi: FakeZapi, path: string) =>
  zapi.requests.filter((request) => request.path.includes(path));

describe('a change is one request', () => {
  test.each<[Visibility, string]>([
    ['everyone', 'ALL'],
    ['contacts', 'CONTACTS'],
    ['contacts-except', 'CONTACT_BLACKLIST'],
    ['nobody', 'NONE'],
  ])('%s: exactly as documented', async (visibility, visualizationType) => {
    const { received, answer } = recorder({ success: true });
    const gateway = await startWithServer(answer);
    await gateway.apply(change({ visibility }));
    expect(received).toEqual([
      {
        method: 'POST',
        url: `/instances/${instanceId}/token/${instanceToken}/privacy/last-seen`,
        headers: {
          host: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
          connection: 'keep-alive',
          accept: 'application/json',
          'content-type': 'application/json',
          'content-length': String(received[0]?.body.length),
          'client-token': clientToken,
        },
        body: JSON.stringify({ visualizationType }),
      },
    ]);
  });

  test.each<[string, Partial<PrivacyChange>, object[]]>([
    ['who is hidden', { hide: [ana, bruno] }, [add(ana), add(bruno)]],
    ['who is shown again', { showAgain: [ana] }, [remove(ana)]],
    ['both', { hide: [ana], showAgain: [bruno] }, [add(ana), remove(bruno)]],
  ])('the list holds only changes: %s', async (_what, fields, contactsBlacklist) => {
    const { received, answer } = recorder({ success: true });
    const gateway = await startWithServer(answer);
    await gateway.apply(change({ visibility: 'contacts-except', ...fields }));
    expect(received.map(({ body }): unknown => JSON.parse(body))).toEqual([
      { visualizationType: 'CONTACT_BLACKLIST', contactsBlacklist },
    ]);
  });

  test('changes the account, and a long list arrives whole', async () => {
    const { zapi, gateway } = await startWithFake({ account: { disallowed: [bruno] } });
    const hide = Array.from(
      { length: 250 },
      (_, index) => `55119876${String(index).padStart(5, '0')}` as Phone,
    );
    await gateway.apply(change({ visibility: 'contacts-except', hide, showAgain: [bruno] }));
    expect(zapi.account(instanceId)).toMatchObject({ lastSeen: 'CONTACT_BLACKLIST', disallowed: hide });
    expect(zapi.requests).toHaveLength(1);
  });
});

describe('the address', () => {
  test.each([
    ['', ''],
    ['/', ''],
    ['/zapi', '/zapi'],
    ['/zapi/', '/zapi'],
    ['/a/b/', '/a/b'],
  ])('of a base that ends in %j keeps its path', async (path, prefix) => {
    const { received, answer } = recorder({ success: true, disallowedContacts: [] });
    const gateway = await startWithServer(answer, { path });
    await gateway.apply(change());
    await gateway.readHidden('last-seen');
    const instance = `${prefix}/instances/${instanceId}/token/${instanceToken}`;
    expect(received.map(({ method, url }) => `${method} ${url}`)).toEqual([
      `POST ${instance}/privacy/last-seen`,
      `GET ${instance}/privacy/disallowed-contacts?type=lastSeen`,
    ]);
  });

  test('takes an id and a token with characters of their own', async () => {
    const { received, answer } = recorder({ success: true });
    const gateway = await startWithServer(answer, { instanceId: 'a/b?c', instanceToken: '../#é' });
    await gateway.apply(change());
    expect(received[0]?.url).toBe('/instances/a%2Fb%3Fc/token/..%2F%23%C3%A9/privacy/last-seen');
  });
});

describe('reading who is hidden', () => {
  test('asks with the token, and without a body', async () => {
    const { received, answer } = recorder({ disallowedContacts: [] });
    const gateway = await startWithServer(answer);
    await gateway.readHidden('last-seen');
    expect(received).toMatchObject([
      {
        method: 'GET',
        url: `/instances/${instanceId}/token/${instanceToken}/privacy/disallowed-contacts?type=lastSeen`,
        headers: { 'client-token': clientToken, accept: 'application/json' },
        body: '',
      },
    ]);
    expect(received[0]?.headers).not.toHaveProperty('content-type');
  });

  test('gives the list of the account', async () => {
    const { gateway } = await startWithFake({ account: { disallowed: [ana, someLid] } });
    await expect(gateway.readHidden('last-seen')).resolves.toEqual([ana, someLid]);
  });

  test.each<[string, unknown, string[]]>([
    ['nobody', [], []],
    ['null for nobody', null, []],
    ['entries that are no text', [ana, null, 7, {}, [bruno], true, someLid, ''], [ana, someLid]],
  ])('takes %s', async (_what, disallowedContacts, expected) => {
    const { received, answer } = recorder({ disallowedContacts, more: 'keys' });
    const gateway = await startWithServer(answer);
    await expect(gateway.readHidden('last-seen')).resolves.toEqual(expected);
    expect(received).toHaveLength(1);
  });

  test.each<[string, string, GatewayErrorKind]>([
    ['nothing', '', 'unexpected-reply'],
    ['HTML', '<html>hello</html>', 'unexpected-reply'],
    ['an array', `["${ana}"]`, 'unexpected-reply'],
    ['null', 'null', 'unexpected-reply'],
    ['an object without the list', '{}', 'unexpected-reply'],
    ['a list that is a text', `{"disallowedContacts":"${ana}"}`, 'unexpected-reply'],
    ['a list that is an object', '{"disallowedContacts":{}}', 'unexpected-reply'],
    ['truncated JSON', `{"disallowedContacts":["${ana}`, 'unexpected-reply'],
    ['a refusal', '{"success":false}', 'refused'],
    [
      'an unknown path',
      '{"error":"NOT_FOUND","message":"Unable to find matching target resource method"}',
      'wrong-request',
    ],
  ])('fails on a 200 with %s', async (_what, body, kind) => {
    const gateway = await startWithServer(answering(200, body));
    await expect(gateway.readHidden('last-seen')).rejects.toMatchObject({ name: 'GatewayError', kind });
  });

  test('does not take a list from an answer that is no success', async () => {
    const gateway = await startWithServer(answering(400, { disallowedContacts: [ana] }));
    await expect(gateway.readHidden('last-seen')).rejects.toMatchObject({ kind: 'refused' });
  });
});

describe('reading the own number', () => {
  test('gives number and name', async () => {
    const { zapi, gateway } = await startWithFake();
    await expect(gateway.readOwnNumber()).resolves.toEqual({ phone: '5511940001000', name: 'Padaria Sol' });
    expect(zapi.requests.map(({ method, path }) => `${method} ${path.split('/').at(-1)}`)).toEqual([
      'GET device',
    ]);
  });

  test.each([
    ['no name', { phone: ana }],
    ['null for a name', { phone: ana, name: null }],
    ['an empty name', { phone: ana, name: '' }],
  ])('takes %s', async (_what, reply) => {
    const gateway = await startWithServer(answering(200, reply));
    await expect(gateway.readOwnNumber()).resolves.toEqual({ phone: ana, name: undefined });
  });

  test.each([
    ['no number', { name: 'Padaria Sol' }],
    ['null for a number', { phone: null }],
    ['a number that is none', { phone: 5511940001000 }],
    ['text for a number', { phone: '<!channel>' }],
    ['a number with a plus', { phone: '+5511940001000' }],
    ['far too many digits', { phone: '5'.repeat(500) }],
    ['an array', [{ phone: ana }]],
  ])('fails on %s', async (_what, reply) => {
    const gateway = await startWithServer(answering(200, reply));
    await expect(gateway.readOwnNumber()).rejects.toMatchObject({ kind: 'unexpected-reply' });
  });
});

describe('reading whether the phone is connected', () => {
  test.each([true, false])('tells what the account is: %s', async (connected) => {
    const { zapi, gateway } = await startWithFake({ account: { connected } });
    await expect(gateway.readConnected()).resolves.toBe(connected);
    expect(zapi.requests.map(({ method, path }) => `${method} ${path.split('/').at(-1)}`)).toEqual([
      'GET status',
    ]);
  });

  test.each<[boolean, object]>([
    [true, { connected: true, error: 'You are already connected', smartphoneConnected: true }],
    [false, { connected: false, error: 'You are not connected', smartphoneConnected: true }],
    [true, { connected: true, smartphoneConnected: false }],
  ])('is %s by `connected` alone: %j', async (connected, reply) => {
    const { answer } = recorder(reply);
    const gateway = await startWithServer(answer);
    await expect(gateway.readConnected()).resolves.toBe(connected);
  });

  test.each<[unknown]>([
    [{}],
    [{ connected: 'true' }],
    [{ connected: null }],
    [[{ connected: true }]],
    [null],
  ])('fails on %j', async (reply) => {
    const { answer } = recorder(reply as object);
    const gateway = await startWithServer(answer);
    await expect(gateway.readConnected()).rejects.toMatchObject({
      name: 'GatewayError',
      kind: 'unexpected-reply',
    });
  });

  test.each<[ZapiFault, GatewayErrorKind]>([
    [{ kind: 'json', status: 403, body: { error: 'Client-Token x not allowed' } }, 'credentials'],
    [{ kind: 'json', status: 400, body: { error: 'Instance not found' } }, 'instance-not-found'],
    [{ kind: 'hang', applied: false }, 'timeout'],
  ])('fails where Z-API does: %j', async (fault, kind) => {
    const { zapi, gateway } = await startWithFake();
    zapi.inject({ path: '/status', ...fault });
    await expect(gateway.readConnected()).rejects.toMatchObject({ name: 'GatewayError', kind });
  });
});

type Failure = { kind: GatewayErrorKind; changed: Changed; detail?: string };

/** Each row of the table of errors that the fake plays itself. */
describe('the fake Z-API fails', () => {
  test.each<[string, Partial<ZapiOptions>, Failure]>([
    ['no Client-Token', { clientToken: '' }, { kind: 'credentials', changed: 'no', detail: '400' }],
    ['a wrong Client-Token', { clientToken: 'wrong' }, { kind: 'credentials', changed: 'no', detail: '403' }],
    [
      'a wrong instance',
      { instanceId: 'wrong' },
      { kind: 'instance-not-found', changed: 'no', detail: '400' },
    ],
    ['a wrong instance token', { instanceToken: 'wrong' }, { kind: 'instance-not-found', changed: 'no' }],
  ])('%s', async (_what, options, failure) => {
    const { zapi, gateway } = await startWithFake(options);
    await expect(gateway.apply(change())).rejects.toMatchObject({ name: 'GatewayError', ...failure });
    expect(zapi.account(instanceId).lastSeen).toBe('ALL');
    expect(asked(zapi, lastSeenPath)).toHaveLength(1);
  });

  test.each<[ZapiFault, Failure]>([
    [{ kind: 'subscription-lapsed' }, { kind: 'subscription-lapsed', changed: 'no', detail: '400' }],
    [
      { kind: 'address-not-allowed', address: '203.0.113.7' },
      { kind: 'address-not-allowed', changed: 'no' },
    ],
    [
      { kind: 'address-not-allowed', address: '[2001:db8::1]' },
      { kind: 'address-not-allowed', changed: 'no' },
    ],
    [{ kind: 'success-false' }, { kind: 'refused', changed: 'no', detail: '200' }],
    [{ kind: 'value-false' }, { kind: 'refused', changed: 'no', detail: '200' }],
    [
      { kind: 'error-in-200', error: 'something new' },
      { kind: 'refused', changed: 'no', detail: '200' },
    ],
    [
      { kind: 'json', status: 200, body: [] },
      { kind: 'unexpected-reply', changed: 'unknown' },
    ],
    [
      { kind: 'json', status: 200, body: [{ success: true }] },
      { kind: 'unexpected-reply', changed: 'unknown' },
    ],
    [
      { kind: 'json', status: 200, body: {} },
      { kind: 'unexpected-reply', changed: 'unknown' },
    ],
    [
      { kind: 'json', status: 200, body: null },
      { kind: 'unexpected-reply', changed: 'unknown' },
    ],
    [
      { kind: 'json', status: 200, body: { success: 'true' } },
      { kind: 'unexpected-reply', changed: 'unknown' },
    ],
    [
      { kind: 'json', status: 200, body: { success: 1 } },
      { kind: 'unexpected-reply', changed: 'unknown' },
    ],
    [
      { kind: 'json', status: 200, body: { value: true } },
      { kind: 'unexpected-reply', changed: 'unknown' },
    ],
    [
      { kind: 'empty', status: 200 },
      { kind: 'unexpected-reply', changed: 'unknown', detail: '200' },
    ],
    [
      { kind: 'html', status: 200 },
      { kind: 'unexpected-reply', changed: 'unknown', detail: '200' },
    ],
    [
      { kind: 'junk', bytes: 10_000_000 },
      { kind: 'unexpected-reply', changed: 'unknown', detail: 'UND_ERR_RES_EXCEEDED_MAX_SIZE' },
    ],
    [
      { kind: 'html', status: 500 },
      { kind: 'unavailable', changed: 'unknown', detail: '500' },
    ],
    [
      { kind: 'html', status: 502 },
      { kind: 'unavailable', changed: 'unknown', detail: '502' },
    ],
    [
      { kind: 'empty', status: 503 },
      { kind: 'unavailable', changed: 'unknown', detail: '503' },
    ],
    [
      { kind: 'empty', status: 504 },
      { kind: 'unavailable', changed: 'unknown', detail: '504' },
    ],
    [
      { kind: 'rate-limited', retryAfterSeconds: 60 },
      { kind: 'rate-limited', changed: 'no', detail: '429' },
    ],
    [
      { kind: 'reset', applied: true },
      { kind: 'unavailable', changed: 'unknown' },
    ],
    [
      { kind: 'reset', applied: false },
      { kind: 'unavailable', changed: 'unknown' },
    ],
  ])('%j', async (fault, failure) => {
    const { zapi, gateway } = await startWithFake();
    zapi.inject({ ...fault, path: lastSeenPath });
    await expect(gateway.apply(listChange)).rejects.toMatchObject({ name: 'GatewayError', ...failure });
    expect(asked(zapi, lastSeenPath)).toHaveLength(1);
  });
});

/** The rows that differ by status, words, or the key that holds them; and what was never seen, and may come. */
describe('an answer to a change', () => {
  const no = (kind: GatewayErrorKind): Failure => ({ kind, changed: 'no' });
  const unknown = (kind: GatewayErrorKind): Failure => ({ kind, changed: 'unknown' });

  test.each<[number, string | object, Failure]>([
    [400, { error: 'your client-token is not configured' }, no('credentials')],
    [200, { error: 'null not allowed' }, no('credentials')],
    [403, { error: `Client-Token ${clientToken} not allowed` }, no('credentials')],
    [403, { message: `Client-Token ${clientToken} not allowed` }, no('credentials')],
    [403, `Client-Token ${clientToken} not allowed`, no('credentials')],
    [401, '', no('credentials')],
    [403, '', no('credentials')],
    [403, { error: '[203.0.113.7] not allowed' }, no('address-not-allowed')],
    [200, { error: '203.0.113.7 not allowed' }, no('address-not-allowed')],
    [400, { error: 'Instance not found' }, no('instance-not-found')],
    [404, { error: 'Instance not found' }, no('instance-not-found')],
    [404, '', no('instance-not-found')],
    [
      400,
      { error: 'To continue sending a message, you must subscribe to this instance again' },
      no('subscription-lapsed'),
    ],
    [
      200,
      { error: 'NOT_FOUND', message: 'Unable to find matching target resource method' },
      no('wrong-request'),
    ],
    [200, { message: 'Unable to find matching target resource method' }, no('wrong-request')],
    [405, '', no('wrong-request')],
    [405, { error: 'Method Not Allowed' }, no('wrong-request')],
    [405, 'Method Not Allowed', no('wrong-request')],
    [415, '', no('wrong-request')],
    [415, { error: 'Unsupported Media Type' }, no('wrong-request')],
    [400, { error: 'Invalid phone' }, no('invalid-phone')],
    [400, { error: 'You are not connected' }, no('disconnected')],
    [400, { error: 'Phone is disconnected' }, no('disconnected')],
    [400, { error: 'something new' }, no('refused')],
    [400, 'Instance not found', no('instance-not-found')],
    [400, '<html><p>Client-Token not allowed</p></html>', no('refused')],
    [400, `Invalid phone ${'and more '.repeat(100)}`, no('refused')],
    [422, { error: { code: 1 } }, no('refused')],
    [408, '', unknown('timeout')],
    [500, { error: 'something new' }, unknown('unavailable')],
    [503, 'upstream connect error or disconnect/reset before headers', unknown('unavailable')],
    [502, `<html>${'Invalid phone '.repeat(100)}</html>`, unknown('unavailable')],
    [200, { success: false, error: 'Instance not found' }, no('instance-not-found')],
    [200, { success: false, value: true }, no('refused')],
    [200, '{"success":true', unknown('unexpected-reply')],
    [200, 'true', unknown('unexpected-reply')],
    [200, '"success"', unknown('unexpected-reply')],
    [200, '{"success":null}', unknown('unexpected-reply')],
    [204, '', unknown('unexpected-reply')],
    [301, { success: true }, unknown('unexpected-reply')],
    [304, '', unknown('unexpected-reply')],
    [400, { success: true }, no('refused')],
    [500, { success: true }, unknown('unavailable')],
    [200, { ['__proto__']: { success: true } }, unknown('unexpected-reply')],
  ])('%i %j is %j', async (status, body, failure) => {
    const gateway = await startWithServer(answering(status, body));
    await expect(gateway.apply(listChange)).rejects.toMatchObject({ ...failure, detail: String(status) });
  });

  test('that is a success counts, whatever else it says and whatever 2xx it is', async () => {
    const gateway = await startWithServer(answering(201, { success: true, error: null, zaapId: 'x' }));
    await expect(gateway.apply(listChange)).resolves.toBeUndefined();
  });

  test('that sends elsewhere is not followed: the tokens stay here', async () => {
    const { received, answer } = recorder({ success: true });
    const elsewhere = await startFakeZapi({ clientToken, instances: [] });
    opened.push(elsewhere);
    const gateway = await startWithServer((request, response) => {
      if (request.url?.endsWith('/status')) return void answer(request, response);
      request.resume();
      response.writeHead(307, { location: `${elsewhere.url}/stolen` }).end();
    });
    await expect(gateway.apply(listChange)).rejects.toMatchObject({ kind: 'unexpected-reply' });
    expect(elsewhere.requests).toEqual([]);
    expect(received).toHaveLength(1);
  });
});

describe('an answer that breaks off', () => {
  test.each<[string, RequestListener]>([
    [
      'in the middle of its announced length',
      (request, response) => {
        request.resume();
        response.writeHead(200, { 'content-length': '1000' });
        response.write('{"success":true}', () => response.destroy());
      },
    ],
    [
      'in the middle of its chunks',
      (request, response) => {
        request.resume();
        response.writeHead(200);
        response.write('{"success":', () => response.destroy());
      },
    ],
    [
      'before its first byte',
      (request, response) => {
        request.resume();
        request.on('end', () => response.destroy());
      },
    ],
  ])('%s leaves the outcome unknown', async (_where, answer) => {
    const gateway = await startWithServer(answer);
    await expect(gateway.apply(listChange)).rejects.toMatchObject({
      kind: 'unavailable',
      changed: 'unknown',
    });
  });
});

describe('a phone that is not connected', () => {
  test.each<[ZapiFault | undefined, Changed]>([
    [undefined, 'no'],
    [{ kind: 'value-false' }, 'no'],
    [{ kind: 'error-in-200', error: 'something new' }, 'no'],
    [{ kind: 'json', status: 400, body: { error: 'something new' } }, 'no'],
    [{ kind: 'json', status: 200, body: {} }, 'unknown'],
    [{ kind: 'html', status: 500 }, 'unknown'],
    [{ kind: 'empty', status: 503 }, 'unknown'],
  ])('is found out by /status where the refusal does not say so: %j', async (fault, changed) => {
    const { zapi, gateway } = await startWithFake({ account: { connected: false } });
    if (fault) zapi.inject({ ...fault, path: lastSeenPath });
    await expect(gateway.apply(listChange)).rejects.toMatchObject({ kind: 'disconnected', changed });
    expect(asked(zapi, '/status')).toHaveLength(1);
  });

  test.each<[ZapiFault, GatewayErrorKind]>([
    [{ kind: 'subscription-lapsed' }, 'subscription-lapsed'],
    [{ kind: 'address-not-allowed', address: '203.0.113.7' }, 'address-not-allowed'],
    [{ kind: 'json', status: 400, body: { error: 'Invalid phone' } }, 'invalid-phone'],
    [{ kind: 'rate-limited', retryAfterSeconds: 60 }, 'rate-limited'],
  ])('is not asked for where the refusal has a reason of its own: %j', async (fault, kind) => {
    const { zapi, gateway } = await startWithFake({ account: { connected: true } });
    zapi.inject({ ...fault, path: lastSeenPath });
    await expect(gateway.apply(listChange)).rejects.toMatchObject({ kind });
    expect(asked(zapi, '/status')).toHaveLength(0);
  });

  test.each<[string, unknown]>([
    [
      'says that it is connected, and as ever fills `error`',
      { connected: true, error: 'You are already connected' },
    ],
    ['says something else', { connected: 'false' }],
    ['says nothing', {}],
  ])('is not assumed where /status %s', async (_what, body) => {
    const { zapi, gateway } = await startWithFake();
    zapi.inject({ kind: 'success-false', path: lastSeenPath });
    zapi.inject({ kind: 'json', status: 200, body, path: '/status' });
    await expect(gateway.apply(listChange)).rejects.toMatchObject({ kind: 'refused', changed: 'no' });
  });

  test('is not asked for after a success', async () => {
    const { zapi, gateway } = await startWithFake();
    await gateway.apply(listChange);
    expect(zapi.requests).toHaveLength(1);
  });
});

function add(phone: string) {
  return { action: 'add', phone };
}

function remove(phone: string) {
  return { action: 'remove', phone };
}
