import type { AccessRule } from './access.ts';
import { type ContactBook, createContactBook } from './contact-book.ts';
import { createListMemory, type ListMemory } from './list-memory.ts';
import { createOwnNumberMemory, type OwnNumberMemory } from './own-number.ts';
import type { Gateway, Log } from './ports.ts';

/** One of the team's WhatsApp numbers, with what is remembered of it. */
export type ManagedNumber = {
  /** The gateway's id of its instance, under which the journal knows it. */
  instance: string;
  /** As people type it after `on`, and as forms know it. */
  name: string;
  /** What the team calls it; unset: nothing in particular. */
  label: string | undefined;
  access: AccessRule;
  /** The channel that is told of its changes; undefined: the one where they are asked for. */
  auditChannel: string | undefined;
  gateway: Gateway;
  own: OwnNumberMemory;
  contacts: ContactBook;
  list: ListMemory;
};

export function createManagedNumber(
  number: Pick<ManagedNumber, 'instance' | 'name' | 'label' | 'access' | 'auditChannel'>,
  gateway: Gateway,
  log: Log,
): ManagedNumber {
  const ownLog = withNumber(log, number.name);
  return {
    ...number,
    gateway,
    own: createOwnNumberMemory(gateway, ownLog),
    contacts: createContactBook(gateway, ownLog),
    list: createListMemory(gateway),
  };
}

/** Says in each line which number it is about. */
function withNumber(log: Log, number: string): Log {
  return {
    info: (fields, event) => log.info({ number, ...fields }, event),
    warn: (fields, event) => log.warn({ number, ...fields }, event),
    error: (fields, event) => log.error({ number, ...fields }, event),
  };
}
