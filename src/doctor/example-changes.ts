import type { PrivacyChange, Visibility } from '../privacy/change.ts';
import type { EndedChange, Outcome } from '../privacy/journal-entry.ts';
import type { Phone } from '../privacy/phone.ts';
import type { NamedNumber } from '../slack/messages/formatting.ts';

// A change that nobody made, for views and messages that nobody sees. The numbers are of no country.

const hide = ['99900000001', '99900000002'];
const showAgain = ['99900000003', '123456789012345@lid'];

export const exampleNumber: NamedNumber = {
  label: 'Sales',
  own: { phone: '99900000000' as Phone, name: 'Sales' },
};

export const examplePeople = [...hide, ...showAgain];

export function exampleChange(visibility: Visibility): PrivacyChange {
  const isList = visibility === 'contacts-except';
  return { setting: 'last-seen', visibility, hide: isList ? hide : [], showAgain: isList ? showAgain : [] };
}

export function exampleEnded(outcome: Outcome, visibility: Visibility = 'contacts-except'): EndedChange {
  const change = exampleChange(visibility);
  const at = new Date('2026-11-24T12:00:00.000Z');
  return {
    id: '0d2fh7k3mabc',
    instance: 'EXAMPLE',
    change,
    realChanges: change,
    by: 'U0EXAMPLE',
    place: { channel: 'C0EXAMPLE', replyUrl: '' },
    tellIn: 'C0EXAMPLE',
    acceptedAt: at,
    endedAt: at,
    named: { hide: change.hide.length, showAgain: change.showAgain.length },
    numbersErased: false,
    outcome,
  };
}
