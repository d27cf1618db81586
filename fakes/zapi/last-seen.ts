import { changeList, createEntryForm, isEachReal, type ListChange, takenChanges } from './except-list.ts';
import { isObjectOf } from './incoming.ts';
import { holdBackList } from './lagging-list.ts';
import { isPhoneNumber } from './phone-number.ts';
import { badRequest, invalidPhone, type Reply, refused, succeeded, type Verdict } from './replies.ts';
import type { WhatsappAccount, WhatsappRegistry, ZapiVisibility } from './types.ts';

type LastSeenChange = { visibility: ZapiVisibility; listChanges: ListChange[] };

// [doc] The four values of visualizationType.
const visibilities: readonly unknown[] = ['ALL', 'NONE', 'CONTACTS', 'CONTACT_BLACKLIST'];

// [inferred] A LID is sent back verbatim.
const lid = /^\d+@lid$/;
const isLid = (value: unknown): value is string => typeof value === 'string' && lid.test(value);

/** Judges the body of `POST /privacy/last-seen`; changes nothing until performed. */
export function judgeLastSeen(
  body: unknown,
  account: WhatsappAccount,
  registry: WhatsappRegistry,
  isStrict: boolean,
): Verdict {
  const change = readChange(body);
  if ('status' in change) return { refusal: change };
  const { visibility, listChanges } = change;
  return {
    perform(fault) {
      // Not known at the real one. It needs WhatsApp for this, so a refusal in the documented shape.
      if (!account.connected) return refused;
      const entryForm = createEntryForm(account, registry);
      // Unknown at the real one: refused whole under the strictest reading, taken without effect otherwise.
      if (isStrict && !isEachReal(account.disallowed, listChanges, entryForm)) return refused;

      if (fault?.kind === 'late') holdBackList(account, fault.delayMs);
      account.lastSeen = visibility;
      // [field] WhatsApp keeps the list when the mode moves on: nothing here empties it.
      const taken = takenChanges(listChanges, fault, entryForm);
      account.disallowed = changeList(account.disallowed, taken, entryForm);
      return succeeded;
    },
  };
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

function isVisibility(value: unknown): value is ZapiVisibility {
  return visibilities.includes(value);
}
