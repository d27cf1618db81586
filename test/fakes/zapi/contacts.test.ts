import { describe, expect, test } from '@jest/globals';
import type { Contact } from '../../../fakes/zapi/types.ts';
import { ana, bruno, call, fakeForEachTest, instanceId, startWithOneAccount } from './zapi-client.ts';

const zapi = fakeForEachTest();
const account = () => zapi().account(instanceId);
const people = (count: number): Contact[] =>
  Array.from({ length: count }, (_, index) => ({ phone: String(5511900000001 + index), name: `P${index}` }));
const read = async (query: string, fake = zapi()) => (await call(fake, `GET /contacts?${query}`)).body;

describe('GET /contacts', () => {
  test('tells the documented keys of each, and leaves out what WhatsApp does not know', async () => {
    const known = { phone: ana, name: 'Ana Lima', short: 'Ana', notify: 'aninha', vname: 'Ana L.' };
    const fromAGroup = { phone: bruno, notify: 'Bruno' };
    account().contacts = [known, { ...fromAGroup, note: 'not on the wire' } as Contact];
    expect(await read('page=1&pageSize=100')).toEqual([known, fromAGroup]);
  });

  test('is empty where nobody is known', async () => {
    expect(await read('page=1&pageSize=100')).toEqual([]);
  });

  test('tells the contacts as they now are', async () => {
    account().contacts = people(1);
    const [contact] = account().contacts ?? [];
    if (contact !== undefined) contact.name = 'Renamed';
    account().contacts?.push({ phone: ana });
    expect(await read('page=1&pageSize=100')).toMatchObject([{ name: 'Renamed' }, { phone: ana }]);
  });

  test('comes in pages, the first one 1, the last one short and those beyond it empty', async () => {
    const five = people(5);
    account().contacts = five;
    expect(await read('page=1&pageSize=2')).toEqual(five.slice(0, 2));
    expect(await read('page=2&pageSize=2')).toEqual(five.slice(2, 4));
    expect(await read('page=3&pageSize=2')).toEqual(five.slice(4));
    expect(await read('page=4&pageSize=2')).toEqual([]);
    expect(await read('page=9007199254740991&pageSize=2')).toEqual([]);
  });

  test('has no largest page', async () => {
    account().contacts = people(3000);
    expect(await read('page=1&pageSize=100000')).toHaveLength(3000);
  });

  test('cuts a larger page without a word where a largest one is set, and counts in pages of that', async () => {
    const fake = await startWithOneAccount({ largestContactsPage: 2 });
    const five = people(5);
    fake.account(instanceId).contacts = five;
    expect(await read('page=1&pageSize=100', fake)).toEqual(five.slice(0, 2));
    expect(await read('page=2&pageSize=100', fake)).toEqual(five.slice(2, 4));
    expect(await read('page=2&pageSize=1', fake)).toEqual(five.slice(1, 2));
  });

  test('can be read to its end with 50,000 of them', async () => {
    account().contacts = people(50_000);
    const phones = new Set<string>();
    for (let page = 1; ; page += 1) {
      const contacts = (await read(`page=${page}&pageSize=500`)) as Contact[];
      for (const { phone } of contacts) phones.add(phone);
      if (contacts.length < 500) break;
    }
    expect(phones.size).toBe(50_000);
  });

  test.each(['', 'page=1', 'pageSize=1', 'page=0&pageSize=1', 'page=1&pageSize=0', 'page=-1&pageSize=1'])(
    'asked with "%s" is 400',
    async (query) => {
      expect((await call(zapi(), `GET /contacts?${query}`)).status).toBe(400);
    },
  );

  test.each([
    'page=1.5&pageSize=1',
    'page=1&pageSize=9007199254740993',
    'page=one&pageSize=1',
    'page=1&pageSize=1e2',
    'page=01&pageSize=1',
  ])('asked with "%s", no whole number that counts, is 400', async (query) => {
    expect((await call(zapi(), `GET /contacts?${query}`)).status).toBe(400);
  });

  test('is refused while the phone is disconnected', async () => {
    account().contacts = people(1);
    account().connected = false;
    expect(await read('page=1&pageSize=1')).toEqual({ success: false });
  });

  test('slowed by its path leaves the other calls as they were', async () => {
    zapi().inject({ kind: 'slow', delayMs: 80, path: '/contacts', times: 1 });
    const others = [
      'GET /privacy/disallowed-contacts?type=lastSeen',
      'GET /status',
      'GET /device',
      'GET /me',
    ];
    for (const other of others) expect((await call(zapi(), other)).status).toBe(200);
    expect(zapi().faults()).toHaveLength(1);
    const startMs = performance.now();
    expect(await read('page=1&pageSize=1')).toEqual([]);
    expect(performance.now() - startMs).toBeGreaterThanOrEqual(75);
    expect(zapi().faults()).toEqual([]);
  });
});
