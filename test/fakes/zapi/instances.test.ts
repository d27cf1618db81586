import { beforeEach, expect, test } from '@jest/globals';
import type { FakeZapi, InstanceSeed } from '../../../fakes/zapi/types.ts';
import { add, ana, bruno, type CallOptions, call, startWithOneAccount } from './zapi-client.ts';

const north = { instanceId: 'NORTH', instanceToken: 'token-north' };
const south = { instanceId: 'SOUTH', instanceToken: 'token-south' };
const account = {
  phone: '5511900000000',
  name: 'Support',
  lastSeen: 'ALL' as const,
  disallowed: [],
  connected: true,
  contacts: [{ phone: ana, name: 'Ana' }],
};
// One account for both seeds, on purpose.
const instances: InstanceSeed[] = [
  { ...north, account },
  { ...south, account },
];

let zapi: FakeZapi;
beforeEach(async () => {
  zapi = await startWithOneAccount({ instances });
});

const contacts = async (of: CallOptions) => (await call(zapi, 'GET /contacts?page=1&pageSize=9', of)).body;
const hidden = async (of: CallOptions) =>
  (await call(zapi, 'GET /privacy/disallowed-contacts?type=lastSeen', of)).body;
const hide = (phone: string, of: CallOptions) =>
  call(zapi, 'POST /privacy/last-seen', {
    ...of,
    body: { visualizationType: 'CONTACT_BLACKLIST', contactsBlacklist: [add(phone)] },
  });

test('two instances have contacts of their own, even from one seed', async () => {
  zapi.account('SOUTH').contacts?.push({ phone: bruno, name: 'Bruno' });
  expect(await contacts(north)).toEqual([{ phone: ana, name: 'Ana' }]);
  expect(await contacts(south)).toEqual([
    { phone: ana, name: 'Ana' },
    { phone: bruno, name: 'Bruno' },
  ]);
  expect(account.contacts).toHaveLength(1);
});

test('two instances have lists and modes of their own', async () => {
  await hide(ana, north);
  await hide(bruno, south);
  await call(zapi, 'POST /privacy/last-seen', { ...south, body: { visualizationType: 'NONE' } });
  expect(await hidden(north)).toEqual({ disallowedContacts: [ana] });
  expect(await hidden(south)).toEqual({ disallowedContacts: [bruno] });
  expect(zapi.account('NORTH').lastSeen).toBe('CONTACT_BLACKLIST');
  expect(zapi.account('SOUTH').lastSeen).toBe('NONE');
});

test('one of two instances can be disconnected, or list private ids, alone', async () => {
  zapi.account('NORTH').connected = false;
  zapi.account('SOUTH').listsAsLid = true;
  await hide(ana, south);
  expect(await contacts(north)).toEqual({ success: false });
  expect(await hidden(south)).toEqual({ disallowedContacts: [expect.stringMatching(/@lid$/)] });
  zapi.account('NORTH').connected = true;
  await hide(ana, north);
  expect(await hidden(north)).toEqual({ disallowedContacts: [ana] });
});

test('who is on WhatsApp is the same for two instances', async () => {
  zapi.whatsapp.notRegistered.push(ana);
  for (const instance of [north, south]) {
    const answer = await call(zapi, 'POST /phone-exists-batch', { ...instance, body: { phones: [ana] } });
    expect(answer.body).toMatchObject([{ exists: false }]);
  }
});

test('the token of one instance opens no call of the other', async () => {
  const crossed = { instanceId: 'NORTH', instanceToken: 'token-south' };
  const refused = { error: 'Instance not found' };
  expect(await contacts(crossed)).toEqual(refused);
  expect(await hidden(crossed)).toEqual(refused);
  expect((await hide(ana, crossed)).body).toEqual(refused);
  const batch = await call(zapi, 'POST /phone-exists-batch', { ...crossed, body: { phones: [ana] } });
  expect(batch.body).toEqual(refused);
});

test('a fault whose path names an instance spares the other', async () => {
  zapi.inject({ kind: 'empty', status: 503, path: '/NORTH/token/token-north/contacts' });
  expect(await contacts(north)).toBe('');
  expect(await contacts(south)).toHaveLength(1);
});

test('the log holds the token of neither instance, and the phones that were asked for', async () => {
  await call(zapi, 'POST /phone-exists-batch', { ...north, body: { phones: [ana] } });
  await call(zapi, 'POST /phone-exists-batch', { ...south, body: { phones: [bruno] } });
  await call(zapi, `GET /phone-exists/${ana}`, south);
  await contacts(north);
  const log = JSON.stringify(zapi.requests);
  for (const secret of ['token-north', 'token-south']) expect(log).not.toContain(secret);
  expect(zapi.requests).toMatchObject([
    { path: '/instances/NORTH/token/•••/phone-exists-batch', body: { phones: [ana] } },
    { path: '/instances/SOUTH/token/•••/phone-exists-batch', body: { phones: [bruno] } },
    { path: `/instances/SOUTH/token/•••/phone-exists/${ana}` },
    { path: '/instances/NORTH/token/•••/contacts?page=1&pageSize=9' },
  ]);
});
