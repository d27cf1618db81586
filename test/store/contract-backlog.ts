import { describe, expect, test } from '@jest/globals';
import type { ChangeStore } from '../../src/privacy/ports.ts';
import { claim, claimToTell, record, recordTold } from './submissions.ts';

/** What every store promises to say of what is not done. */
export function describeBacklog(store: () => ChangeStore): void {
  describe('what is not done', () => {
    const nothing = { count: 0, oldest: undefined };

    test('nothing waits in an empty journal, or where all was told', async () => {
      expect(await store().backlog()).toEqual({ toApply: nothing, toTell: nothing });
      await recordTold(store());
      expect(await store().backlog()).toEqual({ toApply: nothing, toTell: nothing });
    });

    test('a change waits to be applied since it was accepted, also while somebody has it', async () => {
      const first = await record(store());
      await record(store(), { instance: 'another', tellIn: 'C0OTHER' });
      const toApply = { count: 2, oldest: first.acceptedAt };
      expect(await store().backlog()).toEqual({ toApply, toTell: nothing });
      await claim(store());
      expect(await store().backlog()).toEqual({ toApply, toTell: nothing });
    });

    test('a change waits to be told since it ended, whichever was accepted first', async () => {
      const [earlier, later] = [new Date(1_764_000_000_123), new Date(1_764_000_060_123)];
      await record(store());
      const last = await record(store(), { instance: 'another', tellIn: 'C0OTHER' });
      await store().end((await claim(store(), 'another')).claim, { kind: 'applied' }, earlier);
      await store().end((await claim(store())).claim, { kind: 'expired' }, later);
      const { claim: telling, entry } = await claimToTell(store(), 'C0OTHER');
      expect(entry.id).toBe(last.id);
      expect(await store().backlog()).toEqual({ toApply: nothing, toTell: { count: 2, oldest: earlier } });
      await store().noteTold(telling, 'not-told', new Date());
      expect(await store().backlog()).toEqual({ toApply: nothing, toTell: { count: 1, oldest: later } });
    });
  });
}
