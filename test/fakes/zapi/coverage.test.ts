import { describe, expect, test } from '@jest/globals';
import { behaviourCoverage, callCoverage, errorCoverage } from '../../../fakes/zapi/coverage.ts';
import { add, ana, type CallOptions, call, fakeForEachTest, instanceId } from './zapi-client.ts';

const zapi = fakeForEachTest();
const tables = [callCoverage, errorCoverage, behaviourCoverage];
const notFound = {
  status: 200,
  body: { error: 'NOT_FOUND', message: 'Unable to find matching target resource method' },
};

test('the tables are frozen', () => {
  for (const table of tables) {
    expect(Object.isFrozen(table)).toBe(true);
    for (const row of Object.values(table)) {
      expect(Object.isFrozen(row)).toBe(true);
      expect(Object.isFrozen(row.evidence)).toBe(true);
    }
  }
});

test('every row has its evidence, and every partial one says what is missing', () => {
  for (const row of tables.flatMap((table) => Object.values(table))) {
    expect(row.evidence).not.toHaveLength(0);
    if (row.support === 'partial') expect(row.note).not.toBe('');
  }
});

describe('calls', () => {
  const anaExists = {
    exists: true,
    inputPhone: ana,
    outputPhone: ana,
    lid: expect.stringMatching(/^\d+@lid$/),
  };
  const documented: Record<string, { query?: string; options?: CallOptions; body: unknown }> = {
    'POST /privacy/last-seen': {
      options: { body: { visualizationType: 'CONTACT_BLACKLIST', contactsBlacklist: [add(ana)] } },
      body: { success: true },
    },
    'GET /privacy/disallowed-contacts': { query: '?type=lastSeen', body: { disallowedContacts: [] } },
    'GET /contacts': { query: '?page=1&pageSize=100', body: [] },
    'POST /phone-exists-batch': { options: { body: { phones: [ana] } }, body: [anaExists] },
    'GET /phone-exists/554411111111': {
      body: [{ ...anaExists, inputPhone: '554411111111', outputPhone: '554411111111' }],
    },
    'GET /status': {
      body: { connected: true, error: 'You are already connected', smartphoneConnected: true },
    },
    'GET /device': {
      body: { phone: expect.any(String), name: expect.any(String), isBusiness: expect.any(Boolean) },
    },
    'GET /me': {
      body: {
        id: instanceId,
        token: expect.any(String),
        name: expect.any(String),
        due: expect.anything(),
        connected: true,
        paymentStatus: expect.anything(),
      },
    },
  };
  const covered = Object.entries(callCoverage)
    .filter(([, row]) => row.support !== 'not')
    .map(([name]) => name);
  const uncovered = Object.keys(callCoverage).filter((name) => !covered.includes(name));

  test('each covered call has its documented answer in this test', () => {
    expect(Object.keys(documented).sort()).toEqual([...covered].sort());
  });

  test.each(covered)('%s gets the documented answer', async (name) => {
    const { query = '', options, body } = documented[name] ?? {};
    const answer = await call(zapi(), name + query, options);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual(body);
  });

  test.each(uncovered)('%s is answered as an unknown path', async (name) => {
    expect(await call(zapi(), name, { body: name.startsWith('POST') ? {} : undefined })).toMatchObject(
      notFound,
    );
  });
});
