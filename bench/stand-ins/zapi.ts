import { type StandIn, startStandIn } from './stand-in.ts';

const pageSize = 100;

type Contact = { phone: string; name: string };

/** Z-API for any number of instances. Each remembers who is on its list, since the bot reads that back. */
export async function startZapi({ contacts = [] }: { contacts?: readonly Contact[] } = {}): Promise<StandIn> {
  const lists = new Map<string, Set<string>>();
  return startStandIn((line, body) => {
    const [, instance = '', path = ''] = /\/instances\/([^/]+)\/token\/[^/]+(\/\S*)/.exec(line) ?? [];
    const list = lists.get(instance) ?? new Set();
    lists.set(instance, list);
    return JSON.stringify(answer(path, body, list));
  });

  function answer(path: string, body: string, list: Set<string>): unknown {
    if (path === '/device') return { phone: '5511940001000', name: 'Padaria Sol', isBusiness: false };
    if (path === '/status') return { connected: true, error: 'You are already connected' };
    if (path.startsWith('/contacts')) return page(Number(/page=(\d+)/.exec(path)?.[1] ?? 1));
    if (path.startsWith('/privacy/disallowed-contacts')) return { disallowedContacts: [...list] };
    if (path === '/phone-exists-batch') {
      const { phones } = JSON.parse(body) as { phones: string[] };
      return phones.map((phone) => ({ exists: true, inputPhone: phone, outputPhone: phone, lid: null }));
    }
    if (path !== '/privacy/last-seen') throw new Error(`Z-API has no ${path}`);
    const { contactsBlacklist = [] } = JSON.parse(body) as {
      contactsBlacklist?: { action: string; phone: string }[];
    };
    for (const { action, phone } of contactsBlacklist) {
      if (action === 'add') list.add(phone);
      else list.delete(phone);
    }
    return { success: true };
  }

  function page(number: number): Contact[] {
    return contacts.slice((number - 1) * pageSize, number * pageSize);
  }
}
