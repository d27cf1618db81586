import { expect, test } from '@jest/globals';
import type { JournalEntry, Outcome } from '../../src/privacy/journal-entry.ts';
import { StoreError } from '../../src/privacy/ports.ts';
import { createSettingMemory } from '../../src/privacy/setting-memory.ts';
import { settingIds } from '../../src/privacy/settings.ts';
import { someEnded } from './some-changes.ts';

/** A journal whose newest change of each number is what the test says. */
function startMemory() {
  const newest = new Map<string, JournalEntry | Error>();
  function find(instance: string): JournalEntry | undefined {
    const found = newest.get(instance);
    if (found instanceof Error) throw found;
    return found;
  }
  const memory = createSettingMemory({
    newest: async ({ instance }) => find(instance),
    newestOfEach: async ({ instances }) => instances.map(find).filter((entry) => entry !== undefined),
  });
  return { memory, newest };
}

test('what was not read yet is told from what the bot never set', async () => {
  const { memory } = startMemory();
  expect(memory.known('A', 'last-seen')).toBe('unread');
  await expect(memory.read('A', 'last-seen')).resolves.toBe('never');
  expect(memory.known('A', 'last-seen')).toBe('never');
});

test('what ended here is known at once, and no older reading takes its place', async () => {
  const { memory, newest } = startMemory();
  newest.set('A', someEnded({ id: '1' }));
  memory.note(someEnded({ id: '2' }));
  const { instance } = someEnded();
  expect(memory.known(instance, 'last-seen')).toMatchObject({ id: '2' });
  newest.set(instance, someEnded({ id: '1' }));
  await expect(memory.read(instance, 'last-seen')).resolves.toMatchObject({ id: '2' });
  newest.set(instance, someEnded({ id: '3' }));
  await expect(memory.read(instance, 'last-seen')).resolves.toMatchObject({ id: '3' });
});

test.each<Outcome>([{ kind: 'failed', failure: 'refused' }, { kind: 'expired' }])(
  'what was not made changes nothing that is known: %j',
  async (outcome) => {
    const { memory } = startMemory();
    const { instance } = someEnded();
    memory.note(someEnded({ id: '1' }));
    memory.note(someEnded({ id: '2', outcome }));
    expect(memory.known(instance, 'last-seen')).toMatchObject({ id: '1' });
  },
);

test('what was read last is known, for each number by itself', async () => {
  const { memory, newest } = startMemory();
  const [first, second] = ['1', '2'].map((id) => someEnded({ id, instance: 'A' }));
  const other = someEnded({ id: '3', instance: 'B' });
  newest.set('A', first as JournalEntry);
  newest.set('B', other);
  await memory.readAll(['A', 'B', 'C']);
  newest.set('A', second as JournalEntry);
  expect(memory.known('A', 'last-seen')).toBe(first);
  await expect(memory.read('A', 'last-seen')).resolves.toBe(second);
  expect(memory.known('A', 'last-seen')).toBe(second);
  expect(memory.known('B', 'last-seen')).toBe(other);
  expect(memory.known('C', 'last-seen')).toBe('never');
});

test('reading all reads every setting', async () => {
  const { memory, newest } = startMemory();
  newest.set('A', someEnded({ instance: 'A' }));
  await memory.readAll(['A']);
  for (const setting of settingIds) expect(memory.known('A', setting)).toMatchObject({ instance: 'A' });
});

test('what could not be read stays as it was known', async () => {
  const { memory, newest } = startMemory();
  const entry = someEnded({ instance: 'A' });
  newest.set('A', entry);
  await memory.readAll(['A']);
  const failure = new StoreError('no', 'EIO');
  newest.set('A', failure);
  await expect(memory.read('A', 'last-seen')).rejects.toBe(failure);
  await expect(memory.readAll(['A'])).rejects.toBe(failure);
  expect(memory.known('A', 'last-seen')).toBe(entry);
});
