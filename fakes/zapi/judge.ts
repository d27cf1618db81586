import { findCall, type World } from './calls.ts';
import type { Incoming } from './incoming.ts';
import {
  clientTokenMissing,
  clientTokenWrong,
  contentTypeMissing,
  instanceNotFound,
  notFound,
  type Verdict,
  wrongMethod,
} from './replies.ts';

// [doc] The form of every path.
const instancePath = /^\/instances\/([^/]+)\/token\/([^/]+)(\/.+)$/;

/**
 * Says what a request deserves, changing nothing. Which refusal the real one gives first is not known; here the secrets
 * come first, so that a stranger learns nothing of the paths.
 */
export function judge(incoming: Incoming, world: World): Verdict {
  const [, instanceId, instanceToken, path] = instancePath.exec(incoming.pathname) ?? [];
  if (path === undefined) return { refusal: notFound };

  if (!incoming.clientToken) return { refusal: clientTokenMissing };
  if (incoming.clientToken !== world.clientToken) return { refusal: clientTokenWrong(incoming.clientToken) };

  const instance = world.instances.find(
    (known) =>
      encodeURIComponent(known.instanceId) === instanceId &&
      encodeURIComponent(known.instanceToken) === instanceToken,
  );
  if (instance === undefined) return { refusal: instanceNotFound };

  const call = findCall(path);
  if (call === undefined) return { refusal: notFound };
  if (call.method !== incoming.method)
    // [doc] 405 on privacy paths; [field] elsewhere the same answer as for an unknown path.
    return { refusal: path.startsWith('/privacy/') ? wrongMethod : notFound };
  // [doc] 415 where it is missing. The same for any but JSON is our strictness.
  if (call.method === 'POST' && !/^application\/json\s*(;|$)/i.test(incoming.contentType ?? ''))
    return { refusal: contentTypeMissing };

  return call.judge(incoming, instance, world);
}
