import type { ManagedNumber } from '../privacy/managed-number.ts';
import type { SettingId } from '../privacy/settings.ts';
import { type Asked, numbersAsked } from './asked.ts';
import type { Flow } from './flow.ts';
import { namedNumber } from './refresh-form.ts';
import { orUnreadable, whisper } from './whisper.ts';

/** All that is asked for is asked for at once, and what does not come in time is left out. */
const patienceMs = 4_000;
/** Of those that fit into one message. */
const mostNumbers = 20;

/** Tells one person what this bot last set, how many are on the list, and whether the phone is connected. */
export async function showStatus(flow: Flow, asked: Asked): Promise<void> {
  const numbers = await numbersAsked(flow, asked, 'command');
  if (typeof numbers === 'string') return whisper(flow, asked.replyUrl, numbers);
  const statuses = numbers
    .slice(0, mostNumbers)
    .map((number) => orUnreadable(flow, readStatus(flow, asked.setting, number)));
  await whisper(flow, asked.replyUrl, [...new Set(await Promise.all(statuses))].join('\n\n'));
}

async function readStatus(flow: Flow, setting: SettingId, number: ManagedNumber): Promise<string> {
  const { gateway, instance } = number;
  const [last, hidden, connected] = await Promise.all([
    flow.settings.read(instance, setting),
    gateway.readHidden(setting, { timeoutMs: patienceMs }).then(
      (list) => list.length,
      () => undefined,
    ),
    gateway.readConnected().catch(() => undefined),
  ]);
  return flow.messages.history.statusText(setting, { last, number: namedNumber(number), hidden, connected });
}
