import { expect, test } from '@jest/globals';
import { errorCoverage } from '../../../fakes/zapi/coverage.ts';
import type { FakeZapi } from '../../../fakes/zapi/types.ts';
import {
  type Answer,
  add,
  type CallOptions,
  call,
  fakeForEachTest,
  instanceId,
  setLastSeen,
} from './zapi-client.ts';

const zapi = fakeForEachTest();
const notFound = {
  status: 200,
  body: { error: 'NOT_FOUND', message: 'Unable to find matching target resource method' },
};

type Provocation = { provoke: (fake: FakeZapi) => Promise<Answer>; status: number; body: unknown };
const hide = (fake: FakeZapi, options: CallOptions = {}) =>
  call(fake, 'POST /privacy/last-seen', { body: { visualizationType: 'NONE' }, ...options });
const hideUnder =
  (...[fault]: Parameters<FakeZapi['inject']>) =>
  (fake: FakeZapi) => {
    fake.inject(fault);
    return hide(fake);
  };

const provocations: Record<string, Provocation> = {
  'Client-Token missing': {
    provoke: (fake) => hide(fake, { clientToken: undefined }),
    status: 400,
    body: { error: 'your client-token is not configured' },
  },
  'Client-Token wrong': {
    provoke: (fake) => hide(fake, { clientToken: 'old' }),
    status: 403,
    body: { error: 'Client-Token old not allowed' },
  },
  'address not on the allow-list': {
    provoke: hideUnder({ kind: 'address-not-allowed', address: '203.0.113.7' }),
    status: 403,
    body: { error: '203.0.113.7 not allowed' },
  },
  'wrong instance id or token': {
    provoke: (fake) => hide(fake, { instanceId: 'OTHER' }),
    status: 400,
    body: { error: 'Instance not found' },
  },
  'subscription lapsed': {
    provoke: hideUnder({ kind: 'subscription-lapsed' }),
    status: 400,
    body: { error: 'To continue sending a message, you must subscribe to this instance again' },
  },
  'unknown path': { provoke: (fake) => call(fake, 'GET /no-such-call'), ...notFound },
  'wrong method': { provoke: (fake) => call(fake, 'POST /status'), ...notFound },
  'wrong method on a privacy path': {
    provoke: (fake) => call(fake, 'GET /privacy/last-seen'),
    status: 405,
    body: '',
  },
  'no Content-Type': {
    provoke: (fake) => hide(fake, { contentType: undefined }),
    status: 415,
    body: '',
  },
  'bad phone': {
    provoke: (fake) => setLastSeen(fake, 'CONTACT_BLACKLIST', [add('+55 11 98765-4321')]),
    status: 400,
    body: { error: 'Invalid phone' },
  },
  'refused as success false': {
    provoke: hideUnder({ kind: 'success-false' }),
    status: 200,
    body: { success: false },
  },
  'refused as value false': {
    provoke: hideUnder({ kind: 'value-false' }),
    status: 200,
    body: { value: false },
  },
  'refused as error': {
    provoke: hideUnder({ kind: 'error-in-200', error: 'no' }),
    status: 200,
    body: { error: 'no' },
  },
  'phone disconnected': {
    provoke(fake) {
      fake.account(instanceId).connected = false;
      return hide(fake);
    },
    status: 200,
    body: { success: false },
  },
  'overload or outage': {
    provoke: hideUnder({ kind: 'html', status: 503 }),
    status: 503,
    body: expect.stringContaining('<html>'),
  },
};
const covered = Object.entries(errorCoverage)
  .filter(([, row]) => row.support !== 'not')
  .map(([name]) => name);

test('each covered error is provoked in this test', () => {
  expect(Object.keys(provocations).sort()).toEqual([...covered].sort());
});

test.each(Object.entries(provocations))(
  '%s is answered as the facts say',
  async (_, { provoke, status, body }) => {
    const answer = await provoke(zapi());
    expect(answer.status).toBe(status);
    expect(answer.body).toEqual(body);
    expect(zapi().account(instanceId).lastSeen).toBe('ALL');
  },
);
