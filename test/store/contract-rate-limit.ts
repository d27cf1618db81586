import { describe, expect, test } from '@jest/globals';
import type { JournalEntry, Submission } from '../../src/privacy/journal-entry.ts';
import type { ChangeStore } from '../../src/privacy/ports.ts';
import { accepted, claim, newId, readAll, record, submission } from './submissions.ts';

const hourMs = 60 * 60 * 1000;

/** What every store promises of how many changes it accepts within an hour. */
export function describeRateLimit(
  open: () => { store: ChangeStore; execute: (sql: string) => Promise<void> },
): void {
  describe('too many changes', () => {
    const tryRecord = (given: Partial<Submission> = {}) =>
      open().store.record(submission(given), newId, { mostPerHour: 3 });

    const freeAt = (entry: JournalEntry | undefined) =>
      new Date((entry?.acceptedAt.getTime() ?? Number.NaN) + hourMs);

    /** Three changes, which the database says were accepted so long ago. */
    async function recordThree(
      given: (index: number) => Partial<Submission>,
      agesMs: readonly number[] = [],
    ) {
      const { store, execute } = open();
      const entries: JournalEntry[] = [];
      for (const [index, ageMs] of (agesMs.length ? agesMs : [0, 0, 0]).entries()) {
        const { id } = await record(store, given(index));
        await execute(`update changes set accepted_at_ms = accepted_at_ms - ${ageMs} where id = '${id}'`);
        const entry = await store.find(id);
        if (entry) entries.push(entry);
      }
      return entries;
    }

    const byAna = (index: number) => ({ by: 'U0ANA', instance: `i${index}` });
    const ofPadaria = (index: number) => ({ by: `U${index}`, instance: 'padaria' });

    test('of one person are refused, whatever the numbers, until the oldest of as many is an hour old', async () => {
      const ages = [3_000_000, 2_000_000, 1_000_000, 500_000];
      const entries = await recordThree(byAna, ages);
      const until = freeAt(entries[1]);
      expect(await tryRecord({ by: 'U0ANA', instance: 'other' })).toEqual({ tooMany: 'by-person', until });
      expect(await readAll(open().store)).toHaveLength(4);
      expect(await tryRecord({ by: 'U0BEA', instance: 'i0' })).toMatchObject({ isNew: true });
    });

    test('of one number are refused, whoever asks', async () => {
      const [oldest] = await recordThree(ofPadaria, [3_000_000, 2_000_000, 1_000_000]);
      expect(await tryRecord({ by: 'U0BEA' })).toEqual({ tooMany: 'of-number', until: freeAt(oldest) });
      expect(await readAll(open().store)).toHaveLength(3);
      expect(await tryRecord({ by: 'U1', instance: 'other' })).toMatchObject({ isNew: true });
    });

    test.each([
      ['by-person', 1_000, 2_000],
      ['of-number', 2_000, 1_000],
    ])('of two limits the one that lasts longer is told: %s', async (tooMany, ofPersonMs, ofNumberMs) => {
      const ofPerson = await recordThree(byAna, [ofPersonMs, 0, 0]);
      const ofNumber = await recordThree(ofPadaria, [ofNumberMs, 0, 0]);
      const [longer] = tooMany === 'by-person' ? ofPerson : ofNumber;
      expect(await tryRecord({ by: 'U0ANA' })).toEqual({ tooMany, until: freeAt(longer) });
    });

    test('are those of the last hour only', async () => {
      const someAgo = (ageMs: number) => recordThree(() => ({}), [ageMs, 0, 0]);
      await someAgo(hourMs - 30_000);
      expect(await tryRecord()).toHaveProperty('tooMany');
      await open().execute('delete from changes');
      await someAgo(hourMs + 1);
      expect(await tryRecord()).toMatchObject({ isNew: true });
      expect(await tryRecord()).toHaveProperty('tooMany');
    });

    test('are none that lie ahead, where the clock was set back', async () => {
      await recordThree(() => ({}), [-2 * hourMs, 0, 0]);
      expect(await tryRecord()).toMatchObject({ isNew: true });
    });

    test('are not counted where no limit is set', async () => {
      await recordThree(() => ({}));
      expect(accepted(await open().store.record(submission(), newId)).isNew).toBe(true);
      const unset = { mostPerHour: undefined };
      expect(await open().store.record(submission(), newId, unset)).toMatchObject({ isNew: true });
    });

    test('what was promised before is answered with its change all the same', async () => {
      const { store } = open();
      const submitted = submission();
      const { entry } = accepted(await store.record(submitted, newId));
      await recordThree(() => ({}));
      expect(await tryRecord(submitted)).toEqual({ entry, isNew: false });
      const sameForm = { formId: submitted.formId };
      expect(await tryRecord(sameForm)).toEqual({ entry, isNew: false });
      const { claim: held } = await claim(store);
      await store.end(held, { kind: 'applied' }, new Date());
      expect(await tryRecord(submitted)).toMatchObject({ entry: { id: entry.id }, isNew: false });
      expect(await tryRecord(sameForm)).toHaveProperty('tooMany');
    });

    test('never keep anybody from undoing one; an undo counts for what comes after', async () => {
      const [first] = await recordThree(() => ({}));
      for (let count = 0; count < 3; count += 1) {
        expect(await tryRecord({ undoes: first?.id })).toMatchObject({ isNew: true });
      }
      const [oldestUndo] = (await readAll(open().store)).slice(-3);
      expect(await tryRecord()).toEqual({ tooMany: 'by-person', until: freeAt(oldestUndo) });
    });
  });
}
