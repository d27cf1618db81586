import { expect, test } from '@jest/globals';
import type { PrivacyChange } from '../../src/privacy/change.ts';
import { GatewayError, type LookedUp } from '../../src/privacy/ports.ts';
import { createListReader } from '../../src/privacy/read-list.ts';
import { ana, bruno, exceptChange } from './some-changes.ts';
import { someGateway } from './some-gateway.ts';

const anaWithoutNinth = '551187654321';
const lid = '123@lid';
const otherLid = '456@lid';

const known = (asked: string, privateId: string | undefined): LookedUp => ({
  asked,
  isOnWhatsApp: privateId !== undefined,
  phone: asked,
  privateId,
});

/** A reader of lists that come one after another, the last one again and again, and what the gateway was asked. */
function startReader(
  change: PrivacyChange,
  {
    lists = [[]],
    lookUps = [[]],
    signal = new AbortController().signal,
  }: { lists?: (string[] | 'unreadable')[]; lookUps?: (LookedUp[] | 'failed')[]; signal?: AbortSignal } = {},
) {
  const reads: (number | undefined)[] = [];
  const lookedUp: { phones: readonly string[]; timeoutMs: number | undefined }[] = [];
  const fail = () => Promise.reject(new GatewayError('unavailable', 'no'));
  const gateway = someGateway({
    async readHidden(_setting, { timeoutMs } = {}) {
      const list = lists[Math.min(reads.push(timeoutMs), lists.length) - 1] ?? [];
      return list === 'unreadable' ? fail() : list;
    },
    async lookUp(phones, { timeoutMs } = {}) {
      const answer = lookUps[Math.min(lookedUp.push({ phones, timeoutMs }), lookUps.length) - 1] ?? [];
      return answer === 'failed' ? fail() : answer;
    },
  });
  return { read: createListReader(change, { gateway, signal }), reads, lookedUp };
}

test.each<[string, PrivacyChange, string[]]>([
  ['that has numbers only', exceptChange([ana], [bruno]), [ana]],
  ['that is empty', exceptChange([ana]), []],
  ['of which a change names nobody by number', exceptChange([], [lid]), [lid]],
])('for a list %s nobody is looked up', async (_what, change, entries) => {
  const { read, lookedUp } = startReader(change, { lists: [entries] });
  await expect(read()).resolves.toMatchObject({ entries, privateIds: new Map() });
  expect(lookedUp).toEqual([]);
});

test('on a list with private ids the numbers named are looked up, and known in both of their forms', async () => {
  const { read, lookedUp } = startReader(exceptChange([ana, otherLid], [bruno]), {
    lists: [[lid]],
    lookUps: [[known(ana, lid), known(bruno, otherLid)]],
  });
  await expect(read()).resolves.toEqual({
    entries: [lid],
    privateIds: new Map([
      [anaWithoutNinth, lid],
      ['552112345678', otherLid],
    ]),
    isConclusive: true,
  });
  expect(lookedUp).toEqual([{ phones: [ana, bruno], timeoutMs: undefined }]);
});

test('they are looked up once, however often the list is read, and not before it has private ids', async () => {
  const { read, lookedUp } = startReader(exceptChange([ana]), {
    lists: [[bruno], [lid], [lid, bruno]],
    lookUps: [[known(ana, lid)]],
  });
  await expect(read()).resolves.toMatchObject({ isConclusive: true });
  expect(lookedUp).toHaveLength(0);
  await read();
  await expect(read()).resolves.toMatchObject({ entries: [lid, bruno], isConclusive: true });
  expect(lookedUp).toHaveLength(1);
});

test.each<[string, LookedUp[]]>([
  ['has no private id', [known(ana, lid), known(bruno, undefined)]],
  ['is missing in the answer', [known(ana, lid)]],
])('a number that %s leaves the list open, and the others known', async (_what, answer) => {
  const { read } = startReader(exceptChange([ana], [bruno]), { lists: [[lid]], lookUps: [answer] });
  await expect(read()).resolves.toEqual({
    entries: [lid],
    privateIds: new Map([[anaWithoutNinth, lid]]),
    isConclusive: false,
  });
});

test('where they can not be looked up the list is open, and they are tried again with the next reading', async () => {
  const { read, lookedUp } = startReader(exceptChange([ana]), {
    lists: [[lid]],
    lookUps: ['failed', [known(ana, lid)]],
  });
  await expect(read()).resolves.toEqual({ entries: [lid], privateIds: new Map(), isConclusive: false });
  await expect(read()).resolves.toMatchObject({ isConclusive: true });
  expect(lookedUp).toHaveLength(2);
});

test('a list that can not be read is none, and nobody is looked up', async () => {
  const { read, lookedUp } = startReader(exceptChange([ana]), { lists: ['unreadable'] });
  await expect(read()).resolves.toBeUndefined();
  expect(lookedUp).toEqual([]);
});

test('both are asked with the time that there is', async () => {
  const { read, reads, lookedUp } = startReader(exceptChange([ana]), { lists: [[lid]] });
  await read({ timeoutMs: 700 });
  expect(reads).toEqual([700]);
  expect(lookedUp).toEqual([{ phones: [ana], timeoutMs: 700 }]);
});

test.each<[string, string[] | 'unreadable', LookedUp[] | 'failed']>([
  ['while the list is read', [ana], []],
  ['whatever the gateway makes of it', 'unreadable', []],
])('rejects with the reason of the signal %s', async (_when, list, answer) => {
  const stopped = new AbortController();
  const reason = new Error('stopped');
  const { read } = startReader(exceptChange([ana]), {
    lists: [list],
    lookUps: [answer],
    signal: stopped.signal,
  });
  const reading = read();
  stopped.abort(reason);
  await expect(reading).rejects.toBe(reason);
});

test('rejects with the reason of the signal while numbers are looked up', async () => {
  const stopped = new AbortController();
  const reason = new Error('stopped');
  const gateway = someGateway({
    readHidden: async () => [lid],
    async lookUp() {
      stopped.abort(reason);
      throw new GatewayError('timeout', 'no');
    },
  });
  await expect(createListReader(exceptChange([ana]), { gateway, signal: stopped.signal })()).rejects.toBe(
    reason,
  );
});
