import { describe, expect, test } from '@jest/globals';
import { call, fakeForEachTest } from './zapi-client.ts';

const zapi = fakeForEachTest();
const nobody = { visualizationType: 'NONE' };
const notFound = { error: 'NOT_FOUND', message: 'Unable to find matching target resource method' };

describe('secrets', () => {
  test('a request without Client-Token is refused', async () => {
    const answer = await call(zapi(), 'POST /privacy/last-seen', { body: nobody, clientToken: undefined });
    expect(answer).toMatchObject({ status: 400, body: { error: 'your client-token is not configured' } });
  });

  test('a wrong Client-Token is refused with the value that was sent', async () => {
    const answer = await call(zapi(), 'POST /privacy/last-seen', { body: nobody, clientToken: 'revoked' });
    expect(answer).toMatchObject({ status: 403, body: { error: 'Client-Token revoked not allowed' } });
  });

  test.each([
    { what: 'instance id', wrong: { instanceId: 'INSTANCE-2' } },
    { what: 'instance token', wrong: { instanceToken: 'other' } },
  ])('a wrong $what is no instance', async ({ wrong }) => {
    const answer = await call(zapi(), 'POST /privacy/last-seen', { body: nobody, ...wrong });
    expect(answer).toMatchObject({ status: 400, body: { error: 'Instance not found' } });
  });

  test('no refusal at the door changes the account', async () => {
    await call(zapi(), 'POST /privacy/last-seen', { body: nobody, clientToken: undefined });
    await call(zapi(), 'POST /privacy/last-seen', { body: nobody, clientToken: 'revoked' });
    await call(zapi(), 'POST /privacy/last-seen', { body: nobody, instanceToken: 'other' });
    await call(zapi(), 'POST /privacy/last-seen', { body: nobody, contentType: undefined });
    await call(zapi(), 'PUT /privacy/last-seen', { body: nobody });
    expect(zapi().account('INSTANCE-1').lastSeen).toBe('ALL');
  });
});

describe('paths, methods and content types', () => {
  test.each(['GET /no-such-call', 'POST /privacy/no-such-call', 'GET /status/', 'POST /status', 'GET /'])(
    '%s is a failure dressed as 200',
    async (methodAndPath) => {
      expect(await call(zapi(), methodAndPath)).toMatchObject({ status: 200, body: notFound });
    },
  );

  test('a path outside the instances is a failure dressed as 200', async () => {
    const response = await fetch(`${zapi().url}/status`);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual(notFound);
  });

  test.each([
    'GET /privacy/last-seen',
    'PUT /privacy/last-seen',
    'DELETE /privacy/last-seen',
    'POST /privacy/disallowed-contacts',
  ])('%s is 405: there is no such method, and no call that reads the visibility', async (methodAndPath) => {
    expect(await call(zapi(), methodAndPath)).toMatchObject({ status: 405 });
  });

  test.each([undefined, 'text/plain', 'application/x-www-form-urlencoded'])(
    'a change with Content-Type %s is 415',
    async (contentType) => {
      const answer = await call(zapi(), 'POST /privacy/last-seen', { body: nobody, contentType });
      expect(answer.status).toBe(415);
    },
  );

  test('a change with a charset in its Content-Type is taken', async () => {
    const contentType = 'application/json; charset=utf-8';
    const answer = await call(zapi(), 'POST /privacy/last-seen', { body: nobody, contentType });
    expect(answer).toMatchObject({ status: 200, body: { success: true } });
  });

  test('the fake listens on loopback only', () => {
    expect(new URL(zapi().url).hostname).toBe('127.0.0.1');
  });
});
