import { createHash } from 'node:crypto';
import { otherBrazilianForm } from './phone-number.ts';
import type { WhatsappRegistry } from './types.ts';

/** A number in the form in which WhatsApp has it, and its private id. */
export type Registration = { phone: string; lid: string };

/** Looks numbers up in the registry as it now stands; undefined for one that is not on WhatsApp. */
export function createLookUp(registry: WhatsappRegistry): (phone: string) => Registration | undefined {
  // Sets, because 50,000 numbers can be asked for at once.
  const notRegistered = new Set(registry.notRegistered);
  const registered = new Set(registry.registered.filter((phone) => !notRegistered.has(phone)));

  function findForm(phone: string): string | undefined {
    const other = otherBrazilianForm(phone);
    if (registered.has(phone)) return phone;
    // [inferred] Brazil's ninth digit: the same mobile may be registered in either form, and which can't be computed.
    if (other !== undefined && registered.has(other)) return other;
    if (notRegistered.has(phone) || (other !== undefined && notRegistered.has(other))) return undefined;
    return phone;
  }

  return (phone) => {
    const form = findForm(phone);
    return form === undefined ? undefined : { phone: form, lid: registry.lids[form] ?? deriveLid(form) };
  };
}

/** [doc] The form of a private id. [inferred] Each number has one, always the same, which does not tell the number. */
function deriveLid(phone: string): string {
  const digest = createHash('sha256').update(phone).digest();
  return `${100_000_000_000_000 + (digest.readUIntBE(0, 6) % 900_000_000_000_000)}@lid`;
}
