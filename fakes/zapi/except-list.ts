import { isPhoneNumber } from './phone-number.ts';
import type { ListFault, WhatsappAccount, WhatsappRegistry } from './types.ts';
import { createLookUp } from './whatsapp-registry.ts';

export type ListChange = { action: 'add' | 'remove'; phone: string };

/**
 * How an account's list writes a number or a private id. [inferred] WhatsApp may write a number that it knows as its
 * `…@lid`, so that either of them names the same entry. Otherwise verbatim.
 *
 * Limit: Brazil's two forms of one number are two here, and only the one that WhatsApp has leads to the private id. So
 * a change in the wrong form misses its entry, as the strictest reading of the facts has it.
 */
export function createEntryForm(
  account: WhatsappAccount,
  registry: WhatsappRegistry,
): (phone: string) => string {
  if (!account.listsAsLid) return (phone) => phone;
  const lookUp = createLookUp(registry);
  return (phone) => {
    // [doc] A number that is not on WhatsApp has no private id.
    const registration = isPhoneNumber(phone) ? lookUp(phone) : undefined;
    return registration?.phone === phone ? registration.lid : phone;
  };
}

/** Whether none of the changes is already true when its turn comes. */
export function isEachReal(
  list: readonly string[],
  changes: readonly ListChange[],
  entryForm: (phone: string) => string,
): boolean {
  const entries = new Set(list.map(entryForm));
  return changes.every(({ action, phone }) => {
    const form = entryForm(phone);
    const isReal = entries.has(form) === (action === 'remove');
    if (action === 'add') entries.add(form);
    else entries.delete(form);
    return isReal;
  });
}

/** The list after the changes: [doc] changes, not the whole list. One that is already true does nothing. */
export function changeList(
  list: readonly string[],
  changes: readonly ListChange[],
  entryForm: (phone: string) => string,
): string[] {
  const entries = new Map(list.map((entry) => [entryForm(entry), entry]));
  for (const { action, phone } of changes) {
    const form = entryForm(phone);
    if (action === 'remove') entries.delete(form);
    else if (!entries.has(form)) entries.set(form, form);
  }
  return [...entries.values()];
}

/** The changes that are made under a fault. */
export function takenChanges(
  changes: readonly ListChange[],
  fault: ListFault | undefined,
  entryForm: (phone: string) => string,
): readonly ListChange[] {
  if (fault?.kind !== 'not-taken') return changes;
  if (fault.phones === undefined) return [];
  const left = new Set(fault.phones.map(entryForm));
  return changes.filter(({ phone }) => !left.has(entryForm(phone)));
}
