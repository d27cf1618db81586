import { type Incoming, parseBody } from './incoming.ts';
import { judgeLastSeen } from './last-seen.ts';
import { device, disallowedContacts, me, status } from './reads.ts';
import {
  clientTokenMissing,
  clientTokenWrong,
  contentTypeMissing,
  instanceNotFound,
  notFound,
  type Verdict,
  wrongMethod,
} from './replies.ts';
import type { FakeZapiOptions, InstanceSeed } from './types.ts';

type Call = {
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
  ['/status', { method: 'GET', judge: (_, { account }) => ({ perform: () => status(account) }) }],
  ['/device', { method: 'GET', judge: (_, { account }) => ({ perform: () => device(account) }) }],
  ['/me', { method: 'GET', judge: (_, instance) => ({ perform: () => me(instance) }) }],
]);

// [doc] The form of every path.
const instancePath = /^\/instances\/([^/]+)\/token\/([^/]+)(\/.+)$/;

/**
 * Says what a request deserves, changing nothing. Which refusal the real one gives first is not known; here the secrets
 * come first, so that a stranger learns nothing of the paths.
 */
export function judge(incoming: Incoming, options: FakeZapiOptions): Verdict {
  const [, instanceId, instanceToken, path] = instancePath.exec(incoming.pathname) ?? [];
  if (path === undefined) return { refusal: notFound };

  if (!incoming.clientToken) return { refusal: clientTokenMissing };
  if (incoming.clientToken !== options.clientToken)
    return { refusal: clientTokenWrong(incoming.clientToken) };

  const instance = options.instances.find(
    (known) =>
      encodeURIComponent(known.instanceId) === instanceId &&
      encodeURIComponent(known.instanceToken) === instanceToken,
  );
  if (instance === undefined) return { refusal: instanceNotFound };

  const call = calls.get(path);
  if (call === undefined) return { refusal: notFound };
  if (call.method !== incoming.method)
    // [doc] 405 on privacy paths; [field] elsewhere the same answer as for an unknown path.
    return { refusal: path.startsWith('/privacy/') ? wrongMethod : notFound };
  // [doc] 415 where it is missing. The same for any but JSON is our strictness.
  if (call.method === 'POST' && !/^application\/json\s*(;|$)/i.test(incoming.contentType ?? ''))
    return { refusal: contentTypeMissing };

  return call.judge(incoming, instance, options);
}
