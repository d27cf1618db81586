import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import {
  add,
  ana,
  call,
  clientToken,
  fakeForEachTest,
  instanceId,
  instanceToken,
  setLastSeen,
  startWithOneAccount,
} from './zapi-client.ts';

const zapi = fakeForEachTest();

describe('the log of requests', () => {
  test('holds what was asked and what was answered', async () => {
    await setLastSeen(zapi(), 'CONTACT_BLACKLIST', [add(ana)]);
    await call(zapi(), 'GET /privacy/disallowed-contacts?type=lastSeen');
    expect(zapi().requests).toEqual([
      {
        at: expect.any(Number),
        method: 'POST',
        path: '/instances/INSTANCE-1/token/•••/privacy/last-seen',
        contentType: 'application/json',
        body: { visualizationType: 'CONTACT_BLACKLIST', contactsBlacklist: [{ action: 'add', phone: ana }] },
        status: 200,
        reply: '{"success":true}',
      },
      {
        at: expect.any(Number),
        method: 'GET',
        path: '/instances/INSTANCE-1/token/•••/privacy/disallowed-contacts?type=lastSeen',
        contentType: undefined,
        body: undefined,
        status: 200,
        reply: `{"disallowedContacts":["${ana}"]}`,
      },
    ]);
  });

  test('holds a body that is no JSON as raw text', async () => {
    await call(zapi(), 'POST /privacy/last-seen', { body: '{"visual' });
    expect(zapi().requests[0]?.body).toBe('{"visual');
  });

  test('holds no secret, neither a right one nor a wrong one', async () => {
    const wrong = { clientToken: 'mistyped-"client"-secret', instanceToken: 'mistyped-instance-secret' };
    await call(zapi(), 'GET /me');
    await call(zapi(), 'GET /me', { clientToken: wrong.clientToken });
    await call(zapi(), 'GET /me', { instanceToken: wrong.instanceToken });
    await call(zapi(), `GET /${instanceToken}?again=${clientToken}`);
    await call(zapi(), 'POST /privacy/last-seen', { body: { clientToken, instanceToken } });
    zapi().inject({ kind: 'html', status: 502 });
    await call(zapi(), 'GET /me', wrong);

    const log = JSON.stringify(zapi().requests);
    for (const secret of [clientToken, instanceToken, 'mistyped']) expect(log).not.toContain(secret);
    expect(zapi().requests[1]?.reply).toBe('{"error":"Client-Token ••• not allowed"}');
  });
});

describe('waiting', () => {
  test('until resolves at once with what is already so', async () => {
    expect(await zapi().until(() => 'so', 'nothing')).toBe('so');
  });

  test('until resolves when a change makes it so', async () => {
    const waiting = zapi().until(() => zapi().requests.find(({ status }) => status === 200), 'an answer');
    await call(zapi(), 'GET /status');
    expect(await waiting).toMatchObject({ method: 'GET' });
  });

  test('until gives up after its time and names what it waited for', async () => {
    await expect(zapi().until(() => false, 'the moon', 20)).rejects.toThrow(
      '20 ms went by while waiting for the moon',
    );
  });

  test('until passes on what its probe throws', async () => {
    const probe = () => {
      throw new Error('bad probe');
    };
    await expect(zapi().until(probe, 'nothing')).rejects.toThrow('bad probe');
  });

  test('until ends when the fake is closed', async () => {
    const other = await startWithOneAccount();
    const failure = expect(other.until(() => false, 'the moon', 60_000)).rejects.toThrow('the moon');
    await other.close();
    await failure;
  });

  test('a listener hears of each change until it leaves', async () => {
    const heard: (number | undefined)[] = [];
    const leave = zapi().onChange(() => heard.push(zapi().requests[0]?.status));
    await call(zapi(), 'GET /status');
    expect(heard.at(-1)).toBe(200);
    leave();
    const count = heard.length;
    zapi().inject({ kind: 'success-false' });
    expect(heard).toHaveLength(count);
  });
});

describe('the fake itself', () => {
  test('counts connections, and keeps one open for the next request', async () => {
    // Not fetch: when its pool opens another connection is its own affair.
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const ask = async () => {
      const [response] = await once(get(`${zapi().url}/`, { agent }), 'response');
      response.resume();
      await once(response, 'end');
    };
    expect(zapi().connectionsOpened()).toBe(0);
    await ask();
    await ask();
    expect(zapi().connectionsOpened()).toBe(1);
    agent.destroy();
    await ask();
    expect(zapi().connectionsOpened()).toBe(2);
    agent.destroy();
  });

  test('knows only its own instances', () => {
    expect(zapi().account(instanceId).phone).toBe('5511900000000');
    expect(() => zapi().account('INSTANCE-2')).toThrow('INSTANCE-2');
  });

  test('keeps the accounts of two instances apart, and leaves the seed as it was', async () => {
    const account = { phone: ana, name: 'A', lastSeen: 'ALL' as const, disallowed: [], connected: true };
    const two = await startWithOneAccount({
      instances: [
        { instanceId: 'ONE', instanceToken: 'token-one', account },
        { instanceId: 'TWO', instanceToken: 'token-two', account: { ...account, name: 'B' } },
      ],
    });
    await call(two, 'POST /privacy/last-seen', {
      instanceId: 'ONE',
      instanceToken: 'token-one',
      body: { visualizationType: 'NONE' },
    });
    const crossed = await call(two, 'GET /status', { instanceId: 'ONE', instanceToken: 'token-two' });
    expect(crossed.body).toEqual({ error: 'Instance not found' });
    expect([two.account('ONE').lastSeen, two.account('TWO').lastSeen]).toEqual(['NONE', 'ALL']);
    expect(account.lastSeen).toBe('ALL');
  });

  test('listens on the port it is given, and says so when that is taken', async () => {
    const port = Number(new URL(zapi().url).port);
    await expect(startWithOneAccount({ port })).rejects.toThrow('EADDRINUSE');
  });

  test('can be closed twice', async () => {
    const other = await startWithOneAccount();
    await Promise.all([other.close(), other.close()]);
    await expect(call(other, 'GET /status')).rejects.toThrow('fetch failed');
  });
});
