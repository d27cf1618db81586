import { describe, expect, jest, test } from '@jest/globals';
import type { ZapiFault } from '../../fakes/zapi/types.ts';
import { secrets } from '../world.ts';
import { startStage } from './stage.ts';

// Side by side, on a machine that may be busy.
jest.setTimeout(60_000);

const dayMs = 24 * 60 * 60 * 1000;
/** Not on the edge of a day, so that a slow machine counts the same. */
const inDays = (days: number) => Date.now() + (days + 0.5) * dayMs;

describe('the doctor names what is wrong at Z-API', () => {
  test.concurrent('a phone that is not connected', async () => {
    await using stage = await startStage('socket');
    stage.account.connected = false;
    const { ok, toDo, find } = await stage.examine();
    expect([ok, toDo]).toEqual([false, ['zapi-main']]);
    expect(find('zapi-main')).toMatchObject({
      says: 'The phone of this number is not connected to Z-API.',
      todo: expect.stringContaining('QR code'),
    });
    expect(find('zapi-plan-main')?.status).toBe('ok');
  });

  test.concurrent.each<[string, Record<string, string>, string]>([
    ['an instance that it does not know', { ZAPI_INSTANCE_ID: 'NONE' }, 'Z-API does not know the instance'],
    ['a wrong instance token', { ZAPI_INSTANCE_TOKEN: 'other' }, 'Z-API does not know the instance'],
    ['a wrong account token', { ZAPI_CLIENT_TOKEN: 'other' }, "Z-API did not accept this bot's tokens."],
  ])('%s, once', async (_, changed, says) => {
    await using stage = await startStage('socket');
    const { toDo, find } = await stage.examine(changed);
    expect(toDo).toEqual(['zapi-main']);
    expect(find('zapi-main')?.says).toContain(says);
    expect(find('zapi-plan-main')).toBeUndefined();
  });

  test.concurrent.each<[string, ZapiFault, string]>([
    ['ended', { kind: 'subscription-lapsed' }, 'The Z-API subscription of this number has ended.'],
    [
      'not open to this machine',
      { kind: 'address-not-allowed', address: '203.0.113.7' },
      "Z-API does not take requests from this bot's network address.",
    ],
  ])('a subscription that is %s', async (_, fault, says) => {
    await using stage = await startStage('socket');
    stage.zapi.inject(fault);
    const { toDo, find } = await stage.examine();
    expect(toDo).toEqual(['zapi-main']);
    expect(find('zapi-main')?.says).toBe(says);
  });

  test.concurrent.each([
    [3, 'to-do', 'The Z-API plan ends in 3 days.'],
    [6, 'to-do', 'The Z-API plan ends in 6 days.'],
    [7, 'ok', 'The Z-API plan ends in 7 days.'],
    [1, 'to-do', 'The Z-API plan ends in 1 day.'],
    [0, 'to-do', 'The Z-API plan ends today or tomorrow.'],
    [-2, 'to-do', 'The Z-API plan has ended.'],
  ])('a plan that ends in %i days is %s', async (days, status, says) => {
    await using stage = await startStage('socket');
    stage.account.plan = { due: inDays(days), paymentStatus: 'PAID' };
    expect((await stage.examine()).find('zapi-plan-main')).toMatchObject({ status, says });
  });

  test.concurrent('a plan that is not paid', async () => {
    await using stage = await startStage('socket');
    stage.account.plan = { due: inDays(20), paymentStatus: 'OVERDUE' };
    expect((await stage.examine()).find('zapi-plan-main')).toMatchObject({
      status: 'to-do',
      says: 'Z-API does not call the plan paid.',
    });
  });

  test.concurrent('of several numbers, the one', async () => {
    await using stage = await startStage('socket');
    const { toDo, find } = await stage.examine({
      ZAPI_INSTANCES: 'sales,support',
      ZAPI_SALES_INSTANCE_ID: stage.env.ZAPI_INSTANCE_ID ?? '',
      ZAPI_SALES_INSTANCE_TOKEN: secrets.instanceToken,
      ZAPI_SUPPORT_INSTANCE_ID: 'NONE',
      ZAPI_SUPPORT_INSTANCE_TOKEN: secrets.instanceToken,
    });
    expect(toDo).toEqual(['zapi-support']);
    expect(find('zapi-sales')?.status).toBe('ok');
  });
});

describe('the doctor, of a Z-API that says nothing,', () => {
  test.concurrent('does not check the plan, where nothing is said of it alone; the rest of the reply stays unseen', async () => {
    await using stage = await startStage('socket');
    stage.zapi.inject({ kind: 'json', status: 200, body: { token: secrets.instanceToken }, path: '/me' });
    const { ok, find } = await stage.examine();
    expect(find('zapi-plan-main')).toMatchObject({
      status: 'not-checked',
      says: 'Z-API does not say when the plan ends.',
    });
    expect(ok).toBe(true);
  });

  test.concurrent.each<[string, ZapiFault, string]>([
    ['answers nothing', { kind: 'hang', applied: false }, 'Z-API did not answer in time'],
    ['is in trouble', { kind: 'html', status: 503 }, 'Z-API is not available right now (503).'],
  ])('has that to mend, once, where it %s', async (_, fault, says) => {
    await using stage = await startStage('socket');
    stage.zapi.inject(fault);
    const startedAtMs = performance.now();
    const { ok, toDo, find } = await stage.examine();
    expect(performance.now() - startedAtMs).toBeLessThan(20_000);
    expect([ok, toDo]).toEqual([false, ['zapi-main']]);
    expect(find('zapi-main')?.says).toContain(says);
    expect(find('zapi-main')?.todo).toContain('network, proxy and firewall');
  });

  test.concurrent('or where nobody is at the address: a script that asks is told', async () => {
    await using stage = await startStage('socket');
    const { code, stdout } = await stage.run({
      ZAPI_API_URL: `http://127.0.0.1:${stage.port}`,
      ZAPI_INSTANCES: 'sales,support',
      ZAPI_SALES_INSTANCE_ID: 'ONE',
      ZAPI_SALES_INSTANCE_TOKEN: secrets.instanceToken,
      ZAPI_SUPPORT_INSTANCE_ID: 'OTHER',
      ZAPI_SUPPORT_INSTANCE_TOKEN: secrets.instanceToken,
    });
    expect(stdout).toContain(
      'to do        zapi-sales, zapi-support: Z-API is not available right now (ECONNREFUSED).\n             Try again in a minute; ',
    );
    expect(code).toBe(1);
  });

  test.concurrent('does not check the plan, where Z-API is in trouble with that alone', async () => {
    await using stage = await startStage('socket');
    stage.zapi.inject({ kind: 'html', status: 503, path: '/me' });
    const { ok, find } = await stage.examine();
    expect(find('zapi-main')?.status).toBe('ok');
    expect(find('zapi-plan-main')?.status).toBe('not-checked');
    expect(ok).toBe(true);
  });
});
