import { isObjectOf } from './incoming.ts';
import { isPhoneNumber } from './phone-number.ts';
import { badRequest, invalidPhone, type Reply, refused, succeeded, type Verdict } from './replies.ts';
import type { WhatsappAccount, ZapiVisibility } from './types.ts';

type ListChange = { action: 'add' | 'remove'; phone: string };
type LastSeenChange = { visibility: ZapiVisibility; listChanges: ListChange[] };

// [doc] The four values of visualizationType.
const visibilities: readonly unknown[] = ['ALL', 'NONE', 'CONTACTS', 'CONTACT_BLACKLIST'];

// [inferred] A LID is sent back verbatim.
const lid = /^\d+@lid$/;
const isLid = (value: unknown): value is string => typeof value === 'string' && lid.test(value);

/** Judges the body of `POST /privacy/last-seen`; changes nothing until performed. */
export function judgeLastSeen(body: unknown, account: WhatsappAccount, isStrict: boolean): Verdict {
  const change = readChange(body);
  if ('status' in change) return { refusal: change };
  return { perform: () => apply(change, account, isStrict) };
}

function readChange(body: unknown): LastSeenChange | Reply {
  // Our strictness: the documented keys, and no others.
  if (!isObjectOf(body, ['visualizationType', 'contactsBlacklist'])) return badRequest('Invalid body');
  const { visualizationType, contactsBlacklist } = body;
  if (!isVisibility(visualizationType)) return badRequest('Invalid visualizationType');
  // [doc] Optional. What the real one does when the stored list is empty as well is not known: taken here.
  if (contactsBlacklist === undefined) return { visibility: visualizationType, listChanges: [] };
  // [doc] Only with CONTACT_BLACKLIST.
  if (visualizationType !== 'CONTACT_BLACKLIST' || !Array.isArray(contactsBlacklist))
    return badRequest('Invalid contactsBlacklist');

  const listChanges: ListChange[] = [];
  for (const entry of contactsBlacklist) {
    if (!isObjectOf(entry, ['action', 'phone'])) return badRequest('Invalid contactsBlacklist');
    const { action, phone } = entry;
    if (action !== 'add' && action !== 'remove') return badRequest('Invalid action');
    if (!isPhoneNumber(phone) && !isLid(phone)) return invalidPhone;
    listChanges.push({ action, phone });
  }
  return { visibility: visualizationType, listChanges };
}

function apply(change: LastSeenChange, account: WhatsappAccount, isStrict: boolean): Reply {
  // Not known at the real one. It needs WhatsApp for this, so a refusal in the documented shape.
  if (!account.connected) return refused;

  // [doc] contactsBlacklist holds changes, not the whole list. Limit: Brazil's two forms of one number are two here.
  const list = [...account.disallowed];
  for (const { action, phone } of change.listChanges) {
    const position = list.indexOf(phone);
    const isAlreadyTrue = position >= 0 === (action === 'add');
    // Unknown at the real one: refused whole under the strictest reading, taken without effect otherwise.
    if (isAlreadyTrue && isStrict) return refused;
    if (isAlreadyTrue) continue;
    if (action === 'add') list.push(phone);
    else list.splice(position, 1);
  }

  account.lastSeen = change.visibility;
  // [field] WhatsApp keeps the list when the mode moves on: nothing here empties it.
  account.disallowed = list;
  return succeeded;
}

function isVisibility(value: unknown): value is ZapiVisibility {
  return visibilities.includes(value);
}
