import { judgeContacts } from './contacts.ts';
import { type Incoming, parseBody } from './incoming.ts';
import { judgeLastSeen } from './last-seen.ts';
import { judgePhoneExists, judgePhoneExistsBatch } from './phone-exists.ts';
import { device, disallowedContacts, me, status } from './reads.ts';
import type { Verdict } from './replies.ts';
import type { FakeZapiOptions, InstanceSeed, WhatsappRegistry } from './types.ts';

/** The options, and the world around the instances. */
export type World = FakeZapiOptions & { whatsapp: WhatsappRegistry };

export type Call = {
  method: 'GET' | 'POST';
  judge(incoming: Incoming, instance: InstanceSeed, world: World): Verdict;
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
      judge: ({ text }, { account }, { whatsapp, strictListChanges = false }) =>
        judgeLastSeen(parseBody(text), account, whatsapp, strictListChanges),
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
  [
    '/phone-exists-batch',
    {
      method: 'POST',
      judge: ({ text }, { account }, { whatsapp }) =>
        judgePhoneExistsBatch(parseBody(text), account, whatsapp),
    },
  ],
  ['/status', { method: 'GET', judge: (_, { account }) => ({ perform: () => status(account) }) }],
  ['/device', { method: 'GET', judge: (_, { account }) => ({ perform: () => device(account) }) }],
  ['/me', { method: 'GET', judge: (_, instance) => ({ perform: () => me(instance) }) }],
]);

// The one call with a parameter in its path.
const phoneExists = /^\/phone-exists\/([^/]+)$/;

export function findCall(path: string): Call | undefined {
  const phone = phoneExists.exec(path)?.[1];
  if (phone === undefined) return calls.get(path);
  return {
    method: 'GET',
    judge: (_, { account }, { whatsapp, phoneExistsAsObject = false }) =>
      judgePhoneExists(phone, account, whatsapp, phoneExistsAsObject),
  };
}
