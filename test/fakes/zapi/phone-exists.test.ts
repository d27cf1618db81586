import { describe, expect, test } from '@jest/globals';
import type { FakeZapi } from '../../../fakes/zapi/types.ts';
import {
  ana,
  bruno,
  call,
  fakeForEachTest,
  instanceId,
  someLid,
  startWithOneAccount,
} from './zapi-client.ts';

const zapi = fakeForEachTest();
const anaWithoutNinth = '551187654321';

type Entry = { exists: boolean; inputPhone: string; outputPhone: string; lid: string | null };
async function ask(phones: string[], fake: FakeZapi = zapi()): Promise<Entry[]> {
  return (await call(fake, 'POST /phone-exists-batch', { body: { phones } })).body as Entry[];
}
const absent = (phone: string) => ({ exists: false, inputPhone: phone, outputPhone: phone, lid: null });

describe('POST /phone-exists-batch', () => {
  test('has every number on WhatsApp as it was typed, in the order asked', async () => {
    const lid = expect.stringMatching(/^\d{15}@lid$/);
    expect(await ask([bruno, anaWithoutNinth])).toEqual([
      { exists: true, inputPhone: bruno, outputPhone: bruno, lid },
      { exists: true, inputPhone: anaWithoutNinth, outputPhone: anaWithoutNinth, lid },
    ]);
  });

  test('has no private id for who is not on WhatsApp', async () => {
    zapi().whatsapp.notRegistered.push(ana);
    expect(await ask([ana, anaWithoutNinth])).toEqual([absent(ana), absent(anaWithoutNinth)]);
    expect(await ask([bruno])).toMatchObject([{ exists: true }]);
  });

  test.each([
    { registered: anaWithoutNinth, typed: ana },
    { registered: ana, typed: anaWithoutNinth },
  ])('leads from $typed to $registered, the form in which WhatsApp has it', async ({ registered, typed }) => {
    zapi().whatsapp.registered.push(registered);
    const [typedSo, asRegistered] = await ask([typed, registered]);
    expect(typedSo).toMatchObject({ exists: true, inputPhone: typed, outputPhone: registered });
    expect(asRegistered).toMatchObject({ exists: true, inputPhone: registered, outputPhone: registered });
    expect(typedSo?.lid).toBe(asRegistered?.lid);
  });

  test('leads to the one form that is registered when the other is said not to be', async () => {
    zapi().whatsapp.registered.push(anaWithoutNinth);
    zapi().whatsapp.notRegistered.push(ana);
    const asRegistered = { exists: true, outputPhone: anaWithoutNinth };
    expect(await ask([ana, anaWithoutNinth])).toMatchObject([asRegistered, asRegistered]);
  });

  test('has who left WhatsApp no longer', async () => {
    const fake = await startWithOneAccount({ whatsapp: { registered: [ana] } });
    expect(await ask([ana], fake)).toMatchObject([{ exists: true }]);
    fake.whatsapp.notRegistered.push(ana);
    expect(await ask([ana, anaWithoutNinth], fake)).toMatchObject([{ exists: false }, { exists: false }]);
  });

  test('knows the ninth digit in Brazil only', async () => {
    zapi().whatsapp.registered.push('491187654321');
    expect(await ask(['4911987654321'])).toMatchObject([{ outputPhone: '4911987654321' }]);
  });

  test('tells the private ids of the registry, and else one that is always the same', async () => {
    const fake = await startWithOneAccount({
      whatsapp: { registered: [anaWithoutNinth], lids: { [anaWithoutNinth]: someLid } },
    });
    const [first, other] = await ask([ana, bruno], fake);
    expect(first?.lid).toBe(someLid);
    expect((await ask([bruno]))[0]?.lid).toBe(other?.lid);
    expect(other?.lid).not.toContain(bruno);
  });

  test('has a private id for each of 50,000, and refuses one more', async () => {
    const phones = Array.from({ length: 50_000 }, (_, index) => String(5511900000001 + index));
    const entries = await ask(phones);
    expect(entries.map(({ inputPhone }) => inputPhone)).toEqual(phones);
    expect(new Set(entries.map(({ lid }) => lid)).size).toBe(50_000);
    const answer = await call(zapi(), 'POST /phone-exists-batch', { body: { phones: [...phones, ana] } });
    expect(answer.status).toBe(400);
  });

  test.each([
    { what: 'no body', body: undefined },
    { what: 'no JSON', body: '{"phones":' },
    { what: 'a bare array', body: [ana] },
    { what: 'no phones', body: {} },
    { what: 'phones that are no array', body: { phones: ana } },
    { what: 'an empty array', body: { phones: [] } },
    { what: 'an unknown key', body: { phones: [ana], phone: ana } },
  ])('refuses $what with 400', async ({ body }) => {
    expect((await call(zapi(), 'POST /phone-exists-batch', { body })).status).toBe(400);
  });

  test.each(['+5511987654321', '5511', '', someLid, 5511987654321, null])(
    'refuses the phone %p, and with it the whole batch',
    async (phone) => {
      const answer = await call(zapi(), 'POST /phone-exists-batch', { body: { phones: [ana, phone] } });
      expect(answer).toMatchObject({ status: 400, body: { error: 'Invalid phone' } });
    },
  );
});

describe('GET /phone-exists/{phone}', () => {
  const one = async (phone: string, fake = zapi()) => (await call(fake, `GET /phone-exists/${phone}`)).body;

  test('answers with an array of one, the same as the batch', async () => {
    zapi().whatsapp.registered.push(anaWithoutNinth);
    zapi().whatsapp.notRegistered.push(bruno);
    expect(await one(ana)).toEqual(await ask([ana]));
    expect(await one(bruno)).toEqual([absent(bruno)]);
  });

  test('answers with an object where a test wants what real clients read', async () => {
    const fake = await startWithOneAccount({ phoneExistsAsObject: true });
    expect(await one(ana, fake)).toEqual((await ask([ana], fake))[0]);
  });

  test.each(['%2B5511987654321', '5511', someLid])('refuses the phone %s', async (phone) => {
    expect(await one(phone)).toEqual({ error: 'Invalid phone' });
  });

  test.each(['GET /phone-exists/', `GET /phone-exists/${ana}/${ana}`, `POST /phone-exists/${ana}`])(
    'is not %s',
    async (methodAndPath) => {
      expect((await call(zapi(), methodAndPath, {})).body).toMatchObject({ error: 'NOT_FOUND' });
    },
  );
});

test.each(['POST /phone-exists-batch', `GET /phone-exists/${ana}`])(
  '%s is refused while the phone is disconnected',
  async (methodAndPath) => {
    zapi().account(instanceId).connected = false;
    const body = methodAndPath.startsWith('POST') ? { phones: [ana] } : undefined;
    expect(await call(zapi(), methodAndPath, { body })).toMatchObject({
      status: 200,
      body: { success: false },
    });
  },
);
