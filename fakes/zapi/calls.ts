import { judgeContacts } from './contacts.ts';
import { type Incoming, parseBody } from './incoming.ts';
import { judgeLastSeen } from './last-seen.ts';
import { device, disallowedContacts, me, status } from './reads.ts';
import type { Verdict } from './replies.ts';
import type { FakeZapiOptions, InstanceSeed } from './types.ts';

export type Call = {
  method: 'GET' | 'POST';
  judge(incoming: Incoming, instance: InstanceSeed, options: FakeZapiOptions): Verdict;
};

/**
 * The calls that exist here, by their path under the instance. None reads the visibility: there is no such call, and
 * GET on `/privacy/last-seen` is a 405 [field].
 */
const calls: ReadonlyMap<string, Call> = new Map<string, Call>([
  [
    '/privacy/last-seen',
    {
      method: 'POST',
      judge: (incoming, { account }, { strictListChanges = false }) =>
        judgeLastSeen(parseBody(incoming.text), account, strictListChanges),
    },
  ],
  [
    '/privacy/disallowed-contacts',
    {
      method: 'GET',
      judge: (incoming, { account }) => ({
        perform: () => disallowedContacts(account, incoming.query.get('type')),
      }),
    },
  ],
  [
    '/contacts',
    {
      method: 'GET',
      judge: ({ query }, { account }, { largestContactsPage }) =>
        judgeContacts(query, account, largestContactsPage),
    },
  ],
  ['/status', { method: 'GET', judge: (_, { account }) => ({ perform: () => status(account) }) }],
  ['/device', { method: 'GET', judge: (_, { account }) => ({ perform: () => device(account) }) }],
  ['/me', { method: 'GET', judge: (_, instance) => ({ perform: () => me(instance) }) }],
]);

export function findCall(path: string): Call | undefined {
  return calls.get(path);
}
