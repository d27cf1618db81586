import { createManagedNumber, type ManagedNumber } from '../../src/privacy/managed-number.ts';
import { createLogLines } from '../privacy/log-lines.ts';
import { someGateway } from '../privacy/some-gateway.ts';

/** A WhatsApp number that everybody may change; its gateway can't be had. What a test is about it says itself. */
export function someNumber({ access, ...fields }: Partial<ManagedNumber> = {}): ManagedNumber {
  const settings = {
    instance: '3C0FFEE',
    name: 'main',
    label: undefined,
    access: { users: [], groups: [], channels: [], ...access },
    auditChannel: undefined,
  };
  return { ...createManagedNumber(settings, someGateway(), createLogLines().log), ...fields };
}
