import { describe, expect, test } from '@jest/globals';
import type { ZapiFault } from '../../../fakes/zapi/types.ts';
import { until } from '../../until.ts';
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
const success = { status: 200, body: { success: true } };
const refusal = { status: 200, body: { success: false } };
const carla = '5531999998888';
async function read(): Promise<string[]> {
  const answer = await call(zapi(), 'GET /privacy/disallowed-contacts?type=lastSeen');
  return (answer.body as { disallowedContacts: string[] }).disallowedContacts;
}

describe('a change that is not taken', () => {
  test('succeeds and takes the mode, but leaves the list as it was', async () => {
    account().disallowed = [carla];
    zapi().inject({ kind: 'not-taken' });
    expect(await change(add(ana), remove(carla))).toMatchObject(success);
    expect(account().lastSeen).toBe('CONTACT_BLACKLIST');
    expect(await read()).toEqual([carla]);
  });

  test('leaves out the given numbers only, put on or taken off', async () => {
    account().disallowed = [carla, someLid];
    zapi().inject({ kind: 'not-taken', phones: [ana, carla] });
    expect(await change(add(ana), add(bruno), remove(carla), remove(someLid))).toMatchObject(success);
    expect(await read()).toEqual([carla, bruno]);
  });

  test('is taken the next time where it was to happen once', async () => {
    zapi().inject({ kind: 'not-taken', phones: [ana], times: 1 });
    await change(add(ana));
    expect(await read()).toEqual([]);
    await change(add(ana));
    expect(await read()).toEqual([ana]);
  });

  test('knows a number by its private id where the list shows those', async () => {
    account().listsAsLid = true;
    zapi().whatsapp.lids[ana] = someLid;
    zapi().inject({ kind: 'not-taken', phones: [ana] });
    await change(add(someLid), add(ana));
    expect(await read()).toEqual([]);
  });

  test('is judged as if it were taken under strictListChanges', async () => {
    const strict = await startWithOneAccount({ strictListChanges: true });
    strict.inject({ kind: 'not-taken' });
    const twice = await setLastSeen(strict, 'CONTACT_BLACKLIST', [add(ana), add(ana)]);
    expect(twice).toMatchObject(refusal);
    expect(await setLastSeen(strict, 'CONTACT_BLACKLIST', [add(ana)])).toMatchObject(success);
  });
});

describe('a list that is read late', () => {
  test('is changed at once, and reads as it was before until the time is over', async () => {
    account().disallowed = [carla];
    zapi().inject({ kind: 'late', delayMs: 400 });
    const startMs = performance.now();
    expect(await change(add(ana), remove(carla))).toMatchObject(success);
    expect(performance.now() - startMs).toBeLessThan(400);
    expect(account()).toMatchObject({ lastSeen: 'CONTACT_BLACKLIST', disallowed: [ana] });
    expect(await read()).toEqual([carla]);
    await until(async () => !(await read()).includes(carla), 'the list being read as it is');
    expect(performance.now() - startMs).toBeGreaterThanOrEqual(400);
    expect(await read()).toEqual([ana]);
  });

  test('holds back what came after it, and is no later for a second one that is over sooner', async () => {
    zapi().inject({ kind: 'late', delayMs: 700, times: 1 });
    await change(add(ana));
    zapi().inject({ kind: 'late', delayMs: 1, times: 1 });
    await change(add(bruno));
    await change(add(carla));
    expect(await read()).toEqual([]);
    await until(async () => (await read()).length > 0, 'the list being read as it is');
    expect(await read()).toEqual([ana, bruno, carla]);
  });

  test('is read in the order of the changes, each at its time', async () => {
    zapi().inject({ kind: 'late', delayMs: 500, times: 1 });
    zapi().inject({ kind: 'late', delayMs: 1000, times: 1 });
    await change(add(ana));
    await change(add(bruno));
    const seen = new Set<string>();
    await until(async () => seen.add((await read()).join()).has(`${ana},${bruno}`), 'both');
    expect([...seen]).toEqual(['', ana, `${ana},${bruno}`]);
  });

  test('does not show what is done on the phone meanwhile', async () => {
    const before = [carla];
    account().disallowed = before;
    zapi().inject({ kind: 'late', delayMs: 60_000 });
    await change(add(ana));
    before.push(bruno);
    account().disallowed.push(bruno);
    expect(await read()).toEqual([carla]);
  });
});

describe.each<ZapiFault>([
  { kind: 'not-taken', times: 1 },
  { kind: 'late', delayMs: 60_000, times: 1 },
])('the fault $kind', (fault) => {
  test('waits for a change of last seen that is right in itself', async () => {
    zapi().inject(fault);
    await call(zapi(), 'GET /status');
    await read();
    await call(zapi(), 'POST /phone-exists-batch', { body: { phones: [ana] } });
    expect((await change(add('+55'))).status).toBe(400);
    expect(zapi().faults()).toHaveLength(1);
    await change(add(ana));
    expect(zapi().faults()).toEqual([]);
    expect(await read()).toEqual([]);
  });

  test('makes no success of what is refused', async () => {
    account().connected = false;
    zapi().inject(fault);
    expect(await change(add(ana))).toMatchObject(refusal);
    account().connected = true;
    expect(account()).toMatchObject({ lastSeen: 'ALL', disallowed: [] });
  });

  test('strikes only the instance that its path names', async () => {
    zapi().inject({ ...fault, path: '/OTHER/token/other/privacy/last-seen' });
    await change(add(ana));
    expect(await read()).toEqual([ana]);
  });
});
