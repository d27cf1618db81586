import { expect, test } from '@jest/globals';
import { type Visibility, visibilities } from '../../src/privacy/change.ts';
import type { LastSet } from '../../src/privacy/setting-memory.ts';
import { letsMoreSee } from '../../src/privacy/visibility-order.ts';
import { ana, exceptChange, someChange, someEnded, someEntry } from './some-changes.ts';

const setTo = (visibility: Visibility): LastSet => someEnded({ change: someChange(visibility) });

test.each<[Visibility, Visibility[]]>([
  ['nobody', ['contacts-except', 'contacts', 'everyone']],
  ['contacts-except', ['contacts', 'everyone']],
  ['contacts', ['everyone']],
  ['everyone', []],
])('from %s, more people might see it with %j', (before, more) => {
  const letting = visibilities.filter((next) => letsMoreSee(someChange(next), setTo(before)));
  expect(letting.sort()).toEqual(more.sort());
});

test.each<[string, LastSet]>([
  ['never set', 'never'],
  ['unread', 'unread'],
  [
    'perhaps set',
    someEnded({ change: someChange('everyone'), outcome: { kind: 'unknown', failure: 'timeout' } }),
  ],
  ['being set', someEntry({ change: someChange('everyone') })],
])('from what is %s, any choice but nobody might let more see it', (_what, last) => {
  expect(visibilities.filter((next) => !letsMoreSee(someChange(next), last))).toEqual(['nobody']);
});

test.each<[string, boolean, LastSet]>([
  ['the list', true, setTo('contacts-except')],
  ['everyone', true, setTo('everyone')],
])('whoever is shown it again sees more, whatever was set: %s', (_what, expected, last) => {
  expect(letsMoreSee(exceptChange([], [ana]), last)).toBe(expected);
});

test('whoever is hidden from sees less', () => {
  expect(letsMoreSee(exceptChange([ana]), setTo('contacts-except'))).toBe(false);
  expect(letsMoreSee(exceptChange([ana]), setTo('nobody'))).toBe(true);
});
