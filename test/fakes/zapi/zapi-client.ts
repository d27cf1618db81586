import { afterEach, beforeEach } from '@jest/globals';
import { startFakeZapi } from '../../../fakes/zapi/fake-zapi.ts';
import type { FakeZapi, FakeZapiOptions, ZapiVisibility } from '../../../fakes/zapi/types.ts';

export const instanceId = 'INSTANCE-1';
export const instanceToken = 'instance-secret';
export const clientToken = 'account-secret';
export const ana = '5511987654321';
export const bruno = '5521912345678';
export const someLid = '123456789012345@lid';

const started: FakeZapi[] = [];

// A test that fails half-way must not leave a fake open: jest would not end.
afterEach(async () => {
  await Promise.all(started.splice(0).map((zapi) => zapi.close()));
});

/** A fake with one connected account, from whose last seen nobody is hidden; closed after the test. */
export async function startWithOneAccount(options: Partial<FakeZapiOptions> = {}): Promise<FakeZapi> {
  const zapi = await startFakeZapi({
    clientToken,
    instances: [
      {
        instanceId,
        instanceToken,
        account: {
          phone: '5511900000000',
          name: 'Support',
          lastSeen: 'ALL',
          disallowed: [],
          connected: true,
        },
      },
    ],
    ...options,
  });
  started.push(zapi);
  return zapi;
}

/** A fresh fake for each test of the file. */
export function fakeForEachTest(): () => FakeZapi {
  let zapi: FakeZapi | undefined;
  beforeEach(async () => {
    zapi = await startWithOneAccount();
  });
  return () => {
    if (zapi === undefined) throw new Error('Only inside a test');
    return zapi;
  };
}

export type CallOptions = {
  /** Sent as JSON; a string is sent as it is. */
  body?: unknown;
  /** undefined: the header is left out. */
  clientToken?: string | undefined;
  contentType?: string | undefined;
  instanceId?: string;
  instanceToken?: string;
};

export type Answer = { status: number; body: unknown; contentType: string | null; headers: Headers };

/** Makes one real HTTP request; right in everything that `options` does not say otherwise. */
export async function call(
  zapi: FakeZapi,
  methodAndPath: string,
  options: CallOptions = {},
): Promise<Answer> {
  const [method = '', path = ''] = methodAndPath.split(' ');
  const given = { clientToken, instanceId, instanceToken, contentType: 'application/json', ...options };
  const headers = new Headers();
  if (given.clientToken !== undefined) headers.set('Client-Token', given.clientToken);
  if (method === 'POST' && given.contentType !== undefined) headers.set('Content-Type', given.contentType);
  const text = typeof given.body === 'string' ? given.body : JSON.stringify(given.body);
  const response = await fetch(
    `${zapi.url}/instances/${given.instanceId}/token/${given.instanceToken}${path}`,
    // As bytes: for a string, fetch would add a Content-Type of its own.
    { method, headers, ...(text === undefined ? {} : { body: new TextEncoder().encode(text) }) },
  );
  const reply = await response.text();
  return {
    status: response.status,
    body: jsonOrText(reply),
    contentType: response.headers.get('content-type'),
    headers: response.headers,
  };
}

type ListChange = { action: 'add' | 'remove'; phone: string };

export function setLastSeen(
  zapi: FakeZapi,
  visualizationType: ZapiVisibility,
  contactsBlacklist?: ListChange[],
): Promise<Answer> {
  return call(zapi, 'POST /privacy/last-seen', { body: { visualizationType, contactsBlacklist } });
}

export const add = (phone: string): ListChange => ({ action: 'add', phone });
export const remove = (phone: string): ListChange => ({ action: 'remove', phone });

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
