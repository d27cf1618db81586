import { describe, expect, test } from '@jest/globals';
import { type PrivacyChange, visibilities } from '../../src/privacy/change.ts';
import type { JournalEntry, Outcome } from '../../src/privacy/journal-entry.ts';
import { isStillNewest, planUndo } from '../../src/privacy/undo.ts';
import { ana, bruno, exceptChange, someChange, someEntry } from './some-changes.ts';

const applied: Outcome = { kind: 'applied' };
const unknown: Outcome = { kind: 'unknown', failure: 'timeout' };
const failed: Outcome = { kind: 'failed', failure: 'refused' };

/** A journal of these changes, oldest first: ids follow from the order. */
function journalOf(...given: Partial<JournalEntry>[]) {
  const entries = given.map((fields, index) => someEntry({ id: `id-${index}`, ...fields }));
  return {
    entries,
    last: entries.at(-1) as JournalEntry,
    async newest({
      instance,
      setting,
      before,
      underWay = false,
    }: {
      instance: string;
      setting: string;
      before?: string;
      underWay?: boolean;
    }) {
      return entries.findLast(
        (entry) =>
          entry.instance === instance &&
          entry.change.setting === setting &&
          (before === undefined || entry.id < before) &&
          (entry.outcome ? ['applied', 'unknown'].includes(entry.outcome.kind) : underWay),
      );
    },
  };
}

const made = (change: PrivacyChange, fields: Partial<JournalEntry> = {}): Partial<JournalEntry> => ({
  change,
  outcome: applied,
  ...fields,
});

describe('an undo', () => {
  const others = visibilities.filter((visibility) => visibility !== 'contacts-except');

  test.each(others.flatMap((from) => others.filter((to) => to !== from).map((to) => [from, to] as const)))(
    'of %s after %s brings back what was before',
    async (to, from) => {
      const journal = journalOf(made(someChange(from)), made(someChange(to)));
      await expect(planUndo(journal, journal.last, { underWay: true })).resolves.toEqual({
        ok: true,
        change: someChange(from),
      });
    },
  );

  test.each<[string, Partial<JournalEntry>[], PrivacyChange]>([
    [
      'of a list gives back what changed in truth, the other way round',
      [
        made(exceptChange([])),
        made(exceptChange([ana, bruno], ['1']), { realChanges: { hide: [bruno], showAgain: ['1'] } }),
      ],
      exceptChange(['1'], [bruno]),
    ],
    [
      'of a list in use after another choice leaves the list, which then has no effect',
      [
        made(someChange('nobody')),
        made(exceptChange([ana]), { realChanges: { hide: [ana], showAgain: [] } }),
      ],
      someChange('nobody'),
    ],
    [
      'of another choice after a list in use brings the list back as it is',
      [
        made(exceptChange([ana]), { realChanges: { hide: [ana], showAgain: [] } }),
        made(someChange('nobody')),
      ],
      exceptChange([]),
    ],
    [
      'of a choice of the list alone after another choice needs no list',
      [made(someChange('everyone')), made(exceptChange([]))],
      someChange('everyone'),
    ],
    [
      'passes over what was not made in between',
      [
        made(someChange('everyone')),
        { change: someChange('contacts'), outcome: failed },
        { change: someChange('contacts'), outcome: { kind: 'expired' } },
        made(someChange('nobody')),
      ],
      someChange('everyone'),
    ],
    [
      'passes over another number',
      [
        made(someChange('everyone')),
        made(someChange('contacts'), { instance: 'OTHER' }),
        made(someChange('nobody')),
      ],
      someChange('everyone'),
    ],
    [
      'of an undo makes the change again',
      [
        made(exceptChange([])),
        made(exceptChange([ana]), { realChanges: { hide: [ana], showAgain: [] } }),
        made(exceptChange([], [ana]), {
          realChanges: { hide: [], showAgain: [ana] },
          named: { hide: 0, showAgain: 1 },
          undoes: 'id-1',
        }),
      ],
      exceptChange([ana]),
    ],
  ])('%s', async (_what, given, change) => {
    const journal = journalOf(...given);
    await expect(planUndo(journal, journal.last, { underWay: true })).resolves.toEqual({ ok: true, change });
  });
});

describe('there is no undo', () => {
  const contacts = made(someChange('contacts'));
  const nobody = made(someChange('nobody'));

  test.each<[string, Partial<JournalEntry>[], number, object]>([
    ['of a change that failed', [contacts, { outcome: failed }], 1, { kind: 'not-applied' }],
    ['of a change that may have failed', [contacts, { outcome: unknown }], 1, { kind: 'not-applied' }],
    [
      'of a change that came too late',
      [contacts, { outcome: { kind: 'expired' } }],
      1,
      { kind: 'not-applied' },
    ],
    ['of a change under way', [contacts, {}], 1, { kind: 'not-applied' }],
    [
      'after another change',
      [contacts, nobody, made(someChange('everyone'))],
      1,
      { kind: 'newer', newer: { id: 'id-2' } },
    ],
    [
      'after another change that was perhaps made',
      [contacts, nobody, { outcome: unknown }],
      1,
      { kind: 'newer', newer: { id: 'id-2' } },
    ],
    [
      'while another change is under way',
      [contacts, nobody, {}],
      1,
      { kind: 'newer', newer: { id: 'id-2' } },
    ],
    [
      'while it is being undone',
      [contacts, nobody, { undoes: 'id-1' }],
      1,
      { kind: 'newer', newer: { id: 'id-2' } },
    ],
    [
      'when it was undone',
      [contacts, nobody, made(someChange('contacts'), { undoes: 'id-1' })],
      1,
      { kind: 'undone', by: { id: 'id-2' } },
    ],
    [
      'when it was perhaps undone',
      [contacts, nobody, { undoes: 'id-1', outcome: unknown }],
      1,
      { kind: 'newer', newer: { id: 'id-2' } },
    ],
    ['where the bot set nothing before', [nobody], 0, { kind: 'before-unknown' }],
    [
      'where what was set before is not known',
      [contacts, { outcome: unknown }, nobody],
      2,
      { kind: 'before-unknown' },
    ],
    [
      'where who was on the list before is not known',
      [made(exceptChange([])), made(exceptChange([ana]))],
      1,
      { kind: 'list-unknown' },
    ],
    [
      'where the numbers were erased',
      [
        made(exceptChange([])),
        made(exceptChange([]), { named: { hide: 1, showAgain: 0 }, numbersErased: true }),
      ],
      1,
      { kind: 'list-unknown' },
    ],
    ['of what was so before', [contacts, contacts], 1, { kind: 'nothing-changed' }],
    [
      'of a list that was so before',
      [made(exceptChange([])), made(exceptChange([ana]), { realChanges: { hide: [], showAgain: [] } })],
      1,
      { kind: 'nothing-changed' },
    ],
  ])('%s', async (_when, given, index, why) => {
    const journal = journalOf(...given);
    const undo = await planUndo(journal, journal.entries[index] as JournalEntry, { underWay: true });
    expect(undo).toMatchObject({ ok: false, why });
  });

  test('a change under way stands in the way only of who asks for it', async () => {
    const journal = journalOf(contacts, nobody, {});
    const undo = await planUndo(journal, journal.entries[1] as JournalEntry, { underWay: false });
    expect(undo).toEqual({ ok: true, change: someChange('contacts') });
  });

  test('an undo that failed leaves the change to be undone', async () => {
    const journal = journalOf(contacts, nobody, { undoes: 'id-1', outcome: failed });
    const undo = await planUndo(journal, journal.entries[1] as JournalEntry, { underWay: true });
    expect(undo).toEqual({ ok: true, change: someChange('contacts') });
  });
});

test.each<[string, Partial<JournalEntry>[], boolean]>([
  ['nothing came between', [made(someChange()), { undoes: 'id-0' }], true],
  ['another change was made', [made(someChange()), made(someChange()), { undoes: 'id-0' }], false],
  ['another change was perhaps made', [made(someChange()), { outcome: unknown }, { undoes: 'id-0' }], false],
  ['another change failed', [made(someChange()), { outcome: failed }, { undoes: 'id-0' }], true],
  [
    'another number was changed',
    [made(someChange()), made(someChange(), { instance: 'OTHER' }), { undoes: 'id-0' }],
    true,
  ],
  [
    'another undo of it was made',
    [made(someChange()), made(someChange(), { undoes: 'id-0' }), { undoes: 'id-0' }],
    false,
  ],
])('an undo is still of the newest change, or is not: %s', async (_what, given, expected) => {
  const journal = journalOf(...given);
  await expect(isStillNewest(journal, journal.last)).resolves.toBe(expected);
});

test('what comes after an undo does not overtake it', async () => {
  const journal = journalOf(made(someChange()), { undoes: 'id-0' }, made(someChange()));
  await expect(isStillNewest(journal, journal.entries[1] as JournalEntry)).resolves.toBe(true);
});
