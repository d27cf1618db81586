import { describe, expect, test } from '@jest/globals';
import type { PrivacyChange } from '../../../src/privacy/change.ts';
import type { EndedChange } from '../../../src/privacy/journal-entry.ts';
import type { NoUndo } from '../../../src/privacy/undo.ts';
import { messagesIn } from '../../../src/slack/messages/messages-in.ts';
import {
  ana,
  bruno,
  exceptChange,
  phones,
  someChange,
  someEnded,
  someEntry,
} from '../../privacy/some-changes.ts';

const { buttons, noUndoText, readingChange, tryingAgain, undoConsequences } = messagesIn('en').undo;
const { undoEndedElsewhere, undoing, unknownChange } = messagesIn('en').undo;

const id = '0d2fh7k3mabc';
const newer = { id: '0d2fh7k3mxyz', by: 'U0BRUNO' };

test.each<[PrivacyChange, boolean, string]>([
  [someChange('everyone'), false, 'Who can see last seen goes back to: Everyone.'],
  [
    someChange('nobody'),
    true,
    'Who can see last seen goes back to: Nobody. The list of people stays as it is; it has no effect then.',
  ],
  [exceptChange([]), false, 'Who can see last seen goes back to: My contacts except…'],
  [
    exceptChange([ana, bruno], ['1']),
    false,
    'Who can see last seen goes back to: My contacts except… Shown again to: 1. Hidden from: 2.',
  ],
])('the question says what undoing would do: %j, which leaves the list: %s', (change, leavesList, text) => {
  expect(undoConsequences(change, leavesList)).toBe(text);
});

test('the question names the number, where there are several', () => {
  expect(undoConsequences(exceptChange([ana]), false, 'Sales')).toBe(
    'On Sales, who can see last seen goes back to: My contacts except… Hidden from: 1.',
  );
});

describe('where there is no undo', () => {
  const all: NoUndo[] = [
    { kind: 'not-applied' },
    { kind: 'newer', newer: someEnded(newer) },
    { kind: 'newer', newer: someEntry(newer) },
    { kind: 'undone', by: someEnded(newer) },
    { kind: 'before-unknown' },
    { kind: 'list-unknown' },
    { kind: 'nothing-changed' },
  ];

  test.each(all)('it is said of which change, and that nothing was changed: $kind', (why) => {
    expect(noUndoText(someEntry({ id }), why)).toContain(`Change \`${id}\``);
    expect(noUndoText(someEntry({ id }), why)).toMatch(/Nothing was changed( now)?\./);
  });

  test('each reason has words of its own', () => {
    expect(new Set(all.map((why) => noUndoText(someEntry({ id }), why))).size).toBe(all.length);
  });

  test.each<[NoUndo, string]>([
    [{ kind: 'newer', newer: someEnded(newer) }, 'followed by change `0d2fh7k3mxyz` of <@U0BRUNO>'],
    [{ kind: 'newer', newer: someEnded(newer) }, 'Choose what you want with `/lastseen`.'],
    [{ kind: 'newer', newer: someEntry(newer) }, 'change `0d2fh7k3mxyz` of <@U0BRUNO> is under way'],
    [{ kind: 'newer', newer: someEntry(newer) }, 'Wait for it, then look again.'],
    [{ kind: 'undone', by: someEnded(newer) }, 'by <@U0BRUNO> with change `0d2fh7k3mxyz`'],
    [{ kind: 'before-unknown' }, 'Choose what you want with `/lastseen`.'],
    [{ kind: 'list-unknown' }, 'Choose what you want with `/lastseen`.'],
  ])('it is said which change it is, or what to do: %#', (why, words) => {
    expect(noUndoText(someEntry({ id }), why)).toContain(words);
  });

  test('no number is given away', () => {
    const change = exceptChange(phones(3));
    for (const why of [
      { kind: 'newer', newer: someEnded({ ...newer, change }) },
      { kind: 'undone', by: someEnded({ ...newer, change }) },
    ] satisfies NoUndo[])
      expect(noUndoText(someEntry({ id }), why)).not.toMatch(/\d{5}|hooks/);
  });
});

test('whoever undoes is told where the team reads of it', () => {
  expect(undoing(id)).toBe(`Undoing change \`${id}\`… The outcome is posted for your team.`);
  expect(undoEndedElsewhere(id, 'C0AUDIT')).toContain('posted in <#C0AUDIT>.');
});

test.each<[string, Partial<EndedChange>, number, string]>([
  ['so', { outcome: { kind: 'expired' } }, 0, 'Nothing was changed yet.'],
  [
    'that its numbers are gone',
    { outcome: { kind: 'expired' }, numbersErased: true },
    0,
    'Nothing was changed yet. Its phone numbers were erased after a while: type them again.',
  ],
  [
    'that it may have been made',
    { outcome: { kind: 'unknown', failure: 'timeout' } },
    0,
    'It is not known whether it was made: look on the phone first (Settings → Privacy → Last seen and online). Saving makes it again.',
  ],
  [
    'what does not fit, where it is one',
    { outcome: { kind: 'expired' } },
    1,
    'Nothing was changed yet. *1 of its numbers does not fit here and was left out.* Save these, then the rest.',
  ],
  [
    'what does not fit',
    { outcome: { kind: 'expired' } },
    3,
    'Nothing was changed yet. *3 of its numbers do not fit here and were left out.* Save these, then the rest.',
  ],
])('a form that tries a change again says %s', (_what, fields, leftOut, text) => {
  const change = someEnded({ id, ...fields });
  expect(tryingAgain(change, leftOut)).toBe(`:repeat: This is change \`${id}\` again. ${text}`);
});

test('a change that is not there is said not to be, and how to find one', () => {
  expect(unknownChange).toMatch(/Nothing was changed\..*`\/lastseen history`/);
});

test('every text is shorter than what Slack takes', () => {
  const { question, confirm, deny, undo, tryAgain } = buttons;
  expect(question.length).toBeLessThanOrEqual(100);
  for (const word of [confirm, deny]) expect(word.length).toBeLessThanOrEqual(30);
  for (const word of [undo, tryAgain]) expect(word.length).toBeLessThanOrEqual(75);
  const label = 'x'.repeat(60);
  const text = undoConsequences(exceptChange(phones(300), phones(300)), true, label);
  expect(text).toMatch(/^On x+…, who can see last seen goes back to: /);
  expect(text.length).toBeLessThanOrEqual(300);
  expect(readingChange.length).toBeLessThanOrEqual(3000);
});
