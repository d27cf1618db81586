import { isPhoneNumber } from './phone-number.ts';
import type { WhatsappAccount, WhatsappRegistry } from './types.ts';
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

/**
 * The list after the changes: [doc] changes, not the whole list. A change that is already true does nothing; where
 * strict, the list is undefined then.
 */
export function changeList(
  list: readonly string[],
  changes: readonly ListChange[],
  entryForm: (phone: string) => string,
  isStrict = false,
): string[] | undefined {
  const entries = new Map(list.map((entry) => [entryForm(entry), entry]));
  for (const { action, phone } of changes) {
    const form = entryForm(phone);
    const isAlreadyTrue = entries.has(form) === (action === 'add');
    if (isAlreadyTrue && isStrict) return undefined;
    if (isAlreadyTrue) continue;
    if (action === 'add') entries.set(form, form);
    else entries.delete(form);
  }
  return [...entries.values()];
}
