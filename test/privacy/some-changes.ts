import type { PrivacyChange, Visibility } from '../../src/privacy/change.ts';
import type { EndedChange, JournalEntry, Submission } from '../../src/privacy/journal-entry.ts';
import type { Phone } from '../../src/privacy/phone.ts';

// Changes to make tests of. What a test is about it says itself; the rest is here.

export const ana = '5511987654321' as Phone;
export const bruno = '5521912345678' as Phone;
export const carla = '14155552671' as Phone;

/** So many numbers of one area, all different. */
export function phones(count: number, area = '11'): Phone[] {
  return Array.from(
    { length: count },
    (_, index) => `55${area}9876${String(index).padStart(5, '0')}` as Phone,
  );
}

export function someChange(
  visibility: Visibility = 'nobody',
  { hide = [], showAgain = [] }: { hide?: readonly string[]; showAgain?: readonly string[] } = {},
): PrivacyChange {
  return { setting: 'last-seen', visibility, hide, showAgain };
}

/** A change of the list of people. */
export function exceptChange(hide: readonly string[], showAgain: readonly string[] = []): PrivacyChange {
  return someChange('contacts-except', { hide, showAgain });
}

/** A change as the journal has it while it is not ended. */
export function someEntry({ change = someChange(), ...fields }: Partial<JournalEntry> = {}): JournalEntry {
  return {
    id: '0d2fh7k3mabc',
    instance: '3C0FFEE',
    change,
    by: 'U0ANA',
    place: { channel: 'C0OPS', replyUrl: 'https://hooks.slack.test/REPLY-SECRET' },
    tellIn: 'C0OPS',
    acceptedAt: new Date('2026-11-23T12:00:00.000Z'),
    named: { hide: change.hide.length, showAgain: change.showAgain.length },
    numbersErased: false,
    ...fields,
  };
}

export function someEnded(fields: Partial<EndedChange> = {}): EndedChange {
  return {
    ...someEntry(fields),
    outcome: fields.outcome ?? { kind: 'applied' },
    endedAt: fields.endedAt ?? new Date('2026-11-23T12:00:01.500Z'),
  };
}

let submissionCount = 0;

/** A submission of a form of its own. */
export function someSubmission(fields: Partial<Submission> = {}): Submission {
  submissionCount += 1;
  return {
    submissionId: `submission-${submissionCount}`,
    formId: `form-${submissionCount}`,
    instance: '3C0FFEE',
    change: someChange(),
    by: 'U0ANA',
    place: { channel: 'C0OPS', replyUrl: 'https://hooks.slack.test/REPLY-SECRET' },
    tellIn: 'C0OPS',
    ...fields,
  };
}
