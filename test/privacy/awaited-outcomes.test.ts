import { expect, test } from '@jest/globals';
import { createAwaitedOutcomes } from '../../src/privacy/awaited-outcomes.ts';
import type { JournalEntry, Outcome } from '../../src/privacy/journal-entry.ts';
import { StoreError } from '../../src/privacy/ports.ts';
import { until } from '../until.ts';
import { someEnded, someEntry } from './some-changes.ts';

const applied: Outcome = { kind: 'applied' };
const failed: Outcome = { kind: 'failed', failure: 'refused' };

/** Outcomes over a journal that shows what the test says, or fails. */
function startAwaiting(shown: () => JournalEntry | undefined = () => someEntry()) {
  const ending = new AbortController();
  let looks = 0;
  const outcomes = createAwaitedOutcomes(
    {
      async find() {
        looks += 1;
        return shown();
      },
    },
    ending.signal,
  );
  return { outcomes, ending, looks: () => looks };
}

test('of a change that has ended it is known', async () => {
  const { outcomes, looks } = startAwaiting();
  await expect(outcomes.of(someEnded({ outcome: failed }))).resolves.toEqual(failed);
  expect(looks()).toBe(0);
});

test('of a change that ends here it is said at once, to everybody who waits', async () => {
  const { outcomes, looks } = startAwaiting();
  const [first, second] = [outcomes.of(someEntry()), outcomes.of(someEntry())];
  outcomes.ended(someEntry().id, applied);
  await expect(Promise.all([first, second])).resolves.toEqual([applied, applied]);
  expect(looks()).toBe(0);
});

test('of a change that ends elsewhere it is found in the journal', async () => {
  let shown = someEntry();
  const { outcomes, looks } = startAwaiting(() => shown);
  const outcome = outcomes.of(shown);
  await until(() => looks() > 0, 'a look');
  shown = someEnded({ outcome: failed });
  await expect(outcome).resolves.toEqual(failed);
});

test('a journal that can not be read is asked again', async () => {
  let looks = 0;
  const { outcomes } = startAwaiting(() => {
    looks += 1;
    if (looks === 1) throw new StoreError('no', 'EIO');
    return looks === 2 ? undefined : someEnded();
  });
  await expect(outcomes.of(someEntry())).resolves.toEqual(applied);
  expect(looks).toBe(3);
});

test('where the bot stops there is none', async () => {
  const { outcomes, ending } = startAwaiting();
  const outcome = outcomes.of(someEntry());
  ending.abort();
  await expect(outcome).resolves.toBeUndefined();
  await expect(outcomes.of(someEntry())).resolves.toBeUndefined();
});

test('nobody is looked after who is not waited for any more', async () => {
  const { outcomes, looks } = startAwaiting(() => someEntry());
  const outcome = outcomes.of(someEntry());
  outcomes.ended(someEntry().id, applied);
  await outcome;
  const other = startAwaiting();
  void other.outcomes.of(someEntry());
  await until(() => other.looks() > 1, 'two looks of another one');
  other.ending.abort();
  expect(looks()).toBeLessThanOrEqual(1);
});

test('what ended and nobody waited for is no matter', () => {
  const { outcomes } = startAwaiting();
  expect(() => outcomes.ended('nobody', applied)).not.toThrow();
});
