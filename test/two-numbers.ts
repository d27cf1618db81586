import type { Contact } from '../fakes/zapi/types.ts';
import { instanceId, secrets, startWorld, type World, type WorldOptions } from './world.ts';

export const supportInstance = 'C0FFEE5';
export const salesOption = 'Sales · +55 11 94000-1000';
export const supportOption = 'Support · +55 11 94000-2000';

/** A world where the team has two numbers, Sales and Support. What belongs to the usual number is that of Sales. */
export function startTwoNumbers({
  env = {},
  support = {},
  ...options
}: WorldOptions & { support?: { hidden?: string[]; contacts?: Contact[] } }): Promise<World> {
  return startWorld({
    ...options,
    instances: [
      {
        instanceId: supportInstance,
        instanceToken: secrets.instanceToken,
        account: {
          phone: '5511940002000',
          name: 'Padaria Lua',
          lastSeen: 'ALL',
          disallowed: support.hidden ?? [],
          connected: true,
          contacts: support.contacts ?? [],
        },
      },
    ],
    env: {
      ZAPI_INSTANCES: 'sales,support',
      ZAPI_SALES_INSTANCE_ID: instanceId,
      ZAPI_SALES_INSTANCE_TOKEN: secrets.instanceToken,
      ZAPI_SALES_LABEL: 'Sales',
      ZAPI_SUPPORT_INSTANCE_ID: supportInstance,
      ZAPI_SUPPORT_INSTANCE_TOKEN: secrets.instanceToken,
      ZAPI_SUPPORT_LABEL: 'Support',
      ...env,
    },
  });
}

/** What was sent to change the last seen of one of the numbers. */
export function changesOf(world: World, instance: string): unknown[] {
  return world
    .changes()
    .filter(({ path }) => path.includes(`/${instance}/`))
    .map(({ body }) => body);
}
