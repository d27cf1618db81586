import { readList } from './lagging-list.ts';
import { badRequest, jsonReply, type Reply, refused } from './replies.ts';
import type { InstanceSeed, WhatsappAccount } from './types.ts';

/** `GET /status` */
export function status({ connected }: WhatsappAccount): Reply {
  return jsonReply(200, {
    connected,
    // [doc] `error` is filled even when all is well. What it says when not connected is not known, nor is the status.
    error: connected ? 'You are already connected' : 'You are not connected',
    smartphoneConnected: connected,
  });
}

/** `GET /device`. Limit: the three keys that the facts name. */
export function device({ phone, name }: WhatsappAccount): Reply {
  return jsonReply(200, { phone, name, isBusiness: false });
}

/** `GET /me`. Limit: the keys that the facts name; what `due` and `paymentStatus` hold is not known, so invented. */
export function me({ instanceId, instanceToken, account }: InstanceSeed): Reply {
  return jsonReply(200, {
    id: instanceId,
    // [doc] The body holds the instance token.
    token: instanceToken,
    name: account.name,
    due: account.plan?.due ?? 4102444800000,
    connected: account.connected,
    paymentStatus: account.plan?.paymentStatus ?? 'PAID',
  });
}

/** `GET /privacy/disallowed-contacts?type=` */
export function disallowedContacts(account: WhatsappAccount, type: string | null): Reply {
  // [doc] Each privacy setting has a list of its own. Limit: only last seen can be changed here, so the rest are empty.
  const lists = new Map<string, readonly string[]>([
    ['lastSeen', readList(account)],
    ['photo', []],
    ['description', []],
    ['groupAdd', []],
  ]);
  // [doc] `type` is required; how its absence is refused is not known. That a type which is not documented is refused
  // as well is our strictness.
  const list = lists.get(type ?? '');
  if (list === undefined) return badRequest('Invalid type');
  // Not known at the real one: it has to ask WhatsApp for the list, so refused as a change is.
  if (!account.connected) return refused;
  return jsonReply(200, { disallowedContacts: list });
}
