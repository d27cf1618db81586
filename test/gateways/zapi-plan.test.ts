import { expect, test } from '@jest/globals';
import { startFakeZapi } from '../../fakes/zapi/fake-zapi.ts';
import type { WhatsappAccount, ZapiFault } from '../../fakes/zapi/types.ts';
import { createZapiGateway } from '../../src/gateways/zapi.ts';
import type { Plan } from '../../src/privacy/ports.ts';

const instanceToken = 'instance-secret';

/** What the real gateway makes of what the fake Z-API says of the plan. */
async function readPlan(plan: WhatsappAccount['plan'], fault?: ZapiFault): Promise<Plan> {
  const account = { phone: '5511940001000', name: 'Sol', lastSeen: 'ALL', disallowed: [], connected: true };
  const zapi = await startFakeZapi({
    clientToken: 'client-secret',
    instances: [
      {
        instanceId: '3C0FFEE',
        instanceToken,
        account: { ...account, lastSeen: 'ALL', ...(plan && { plan }) },
      },
    ],
  });
  if (fault) zapi.inject(fault);
  const gateway = createZapiGateway({
    apiUrl: zapi.url,
    instanceId: '3C0FFEE',
    instanceToken,
    clientToken: 'client-secret',
  });
  try {
    return await gateway.readPlan();
  } finally {
    await gateway.close();
    await zapi.close();
  }
}

const due = Date.UTC(2026, 11, 1);

test('when the plan ends and whether it is paid is read, and nothing else', async () => {
  const plan = await readPlan({ due, paymentStatus: 'PAID' });
  expect(plan).toEqual({ endsAt: new Date(due), isPaid: true });
  expect(JSON.stringify(plan)).not.toContain(instanceToken);
  expect(await readPlan({ due, paymentStatus: 'OVERDUE' })).toMatchObject({ isPaid: false });
});

test.each([
  ['nothing', {}],
  ['null', { due: null, paymentStatus: null }],
  ['words', { due: 'tomorrow', paymentStatus: 1 }],
  ['seconds', { due: due / 1000 }],
  ['a time beyond all', { due: 1e300 }],
])('%s in their place says nothing', async (_, body) => {
  const fault: ZapiFault = { kind: 'json', status: 200, body: { token: instanceToken, ...body } };
  expect(await readPlan(undefined, fault)).toEqual({ endsAt: undefined, isPaid: undefined });
});

test.each<[string, ZapiFault, string]>([
  [
    'an error dressed as a success',
    { kind: 'error-in-200', error: 'Instance not found' },
    'instance-not-found',
  ],
  ['an ended subscription', { kind: 'subscription-lapsed' }, 'subscription-lapsed'],
  ['a page', { kind: 'html', status: 200 }, 'unexpected-reply'],
])('%s is a failure', async (_, fault, kind) => {
  const error: unknown = await readPlan(undefined, fault).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ kind });
  expect(String(error)).not.toContain('secret');
});
