import { describe, expect, test } from '@jest/globals';
import {
  add,
  ana,
  call,
  fakeForEachTest,
  instanceId,
  instanceToken,
  setLastSeen,
  someLid,
} from './zapi-client.ts';

const zapi = fakeForEachTest();
const account = () => zapi().account(instanceId);

describe('GET /privacy/disallowed-contacts', () => {
  test('lists who is hidden from last seen, as it now stands', async () => {
    await setLastSeen(zapi(), 'CONTACT_BLACKLIST', [add(ana), add(someLid)]);
    const answer = await call(zapi(), 'GET /privacy/disallowed-contacts?type=lastSeen');
    expect(answer).toMatchObject({ status: 200, body: { disallowedContacts: [ana, someLid] } });
  });

  test.each(['photo', 'description', 'groupAdd'])('has a list of its own for %s, empty', async (type) => {
    account().disallowed = [ana];
    const answer = await call(zapi(), `GET /privacy/disallowed-contacts?type=${type}`);
    expect(answer).toMatchObject({ status: 200, body: { disallowedContacts: [] } });
  });

  test.each(['', '?type=', '?type=lastseen', '?type=online'])(
    'needs a documented type: "%s" is 400',
    async (q) => {
      expect((await call(zapi(), `GET /privacy/disallowed-contacts${q}`)).status).toBe(400);
    },
  );

  test('is refused while the phone is disconnected', async () => {
    account().connected = false;
    const answer = await call(zapi(), 'GET /privacy/disallowed-contacts?type=lastSeen');
    expect(answer).toMatchObject({ status: 200, body: { success: false } });
  });
});

describe('GET /status', () => {
  test('fills in an error even when all is well', async () => {
    expect((await call(zapi(), 'GET /status')).body).toEqual({
      connected: true,
      error: 'You are already connected',
      smartphoneConnected: true,
    });
  });

  test('tells that the phone is disconnected', async () => {
    account().connected = false;
    expect(await call(zapi(), 'GET /status')).toMatchObject({ status: 200, body: { connected: false } });
  });
});

test('GET /device tells which number this is', async () => {
  expect((await call(zapi(), 'GET /device')).body).toEqual({
    phone: '5511900000000',
    name: 'Support',
    isBusiness: false,
  });
});

test('GET /me holds the instance token, and the log of it does not', async () => {
  expect((await call(zapi(), 'GET /me')).body).toEqual({
    id: instanceId,
    token: instanceToken,
    name: 'Support',
    due: expect.any(Number),
    connected: true,
    paymentStatus: expect.any(String),
  });
  expect(zapi().requests[0]?.reply).toContain('"token":"•••"');
});
