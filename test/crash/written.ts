import type { Write } from './order.ts';
import type { Passage } from './tollgate.ts';

/** A request to change last seen, as it came through. */
export type Written = Write & {
  from: string;
  atMs: number;
  /** Infinity where it was never passed on. */
  takenAtMs: number;
  endedAtMs: number;
  isDone: boolean;
  /** Refused because the list had it already. */
  isRefused: boolean;
};

export function isWriteOf({ method, path }: Passage, instance: string): boolean {
  return (
    method === 'POST' && path.startsWith(`/instances/${instance}/`) && path.endsWith('/privacy/last-seen')
  );
}

export function isReadOf({ method, path }: Passage, instance: string): boolean {
  return (
    method === 'GET' && path.startsWith(`/instances/${instance}/`) && path.includes('/disallowed-contacts')
  );
}

export function writesOf(passages: readonly Passage[]): Written[] {
  const never = Number.POSITIVE_INFINITY;
  return passages.map(({ body, reply, from, atMs, takenAtMs = never, endedAtMs = never }) => {
    const { visualizationType, contactsBlacklist = [] } = JSON.parse(body) as WireChange;
    const phonesTo = (wanted: string) =>
      contactsBlacklist.filter(({ action }) => action === wanted).map(({ phone }) => phone);
    return {
      visibility: visualizationType,
      hide: phonesTo('add'),
      showAgain: phonesTo('remove'),
      from,
      atMs,
      takenAtMs,
      endedAtMs,
      isDone: reply?.body === '{"success":true}',
      isRefused: reply?.body === '{"success":false}',
    };
  });
}

type WireChange = { visualizationType: string; contactsBlacklist?: { action: string; phone: string }[] };
