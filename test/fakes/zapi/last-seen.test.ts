import { describe, expect, test } from '@jest/globals';
import {
  add,
  ana,
  bruno,
  call,
  fakeForEachTest,
  instanceId,
  remove,
  setLastSeen,
  someLid,
  startWithOneAccount,
} from './zapi-client.ts';

const zapi = fakeForEachTest();
const account = () => zapi().account(instanceId);
const success = { status: 200, body: { success: true } };
const refusal = { status: 200, body: { success: false } };

describe('a change', () => {
  test.each(['ALL', 'NONE', 'CONTACTS', 'CONTACT_BLACKLIST'] as const)(
    'to %s is made',
    async (visibility) => {
      expect(await setLastSeen(zapi(), visibility)).toMatchObject(success);
      expect(account().lastSeen).toBe(visibility);
    },
  );

  test('of the list adds and removes, and leaves the others on it', async () => {
    account().disallowed = [ana];
    expect(await setLastSeen(zapi(), 'CONTACT_BLACKLIST', [add(bruno), add(someLid)])).toMatchObject(success);
    expect(account().disallowed).toEqual([ana, bruno, someLid]);
    expect(await setLastSeen(zapi(), 'CONTACT_BLACKLIST', [remove(ana), remove(someLid)])).toMatchObject(
      success,
    );
    expect(account().disallowed).toEqual([bruno]);
  });

  test('of the mode keeps the list', async () => {
    await setLastSeen(zapi(), 'CONTACT_BLACKLIST', [add(ana)]);
    await setLastSeen(zapi(), 'NONE');
    expect(account()).toMatchObject({ lastSeen: 'NONE', disallowed: [ana] });
  });

  test('while the phone is disconnected is refused and not made', async () => {
    account().connected = false;
    expect(await setLastSeen(zapi(), 'CONTACT_BLACKLIST', [add(ana)])).toMatchObject(refusal);
    expect(account()).toMatchObject({ lastSeen: 'ALL', disallowed: [] });
  });
});

describe('a list change that is already true', () => {
  test('is taken and changes nothing', async () => {
    account().disallowed = [ana];
    expect(await setLastSeen(zapi(), 'CONTACT_BLACKLIST', [add(ana), remove(bruno)])).toMatchObject(success);
    expect(account().disallowed).toEqual([ana]);
  });

  describe('under strictListChanges', () => {
    test.each([
      { what: 'an add of who is on the list', changes: [add(bruno), add(ana)] },
      { what: 'a remove of who is not', changes: [remove(ana), remove(bruno)] },
      { what: 'the same add twice', changes: [add(bruno), add(bruno)] },
      { what: 'the same remove twice', changes: [remove(ana), remove(ana)] },
    ])('$what is refused, and with it the whole change', async ({ changes }) => {
      const strict = await startWithOneAccount({ strictListChanges: true });
      strict.account(instanceId).disallowed = [ana];
      expect(await setLastSeen(strict, 'CONTACT_BLACKLIST', changes)).toMatchObject(refusal);
      expect(strict.account(instanceId)).toMatchObject({ lastSeen: 'ALL', disallowed: [ana] });
    });

    test('a real change is made', async () => {
      const strict = await startWithOneAccount({ strictListChanges: true });
      strict.account(instanceId).disallowed = [ana];
      const changes = [remove(ana), add(bruno)];
      expect(await setLastSeen(strict, 'CONTACT_BLACKLIST', changes)).toMatchObject(success);
      expect(strict.account(instanceId).disallowed).toEqual([bruno]);
    });
  });
});

describe('a body that is not as documented', () => {
  const withList = (contactsBlacklist: unknown) => ({
    visualizationType: 'CONTACT_BLACKLIST',
    contactsBlacklist,
  });

  test.each([
    { what: 'no body', body: undefined },
    { what: 'no JSON', body: '{"visualizationType":' },
    { what: 'an array', body: [] },
    { what: 'null', body: 'null' },
    { what: 'no visualizationType', body: {} },
    { what: 'an unknown visualizationType', body: { visualizationType: 'EVERYONE' } },
    { what: 'a visualizationType in lower case', body: { visualizationType: 'all' } },
    { what: 'an unknown key', body: { visualizationType: 'ALL', type: 'ALL' } },
    {
      what: 'a list with another mode',
      body: { visualizationType: 'CONTACTS', contactsBlacklist: [add(ana)] },
    },
    { what: 'an empty list with another mode', body: { visualizationType: 'ALL', contactsBlacklist: [] } },
    { what: 'a list that is no array', body: withList({ action: 'add', phone: ana }) },
    { what: 'a list of null', body: withList(null) },
    { what: 'an entry that is a bare phone', body: withList([ana]) },
    { what: 'an entry with an unknown action', body: withList([{ action: 'block', phone: ana }]) },
    { what: 'an entry with an unknown key', body: withList([{ ...add(ana), name: 'Ana' }]) },
  ])('$what is refused with 400', async ({ body }) => {
    const answer = await call(zapi(), 'POST /privacy/last-seen', { body });
    expect(answer).toMatchObject({ status: 400, body: { error: expect.any(String) } });
    expect(account()).toMatchObject({ lastSeen: 'ALL', disallowed: [] });
  });

  test.each([
    '+5511987654321',
    '55 11 98765 4321',
    '55-11-98765-4321',
    '05511987654321',
    '5511',
    '5511987654321000',
    '',
    'abc@lid',
    '5511987654321@c.us',
    5511987654321,
    null,
  ])('the phone %p is invalid', async (phone) => {
    const body = withList([add(ana), { action: 'add', phone }]);
    const answer = await call(zapi(), 'POST /privacy/last-seen', { body });
    expect(answer).toMatchObject({ status: 400, body: { error: 'Invalid phone' } });
    expect(account()).toMatchObject({ lastSeen: 'ALL', disallowed: [] });
  });
});
