import { beforeEach, describe, expect, test } from '@jest/globals';
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
const change = (...changes: ReturnType<typeof add>[]) => setLastSeen(zapi(), 'CONTACT_BLACKLIST', changes);
const anaWithoutNinth = '551187654321';
const success = { status: 200, body: { success: true } };
const refusal = { status: 200, body: { success: false } };

describe('a list that WhatsApp shows with private ids', () => {
  beforeEach(() => {
    account().listsAsLid = true;
    zapi().whatsapp.lids[ana] = someLid;
  });

  test('shows a number that was added as its private id, the one that phone-exists-batch tells', async () => {
    await change(add(ana), add(bruno));
    const batch = await call(zapi(), 'POST /phone-exists-batch', { body: { phones: [ana, bruno] } });
    const lids = (batch.body as { lid: string }[]).map(({ lid }) => lid);
    expect(lids[0]).toBe(someLid);
    const read = await call(zapi(), 'GET /privacy/disallowed-contacts?type=lastSeen');
    expect(read.body).toEqual({ disallowedContacts: lids });
  });

  test('shows a private id that was added as it is', async () => {
    await change(add(someLid));
    expect(account().disallowed).toEqual([someLid]);
  });

  test.each([
    { what: 'the private id, verbatim', phone: someLid },
    { what: 'the number', phone: ana },
  ])('loses an entry by $what', async ({ phone }) => {
    await change(add(bruno), add(ana));
    await change(remove(phone));
    expect(account().disallowed).toHaveLength(1);
    expect(account().disallowed).not.toContain(someLid);
  });

  test.each([ana, someLid])('keeps the numbers that were on it, and loses one by %s', async (phone) => {
    account().disallowed = [ana, bruno];
    await change(add(phone));
    expect(account().disallowed).toEqual([ana, bruno]);
    await change(remove(phone));
    expect(account().disallowed).toEqual([bruno]);
  });

  test('shows a number that is not on WhatsApp in that form as it was sent', async () => {
    zapi().whatsapp.notRegistered.push(bruno);
    zapi().whatsapp.registered.push(ana);
    await change(add(bruno), add(anaWithoutNinth));
    expect(account().disallowed).toEqual([bruno, anaWithoutNinth]);
  });

  test('does not lose an entry by the form of the number that WhatsApp does not have', async () => {
    zapi().whatsapp.registered.push(ana);
    await change(add(ana));
    await change(remove(anaWithoutNinth));
    expect(account().disallowed).toEqual([someLid]);
  });

  test('has one entry for a number and its private id under strictListChanges as well', async () => {
    const strict = await startWithOneAccount({
      strictListChanges: true,
      whatsapp: { lids: { [ana]: someLid } },
    });
    Object.assign(strict.account(instanceId), { listsAsLid: true, disallowed: [someLid] });
    expect(await setLastSeen(strict, 'CONTACT_BLACKLIST', [add(ana)])).toMatchObject(refusal);
    expect(await setLastSeen(strict, 'CONTACT_BLACKLIST', [remove(ana)])).toMatchObject(success);
    expect(strict.account(instanceId).disallowed).toEqual([]);
  });
});

test('a list as it was sent has a number and its private id apart', async () => {
  zapi().whatsapp.lids[ana] = someLid;
  await change(add(ana), remove(someLid));
  expect(account().disallowed).toEqual([ana]);
});

describe("Brazil's other form of a number on the list", () => {
  test('removes nothing', async () => {
    account().disallowed = [ana];
    expect(await change(remove(anaWithoutNinth))).toMatchObject(success);
    expect(account().disallowed).toEqual([ana]);
  });

  test('counts as absent under strictListChanges', async () => {
    const strict = await startWithOneAccount({ strictListChanges: true });
    strict.account(instanceId).disallowed = [ana];
    const answer = await setLastSeen(strict, 'CONTACT_BLACKLIST', [remove(anaWithoutNinth)]);
    expect(answer).toMatchObject(refusal);
    expect(strict.account(instanceId)).toMatchObject({ lastSeen: 'ALL', disallowed: [ana] });
  });
});
