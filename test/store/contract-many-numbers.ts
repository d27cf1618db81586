import { describe, expect, test } from '@jest/globals';
import type { ChangeStore } from '../../src/privacy/ports.ts';
import { idsOf, record, recordEnded } from './submissions.ts';

/** What every store promises to one who asks for many numbers at once. */
export function describeManyNumbers(openStore: () => ChangeStore): void {
  describe('many numbers at once', () => {
    const setting = 'last-seen';
    const instances = Array.from({ length: 1_000 }, (_, index) => `number-${index}`);

    test('the newest change of each is the one that is found for it alone', async () => {
      const store = openStore();
      for (const instance of ['number-1', 'number-2', 'number-1', 'not asked for'])
        await recordEnded(store, { kind: 'applied' }, { instance });
      await recordEnded(store, { kind: 'unknown', failure: 'timeout' }, { instance: 'number-2' });
      await recordEnded(store, { kind: 'failed', failure: 'refused' }, { instance: 'number-2' });
      await recordEnded(store, { kind: 'expired' }, { instance: 'number-3' });
      await record(store, { instance: 'number-1' });
      const alone = await Promise.all(
        ['number-1', 'number-2'].map((instance) => store.newest({ instance, setting })),
      );
      const found = await store.newestOfEach({ instances, setting });
      expect(found.sort((a, b) => (a.instance < b.instance ? -1 : 1))).toEqual(alone);
      expect(await store.newestOfEach({ instances: ['number-3', 'unknown'], setting })).toEqual([]);
      expect(await store.newestOfEach({ instances: [], setting })).toEqual([]);
    });

    test('a page holds the newest of all, whichever numbers they are of', async () => {
      const store = openStore();
      const ids: string[] = [];
      for (const index of [7, 7, 7, 3, 5, 3, 999, 7, 4, 4])
        ids.unshift((await record(store, { instance: `number-${index}` })).id);
      await record(store, { instance: 'not asked for' });
      const [newest = '', , third = ''] = ids;
      const page = async (wanted: { before?: string; after?: string; limit: number }) =>
        idsOf(await store.page({ instances, setting, ...wanted }));
      expect(await page({ limit: 3 })).toEqual(ids.slice(0, 3));
      expect(await page({ before: third, limit: 3 })).toEqual(ids.slice(3, 6));
      expect(await page({ before: third, limit: 100 })).toEqual(ids.slice(3));
      expect(await page({ after: ids[7] ?? '', limit: 3 })).toEqual(ids.slice(4, 7));
      expect(await page({ after: third, limit: 3 })).toEqual(ids.slice(0, 2));
      expect(await page({ after: newest, limit: 3 })).toEqual([]);
      expect(idsOf(await store.page({ instances: [...instances, ...instances], limit: 2 }))).toEqual(
        ids.slice(0, 2),
      );
    });
  });
}
