import type { Config } from '../config.ts';
import type { NumberConfig } from '../config-numbers.ts';
import { createZapiGateway } from '../gateways/zapi.ts';
import { maskPhone } from '../privacy/phone.ts';
import { type Gateway, GatewayError, type Plan } from '../privacy/ports.ts';
import { type Finding, notChecked, ok, toDo } from './finding.ts';
import { gatewayFailure, isSilence } from './gateway-failures.ts';

const dayMs = 24 * 60 * 60 * 1000;
const fewDays = 7;

/** Whether each number can be changed: its phone is connected, and its plan goes on. Reads only. */
export async function checkZapi({ zapiUrl, numbers }: Config): Promise<Finding[]> {
  return (await Promise.all(numbers.map((number) => checkNumber(zapiUrl, number)))).flat();
}

async function checkNumber(apiUrl: string, number: NumberConfig): Promise<Finding[]> {
  const gateway = createZapiGateway({ apiUrl, ...number });
  try {
    const [phone, plan] = await Promise.all([
      checkPhone(gateway, `zapi-${number.name}`),
      checkPlan(gateway, `zapi-plan-${number.name}`),
    ]);
    // What is wrong with the way to the instance is said once.
    return plan.says === phone.says ? [phone] : [phone, plan];
  } finally {
    await gateway.close();
  }
}

async function checkPhone(gateway: Gateway, name: string): Promise<Finding> {
  try {
    if (!(await gateway.readConnected())) return gatewayFailure(name, new GatewayError('disconnected', 'no'));
    const own = await gateway.readOwnNumber().catch(() => undefined);
    return ok(name, `The phone ${own ? maskPhone(own.phone) : '(Z-API does not say which)'} is connected.`);
  } catch (error) {
    return failure(name, error);
  }
}

async function checkPlan(gateway: Gateway, name: string): Promise<Finding> {
  try {
    return planFinding(name, await gateway.readPlan());
  } catch (error) {
    const found = failure(name, error);
    // That Z-API is out of reach is to be mended for the phone; the plan alone can wait.
    return error instanceof GatewayError && isSilence(error.kind) ? notChecked(name, found.says) : found;
  }
}

function planFinding(name: string, { endsAt, isPaid }: Plan): Finding {
  const renew = "Renew it in Z-API's panel.";
  if (endsAt && endsAt.getTime() <= Date.now()) return toDo(name, 'The Z-API plan has ended.', renew);
  if (isPaid === false)
    return toDo(name, 'Z-API does not call the plan paid.', "Look at it in Z-API's panel.");
  if (!endsAt)
    return notChecked(name, 'Z-API does not say when the plan ends.', "Look at it in Z-API's panel.");
  const days = Math.floor((endsAt.getTime() - Date.now()) / dayMs);
  const left = days === 0 ? 'today or tomorrow' : days === 1 ? 'in 1 day' : `in ${days} days`;
  const says = `The Z-API plan ends ${left}.`;
  return days < fewDays ? toDo(name, says, renew) : ok(name, says);
}

function failure(name: string, error: unknown): Finding {
  if (error instanceof GatewayError) return gatewayFailure(name, error);
  throw error;
}
