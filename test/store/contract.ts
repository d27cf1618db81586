import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Outcome, Submission } from '../../src/privacy/journal-entry.ts';
import { type ChangeStore, StoreError } from '../../src/privacy/ports.ts';
import { describeBacklog } from './contract-backlog.ts';
import { describeManyNumbers } from './contract-many-numbers.ts';
import { describeRateLimit } from './contract-rate-limit.ts';
import { describeRefusals } from './contract-refusals.ts';
import type { TestDatabase } from './databases.ts';
import {
  accepted,
  claim,
  claimToTell,
  fewAtOnce,
  idsOf,
  listChange,
  newId,
  readAll,
  readRefusals,
  record,
  recordEnded,
  recordTold,
  refusal,
  submission,
} from './submissions.ts';

/** What every store of changes promises, on an empty database. */
export function describeStore(makeDatabase: () => Promise<TestDatabase>): void {
  let database: TestDatabase;
  let store: ChangeStore;

  beforeEach(async () => {
    database = await makeDatabase();
    store = database.createStore();
    await store.open();
  });

  afterEach(async () => {
    await store.close();
  });

  const recordMany = (count: number, given: (index: number) => Partial<Submission> = () => ({})) =>
    fewAtOnce([...Array(count).keys()], (index) => record(store, given(index)));

  describe('recording', () => {
    test('what was submitted is in the journal', async () => {
      const submitted = submission({ change: listChange(['5511987654321'], ['5511900000000']), undoes: 'x' });
      const { entry, isNew } = accepted(await store.record(submitted, newId));
      const { submissionId, formId, ...said } = submitted;
      expect(isNew).toBe(true);
      expect(entry).toEqual({
        ...said,
        id: entry.id,
        acceptedAt: entry.acceptedAt,
        named: { hide: 1, showAgain: 1 },
        numbersErased: false,
      });
      expect(Math.abs(entry.acceptedAt.getTime() - Date.now())).toBeLessThan(5_000);
      expect(await store.find(entry.id)).toEqual(entry);
      expect(await store.promisedTo({ submissionId, formId: 'another' })).toEqual(entry);
      expect(await store.promisedTo({ submissionId: 'another', formId })).toEqual(entry);
      expect(await store.promisedTo({ submissionId: 'another', formId: 'another' })).toBeUndefined();
      expect(await store.find('unknown')).toBeUndefined();
    });

    test.each([true, false])('whether the numbers were looked up is in the journal: %s', async (lookedUp) => {
      const entry = await record(store, { change: listChange(['5511987654321']), lookedUp });
      expect(entry).toMatchObject({ lookedUp });
      expect(await store.find(entry.id)).toEqual(entry);
      expect(await record(store)).not.toHaveProperty('lookedUp');
    });

    test('a submission delivered again is answered with its change, even when that was told', async () => {
      const submitted = submission();
      const first = accepted(await store.record(submitted, newId));
      expect(await store.record(submitted, newId)).toEqual({ entry: first.entry, isNew: false });
      const { claim: held } = await claim(store);
      await store.end(held, { kind: 'applied' }, new Date());
      const { claim: telling } = await claimToTell(store);
      await store.noteTold(telling, 'told', new Date());
      const again = await store.record(submitted, newId);
      expect(again).toMatchObject({ entry: { id: first.entry.id, told: 'told' }, isNew: false });
      expect(await readAll(store)).toHaveLength(1);
    });

    test('one submission delivered many times at once is one change', async () => {
      const submitted = submission();
      const results = (
        await Promise.all(Array.from({ length: 12 }, () => store.record(submitted, newId)))
      ).map(accepted);
      expect(results.filter(({ isNew }) => isNew)).toHaveLength(1);
      expect(new Set(idsOf(results.map(({ entry }) => entry))).size).toBe(1);
      expect(await readAll(store)).toHaveLength(1);
    });

    test('a form has one change at a time, however often it is saved', async () => {
      const formId = 'form';
      const saves = await Promise.all(
        Array.from({ length: 8 }, () => store.record(submission({ formId }), newId)),
      );
      expect(saves.map(accepted).filter(({ isNew }) => isNew)).toHaveLength(1);
      const { claim: held, entry } = await claim(store);
      expect(await store.record(submission({ formId }), newId)).toMatchObject({ isNew: false });
      expect(await store.promisedTo({ submissionId: 'another', formId })).toMatchObject({ id: entry.id });
      await store.end(held, { kind: 'applied' }, new Date());
      expect(await store.promisedTo({ submissionId: 'another', formId })).toBeUndefined();
      expect(await store.record(submission({ formId }), newId)).toMatchObject({ isNew: true });
    });

    test('each id is made to follow the last one of its instance', async () => {
      const made: { after: string | undefined; id: string }[] = [];
      const noting = (after: string | undefined) => {
        const id = newId();
        made.push({ after, id });
        return id;
      };
      await record(store, { instance: 'another' });
      await Promise.all(Array.from({ length: 20 }, () => store.record(submission(), noting)));
      expect(made.map(({ after }) => after)).toEqual([undefined, ...made.slice(0, -1).map(({ id }) => id)]);
      expect(idsOf(await readAll(store)).slice(1)).toEqual(made.map(({ id }) => id));
    });

    test('ids are compared by their bytes, whatever the language of the database', async () => {
      // In Czech “ch” comes after “cz”.
      const ids = ['aaaaaaaaaach', 'aaaaaaaaaacz', 'aaaaaaaaaadz'];
      for (const id of ids.slice(0, 2)) await store.record(submission(), () => id);
      let after: string | undefined;
      await store.record(submission(), (last) => {
        after = last;
        return 'aaaaaaaaaadz';
      });
      expect(after).toBe('aaaaaaaaaacz');
      expect(idsOf(await readAll(store))).toEqual(ids);
      expect((await claim(store)).entry.id).toBe('aaaaaaaaaach');
    });

    test('an id that another instance has is made again', async () => {
      const taken = await record(store, { instance: 'another' });
      const ids = [taken.id, newId()];
      const { entry, isNew } = accepted(await store.record(submission(), () => ids.shift() ?? ''));
      expect(isNew).toBe(true);
      expect(entry.id > taken.id).toBe(true);
      expect(ids).toEqual([]);
    });

    test.each<[string, () => string]>([
      ['does not follow the last one', () => '0'],
      [
        'could not be made',
        () => {
          throw new TypeError('no id');
        },
      ],
    ])('nothing is recorded under an id that %s', async (_what, badId) => {
      const before = await record(store);
      const attempt = store.record(submission(), badId);
      await expect(attempt).rejects.toMatchObject({ kind: 'store', written: 'no' });
      expect(await readAll(store)).toEqual([before]);
      await record(store);
    });
  });

  describeRateLimit(() => ({ store, execute: database.execute }));

  describe('applying', () => {
    test('the oldest change of an instance is claimed, and nothing behind it until it has ended', async () => {
      const [first, second] = [await record(store), await record(store)];
      const other = await record(store, { instance: 'another' });
      expect((await store.claimableInstances()).sort()).toEqual(['another', 'padaria']);
      const { claim: held, entry, begunBefore } = await claim(store);
      expect([entry, begunBefore]).toEqual([first, false]);
      expect(await store.claimNext('padaria')).toBeUndefined();
      expect(await store.claimableInstances()).toEqual(['another']);
      expect((await claim(store, 'another')).entry).toEqual(other);
      expect(await store.claimableInstances()).toEqual([]);
      expect(await store.end(held, { kind: 'applied' }, new Date())).toBe(true);
      expect(await store.claimableInstances()).toEqual(['padaria']);
      expect((await claim(store)).entry).toEqual(second);
      expect(await store.claimNext('unknown')).toBeUndefined();
    });

    test('many that claim at once get every change once, in order, one at a time', async () => {
      const recorded = await recordMany(30);
      const applied: string[] = [];
      let underWay = 0;
      let mostUnderWay = 0;
      const work = async () => {
        while (applied.length < recorded.length) {
          const got = await store.claimNext('padaria');
          if (!got) continue;
          underWay += 1;
          mostUnderWay = Math.max(mostUnderWay, underWay);
          expect(await store.renew(got.claim)).toBe(true);
          applied.push(got.entry.id);
          underWay -= 1;
          expect(await store.end(got.claim, { kind: 'applied' }, new Date())).toBe(true);
        }
      };
      await Promise.all(Array.from({ length: 8 }, work));
      expect(applied).toEqual(idsOf(recorded).sort());
      expect(mostUnderWay).toBe(1);
    });

    test('a change given back can be claimed again at once, and was begun before', async () => {
      const { id } = await record(store);
      const { claim: held } = await claim(store);
      expect(await store.release(held)).toBe(true);
      expect(await store.claimableInstances()).toEqual(['padaria']);
      const again = await claim(store);
      expect(again).toMatchObject({ entry: { id }, begunBefore: true });
      expect(again.claim.token).not.toBe(held.token);
    });

    test('whoever lost a claim can do nothing with it', async () => {
      const { id } = await record(store);
      const { claim: lost } = await claim(store);
      await store.release(lost);
      const { claim: held } = await claim(store);
      for (const bad of [lost, { id, token: '' }, { id: 'unknown', token: held.token }]) {
        expect(await store.renew(bad)).toBe(false);
        expect(await store.release(bad)).toBe(false);
        expect(await store.noteRealChanges(bad, { hide: [], showAgain: [] })).toBe(false);
        expect(await store.end(bad, { kind: 'expired' }, new Date())).toBe(false);
        expect(await store.noteTold(bad, 'told', new Date())).toBe(false);
      }
      expect(await store.noteTold(held, 'told', new Date())).toBe(false);
      expect(await store.find(id)).not.toHaveProperty('outcome');
      expect(await store.end(held, { kind: 'applied' }, new Date())).toBe(true);
      expect(await store.end(held, { kind: 'expired' }, new Date())).toBe(false);
      expect(await store.renew(held)).toBe(false);
      expect(await store.find(id)).toMatchObject({ outcome: { kind: 'applied' } });
    });

    test.each<Outcome>([
      { kind: 'applied' },
      { kind: 'applied', proof: { kind: 'verified' } },
      { kind: 'applied', proof: { kind: 'unread' } },
      {
        kind: 'applied',
        proof: {
          kind: 'not-taken',
          missing: { hide: ['5511987654321', '1@lid'], showAgain: ['5511900000000'] },
        },
      },
      { kind: 'expired' },
      { kind: 'failed', failure: 'credentials' },
      { kind: 'failed', failure: 'interrupted' },
      { kind: 'unknown', failure: 'timeout' },
      { kind: 'unknown', failure: 'timeout', notOnTheList: true },
      { kind: 'unknown', failure: 'timeout', notOnTheList: false },
    ])('how it ended is noted: %j', async (outcome) => {
      const { id } = await record(store);
      const { claim: held } = await claim(store);
      const endedAt = new Date(1_764_000_000_123);
      await store.end(held, outcome, endedAt);
      const entry = await store.find(id);
      expect(entry?.outcome).toEqual(outcome);
      expect(entry?.endedAt).toEqual(endedAt);
    });

    test('what the lists changed in truth is noted, once it is known', async () => {
      const { id } = await record(store, { change: listChange(['5511987654321', '5511900000000']) });
      const { claim: held } = await claim(store);
      const realChanges = { hide: ['5511987654321'], showAgain: ['12345@lid'] };
      expect(await store.find(id)).not.toHaveProperty('realChanges');
      expect(await store.noteRealChanges(held, realChanges)).toBe(true);
      expect(await store.find(id)).toMatchObject({ realChanges });
    });
  });

  describe('telling', () => {
    test('ended changes are told in the order of their ids, one at a time in each channel', async () => {
      const first = await recordEnded(store);
      const second = await recordEnded(store, { kind: 'expired' }, { instance: 'another' });
      const elsewhere = await recordEnded(store, { kind: 'applied' }, { tellIn: 'C0OTHER' });
      await record(store, { tellIn: 'C0LATER' });
      expect((await store.channelsToTell()).sort()).toEqual(['C0OTHER', 'C0TEAM']);
      const { claim: held, entry } = await claimToTell(store);
      expect(entry).toMatchObject({ id: first.id, outcome: { kind: 'applied' }, place: first.place });
      expect(await store.claimToTell('C0TEAM')).toBeUndefined();
      expect(await store.channelsToTell()).toEqual(['C0OTHER']);
      expect((await claimToTell(store, 'C0OTHER')).entry.id).toBe(elsewhere.id);
      expect(await store.renew(held)).toBe(true);
      expect(await store.release(held)).toBe(true);
      expect(await store.noteTold(held, 'told', new Date())).toBe(false);
      const { claim: again, entry: same } = await claimToTell(store);
      expect(same.id).toBe(first.id);
      expect(await store.noteTold(again, 'told', new Date())).toBe(true);
      expect(await store.channelsToTell()).toEqual(['C0TEAM']);
      expect((await claimToTell(store)).entry.id).toBe(second.id);
    });

    test.each(['told', 'perhaps-told', 'not-told'] as const)(
      'what became of it is noted, and the reply URL forgotten: %s',
      async (told) => {
        const { id, place } = await recordEnded(store);
        const { claim: held } = await claimToTell(store);
        const toldAt = new Date(1_764_000_000_456);
        expect(await store.noteTold(held, told, toldAt)).toBe(true);
        expect(await store.find(id)).toMatchObject({ told, toldAt, place: { ...place, replyUrl: '' } });
        expect(await store.claimToTell('C0TEAM')).toBeUndefined();
        expect(await store.channelsToTell()).toEqual([]);
      },
    );
  });

  describe('the journal', () => {
    test('the newest change that counts is found', async () => {
      const query = { instance: 'padaria', setting: 'last-seen' } as const;
      expect(await store.newest(query)).toBeUndefined();
      const applied = await recordEnded(store);
      const unknown = await recordEnded(store, { kind: 'unknown', failure: 'timeout' });
      await recordEnded(store, { kind: 'failed', failure: 'refused' });
      await recordEnded(store, { kind: 'expired' });
      await recordEnded(store, { kind: 'applied' }, { instance: 'another' });
      const waiting = await record(store);
      expect((await store.newest(query))?.id).toBe(unknown.id);
      expect((await store.newest({ ...query, before: unknown.id }))?.id).toBe(applied.id);
      expect(await store.newest({ ...query, before: applied.id })).toBeUndefined();
      expect((await store.newest({ ...query, underWay: true }))?.id).toBe(waiting.id);
      expect((await store.newest({ ...query, underWay: true, before: waiting.id }))?.id).toBe(unknown.id);
      await claim(store);
      expect((await store.newest({ ...query, underWay: true }))?.id).toBe(waiting.id);
    });

    test('pages go back and forth, the newest first', async () => {
      const ids: string[] = [];
      for (let count = 0; count < 11; count += 1) {
        ids.unshift((await record(store, { instance: count % 2 ? 'padaria' : 'another' })).id);
      }
      await record(store, { instance: 'a third' });
      const instances = ['padaria', 'another'];
      const page = async (wanted: { before?: string | undefined; after?: string | undefined }) => {
        const { before, after } = wanted;
        const cursor = { ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
        return idsOf(await store.page({ instances, limit: 3, ...cursor }));
      };
      expect(await page({})).toEqual(ids.slice(0, 3));
      expect(await page({ before: ids[2] })).toEqual(ids.slice(3, 6));
      expect(await page({ before: ids[8] })).toEqual(ids.slice(9));
      expect(await page({ after: ids[10] })).toEqual(ids.slice(7, 10));
      expect(await page({ after: ids[2] })).toEqual(ids.slice(0, 2));
      expect(await store.page({ instances: ['padaria'], limit: 10 })).toHaveLength(5);
      expect(await store.page({ instances: [], limit: 10 })).toEqual([]);
    });

    test('every change is read, the oldest first, in portions', async () => {
      const recorded = await recordMany(1_010, (index) => ({ instance: `i${index % 10}` }));
      const portions: number[] = [];
      for await (const portion of store.all()) portions.push(portion.length);
      expect(portions).toEqual([500, 500, 10]);
      expect(idsOf(await readAll(store))).toEqual(idsOf(recorded).sort());
    });
  });

  describeManyNumbers(() => store);

  describeRefusals(() => store);

  describeBacklog(() => store);

  describe('erasing', () => {
    const future = () => new Date(Date.now() + 60_000);
    const past = new Date(0);

    test('numbers of told changes go, and how many they were stays', async () => {
      const change = listChange(['5511987654321', '5511900000000'], ['5511911111111']);
      const told: string[] = [];
      for (let count = 0; count < 3; count += 1) told.push((await recordTold(store, { change })).id);
      await store.erase({ numbersOf: past, replyUrlsOf: past, refusalsOf: past });
      expect(await store.find(told[0] ?? '')).toMatchObject({ change, numbersErased: false });
      await store.erase({ numbersOf: future(), replyUrlsOf: past, refusalsOf: past });
      for (const entry of await readAll(store)) {
        expect(entry).toMatchObject({
          change: { visibility: 'contacts-except', hide: [], showAgain: [] },
          named: { hide: 2, showAgain: 1 },
          numbersErased: true,
          outcome: { kind: 'applied' },
        });
        expect(entry).not.toHaveProperty('realChanges');
      }
    });

    test('what the list did not take loses its numbers too, and stays not taken', async () => {
      const missing = { hide: ['5511987654321'], showAgain: ['5511911111111'] };
      const change = listChange(missing.hide, missing.showAgain);
      const outcome: Outcome = { kind: 'applied', proof: { kind: 'not-taken', missing } };
      const { id } = await recordEnded(store, outcome, { change });
      const { claim: held } = await claimToTell(store);
      await store.noteTold(held, 'told', new Date());
      await store.erase({ numbersOf: past, replyUrlsOf: past, refusalsOf: past });
      expect((await store.find(id))?.outcome).toEqual(outcome);
      await store.erase({ numbersOf: future(), replyUrlsOf: past, refusalsOf: past });
      expect(await store.find(id)).toMatchObject({
        numbersErased: true,
        outcome: { kind: 'applied', proof: { kind: 'not-taken', missing: { hide: [], showAgain: [] } } },
      });
    });

    test('a change that named nobody is not said to have lost numbers', async () => {
      const { id } = await recordTold(store);
      await store.erase({ numbersOf: future(), replyUrlsOf: future(), refusalsOf: past });
      expect(await store.find(id)).toMatchObject({ named: { hide: 0, showAgain: 0 }, numbersErased: false });
    });

    test('numbers of a change that is still to be made or told stay', async () => {
      const change = listChange(['5511987654321']);
      const ended = await recordEnded(store, { kind: 'applied' }, { change });
      const waiting = await record(store, { change });
      await store.erase({ numbersOf: future(), replyUrlsOf: past, refusalsOf: past });
      expect(await store.find(ended.id)).toMatchObject({ change, numbersErased: false });
      expect(await store.find(waiting.id)).toMatchObject({ change, numbersErased: false });
    });

    test('reply URLs go by age alone', async () => {
      const waiting = await record(store);
      await store.erase({ numbersOf: past, replyUrlsOf: past, refusalsOf: past });
      expect(await store.find(waiting.id)).toEqual(waiting);
      await store.erase({ numbersOf: past, replyUrlsOf: future(), refusalsOf: past });
      expect(await store.find(waiting.id)).toEqual({ ...waiting, place: { ...waiting.place, replyUrl: '' } });
    });

    test('more than one portion is erased', async () => {
      await recordMany(450);
      await store.erase({ numbersOf: past, replyUrlsOf: future(), refusalsOf: past });
      expect((await readAll(store)).filter(({ place }) => place.replyUrl !== '')).toEqual([]);
    });
  });

  describe('open and closed', () => {
    test('nothing is done before it is open, nor after it is closed', async () => {
      const closed = (await makeDatabase()).createStore();
      const refused = { kind: 'store', written: 'no', detail: 'not open' };
      for (const state of ['before', 'after']) {
        await expect(closed.record(submission(), newId)).rejects.toMatchObject(refused);
        await expect(closed.find(state)).rejects.toBeInstanceOf(StoreError);
        await expect(closed.claimNext('padaria')).rejects.toMatchObject(refused);
        await expect(closed.check()).rejects.toMatchObject(refused);
        await expect(readAll(closed)).rejects.toMatchObject(refused);
        await expect(closed.noteRefusal(refusal())).rejects.toMatchObject(refused);
        await expect(readRefusals(closed)).rejects.toMatchObject(refused);
        if (state === 'before') await closed.open();
        await closed.close();
      }
    });

    test('what was recorded is there when it is opened again, and claims go on', async () => {
      const { id } = await record(store);
      const { claim: held } = await claim(store);
      await store.open();
      expect(await store.claimNext('padaria')).toBeUndefined();
      expect(await store.end(held, { kind: 'applied' }, new Date())).toBe(true);
      await store.close();
      await store.open();
      expect(await store.find(id)).toMatchObject({ id, outcome: { kind: 'applied' } });
    });

    test('a check leaves nothing behind, also while changes are recorded', async () => {
      const [, , entry] = await Promise.all([store.check(), store.check(), record(store), store.check()]);
      expect(await readAll(store)).toEqual([entry]);
    });
  });
}
