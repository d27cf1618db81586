import { describe, expect, test } from '@jest/globals';
import type { ChangeStore } from '../../src/privacy/ports.ts';
import { fewAtOnce, readAll, readRefusals, recordTold, refusal } from './submissions.ts';

/** What every store promises of refusals. */
export function describeRefusals(openStore: () => ChangeStore): void {
  describe('refusals', () => {
    const atMs = 1_764_000_000_000;

    test('they are read as they were noted, the oldest first, and are no changes', async () => {
      const store = openStore();
      const second = refusal({ at: new Date(atMs + 1), tried: 'save', why: 'not-listed' });
      const first = refusal({ at: new Date(atMs), instance: undefined, channel: '', why: 'other-channel' });
      const third = refusal({ at: new Date(atMs + 2), tried: 'options', why: 'unreadable' });
      expect(await readRefusals(store)).toEqual([]);
      for (const one of [second, first, third]) await store.noteRefusal(one);
      expect(await readRefusals(store)).toEqual([first, second, third]);
      expect(await readAll(store)).toEqual([]);
    });

    test('they are read in portions, each once, also those of one moment', async () => {
      const store = openStore();
      await fewAtOnce([...Array(1_010).keys()], (index) =>
        store.noteRefusal(refusal({ by: `U${index}`, at: new Date(atMs) })),
      );
      const portions: number[] = [];
      for await (const portion of store.refusals()) portions.push(portion.length);
      expect(portions).toEqual([500, 500, 10]);
      expect(new Set((await readRefusals(store)).map(({ by }) => by)).size).toBe(1_010);
    });

    test('older ones are erased, more than one portion, and nothing else', async () => {
      const store = openStore();
      const { id } = await recordTold(store);
      await fewAtOnce([...Array(450).keys()], (index) =>
        store.noteRefusal(refusal({ at: new Date(atMs - index) })),
      );
      const never = new Date(0);
      const erase = (refusalsOf: Date) => store.erase({ numbersOf: never, replyUrlsOf: never, refusalsOf });
      await erase(never);
      expect(await readRefusals(store)).toHaveLength(450);
      await erase(new Date(atMs));
      expect(await readRefusals(store)).toEqual([refusal({ at: new Date(atMs) })]);
      await erase(new Date(atMs + 1));
      expect(await readRefusals(store)).toEqual([]);
      expect(await readAll(store)).toMatchObject([{ id }]);
    });
  });
}
