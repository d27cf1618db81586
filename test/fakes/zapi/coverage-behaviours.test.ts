import { expect, test } from '@jest/globals';
import { behaviourCoverage } from '../../../fakes/zapi/coverage.ts';
import type { FakeZapi } from '../../../fakes/zapi/types.ts';
import { add, ana, call, fakeForEachTest, instanceId, remove, setLastSeen, someLid } from './zapi-client.ts';

const zapi = fakeForEachTest();
const anaWithoutNinth = '551187654321';
const disallowed = (fake: FakeZapi) => fake.account(instanceId).disallowed;

const demonstrations: Record<string, (fake: FakeZapi) => Promise<void>> = {
  async 'the list is kept when the mode moves on'(fake) {
    await setLastSeen(fake, 'CONTACT_BLACKLIST', [add(ana)]);
    await setLastSeen(fake, 'ALL');
    expect(disallowed(fake)).toEqual([ana]);
  },
  async 'numbers listed under their private ids'(fake) {
    fake.account(instanceId).listsAsLid = true;
    await setLastSeen(fake, 'CONTACT_BLACKLIST', [add(ana)]);
    expect(disallowed(fake)).toEqual([expect.stringMatching(/^\d+@lid$/)]);
  },
  async 'a private id removed verbatim'(fake) {
    fake.account(instanceId).disallowed = [someLid];
    await setLastSeen(fake, 'CONTACT_BLACKLIST', [remove(someLid)]);
    expect(disallowed(fake)).toEqual([]);
  },
  async 'a success that left numbers out'(fake) {
    fake.inject({ kind: 'not-taken' });
    const answer = await setLastSeen(fake, 'CONTACT_BLACKLIST', [add(ana)]);
    expect(answer.body).toEqual({ success: true });
    expect(disallowed(fake)).toEqual([]);
  },
  async 'a list that is read late'(fake) {
    fake.inject({ kind: 'late', delayMs: 60_000 });
    await setLastSeen(fake, 'CONTACT_BLACKLIST', [add(ana)]);
    const read = await call(fake, 'GET /privacy/disallowed-contacts?type=lastSeen');
    expect(read.body).toEqual({ disallowedContacts: [] });
  },
  async "Brazil's two forms of a number"(fake) {
    fake.whatsapp.registered.push(anaWithoutNinth);
    const { body } = await call(fake, 'POST /phone-exists-batch', { body: { phones: [ana] } });
    expect(body).toMatchObject([{ outputPhone: anaWithoutNinth }]);
    await setLastSeen(fake, 'CONTACT_BLACKLIST', [add(ana), add(anaWithoutNinth)]);
    expect(disallowed(fake)).toEqual([ana, anaWithoutNinth]);
  },
  async 'instances apart from one another'(fake) {
    const answer = await call(fake, 'GET /status', { instanceId: 'ANOTHER' });
    expect(answer.body).toEqual({ error: 'Instance not found' });
  },
};

test('each behaviour is shown in this test', () => {
  expect(Object.keys(demonstrations).sort()).toEqual(Object.keys(behaviourCoverage).sort());
});

test.each(Object.entries(demonstrations))('%s', async (_, demonstrate) => demonstrate(zapi()));
